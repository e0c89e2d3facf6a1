"""Search for the network's arguments by cross-validation inside the train split.

Reads: the train split. Writes: the winner as the section mlp of a params file, one row a trial, and
how sure the answer is. Params: search. Fits, and whole searches, are remembered in .cache/fits, or
where MLP_CACHE_DIR says; networks are trained in processes on all cores, of which
LOKY_MAX_CPU_COUNT sets the number, or on the Dask cluster that DASK_SCHEDULER_ADDRESS names. None
of these changes what is written.
"""

from argparse import Namespace
from collections.abc import Sequence

from mlp import answer, answer_memory, command, dataset, params_file, tables, trials
from mlp.fit_memory import FitMemory
from mlp.search_params import Search


def main(argv: Sequence[str] | None = None) -> None:
    args = command.paths(__doc__, argv, ["params", "train"], ["best", "trials", "answer"])
    params = params_file.read_section(args.params, "search", Search)
    outputs = {"best": args.best, "trials": args.trials, "answer": args.answer}
    memory = FitMemory.of_environment()
    key = answer_memory.key(params, args.train)
    if not answer_memory.recall(memory, key, outputs):
        _search(args, params, memory)
        answer_memory.keep(memory, key, outputs)
    _, summary = trials.read(**outputs)
    print(*answer.sentences(summary, sorted(params.space.model_fields_set)), sep="\n")


def _search(args: Namespace, params: Search, memory: FitMemory) -> None:
    from mlp.search import search  # noqa: PLC0415 - a second, and a known answer does not need it

    found = search(params, dataset.read(args.train), memory)
    params_file.write(args.best, {"mlp": found.best})
    found.trials.to_csv(args.trials, index=False, lineterminator="\n")
    tables.write_json(tables.rounded(found.answer), args.answer)


if __name__ == "__main__":
    command.run(main)
