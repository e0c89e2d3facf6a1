"""Search for the network's arguments by cross-validation inside the train split.

Reads: the train split. Writes: the winner as the section mlp of a params file, and one row a
trial. Params: search.
"""

from collections.abc import Sequence

from mlp import command, dataset, params_file
from mlp.random_search import search
from mlp.search_params import Search


def main(argv: Sequence[str] | None = None) -> None:
    args = command.paths(__doc__, argv, ["params", "train"], ["best", "trials"])
    params = params_file.read_section(args.params, "search", Search)
    best, trials = search(params, dataset.read(args.train))
    params_file.write(args.best, {"mlp": best})
    trials.to_csv(args.trials, index=False, lineterminator="\n")


if __name__ == "__main__":
    command.run(main)
