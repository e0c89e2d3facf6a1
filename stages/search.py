"""Search for the network's arguments by cross-validation inside the train split.

Reads: the train split. Writes: the winner as the section mlp of a params file, one row a trial, and
how certain the winner is. Params: search. Fits are remembered in .cache/fits, or where
MLP_CACHE_DIR says. Networks are trained in processes on all cores, or on as many as
LOKY_MAX_CPU_COUNT says, or on the Dask cluster that DASK_SCHEDULER_ADDRESS names. None of these
variables changes a result.
"""

from collections.abc import Sequence

from mlp.core import dataset, params_file, stage
from mlp.fits.memory import FitMemory
from mlp.search import search, sentences, summary
from mlp.search.params import Search


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, ["params", "train"], ["best", "trials", "answer"])
    params = params_file.read_section(args.params, "search", Search)
    memory = FitMemory.of_environment()
    result = search.search(params, dataset.read(args.train), memory)
    result.write(args.best, args.trials, args.answer)
    _, numbers = summary.read(args.best, args.trials, args.answer)
    print(*sentences.sentences(numbers, sorted(params.space.model_fields_set)), sep="\n")


if __name__ == "__main__":
    stage.run(main)
