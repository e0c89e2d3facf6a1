"""Search for the network's arguments by cross-validation inside the train split.

Reads: the train split. Writes: the winner as the section mlp of a params file, one row a trial, and
how sure the answer is. Params: search. Fits, and whole searches, are remembered in .cache/fits, or
where MLP_CACHE_DIR says; networks are trained in processes on all cores, of which
LOKY_MAX_CPU_COUNT sets the number, or on the Dask cluster that DASK_SCHEDULER_ADDRESS names. None
of these changes what is written.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mlp.core import dataset, params_file, stage
from mlp.fits.memory import FitMemory
from mlp.search import answer_memory, sentences
from mlp.search import summary as trials
from mlp.search.params import Search

if TYPE_CHECKING:
    from mlp.search.search import Found


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, ["params", "train"], ["best", "trials", "answer"])
    params = params_file.read_section(args.params, "search", Search)
    outputs = {"best": args.best, "trials": args.trials, "answer": args.answer}
    memory = FitMemory.of_environment()
    key = answer_memory.key(params, args.train)
    if not answer_memory.recall(memory, key, outputs):
        _search(params, args.train, memory).write(**outputs)
        answer_memory.keep(memory, key, outputs)
    _, summary = trials.read(**outputs)
    print(*sentences.sentences(summary, sorted(params.space.model_fields_set)), sep="\n")


def _search(params: Search, train: Path, memory: FitMemory) -> "Found":
    from mlp.search.search import search  # noqa: PLC0415 - a second, and a known answer does not need it

    return search(params, dataset.read(train), memory)


if __name__ == "__main__":
    stage.run(main)
