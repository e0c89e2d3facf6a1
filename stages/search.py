"""Search for the network's arguments by cross-validation inside the train split.

Reads: the train split. Writes: the winner as the section mlp of a params file, and one row a
trial. Params: search.
"""

from collections.abc import Sequence

from mlp import command, params_file, tables
from mlp.params import Search
from mlp.random_search import search


def main(argv: Sequence[str] | None = None) -> None:
    args = command.paths(__doc__, argv, ["params", "train"], ["best", "trials"])
    params = params_file.read_section(args.params, "search", Search)
    features, labels, _ = tables.read_dataset(args.train)
    best, trials = search(params, features, labels)
    params_file.write(args.best, {"mlp": best})
    trials.to_csv(args.trials, index=False, lineterminator="\n")


if __name__ == "__main__":
    command.run(main)
