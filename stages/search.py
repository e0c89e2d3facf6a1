"""Search for the network's arguments by cross-validation inside the train split.

Reads: the train split, and the names of the networks that take their arguments from here; without
any, nothing is searched. Writes: a folder with the winner as a params file (a section for each of
the names), one row a trial, and how sure the answer is. Params: search. Fits are remembered in
.cache/fits, or where MLP_CACHE_DIR says; networks are trained in processes on all cores, of which
LOKY_MAX_CPU_COUNT sets the number, or on the Dask cluster that DASK_SCHEDULER_ADDRESS names. None
of these changes what is written.
"""

from argparse import Namespace

from mlp.core import dataset_file, params_file, stage, whole
from mlp.fits.memory import FitMemory
from mlp.search import sentences, summary
from mlp.search.params import Search
from mlp.search.search import search


@stage.entry(__doc__, ["params", "names", "train"], ["searched/"])
def main(args: Namespace) -> None:
    names = whole.text(args.names, may_be_empty=True).split()
    if not names:
        print("No network takes its arguments from the search: nothing is searched.")
        return
    params = params_file.read_section(args.params, "search", Search)
    rows = dataset_file.read(args.train)
    search(params, rows, FitMemory.of_environment()).write(args.searched, names)
    _, numbers = summary.read(args.searched)
    print(*sentences.sentences(numbers, sorted(params.space.model_fields_set)), sep="\n")


if __name__ == "__main__":
    stage.run(main)
