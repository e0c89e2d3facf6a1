"""Split the dataset into rows to learn from and rows to judge by.

Reads: the dataset. Writes: the train split in the order in which networks see it, the test split in
row order, and what is to be known of both. Params: split.
"""

from collections.abc import Sequence

from mlp import command, dataset, params_file, splitting, tables
from mlp.data_params import Split


def main(argv: Sequence[str] | None = None) -> None:
    args = command.paths(__doc__, argv, ["params", "dataset"], ["train", "test", "report"])
    params = params_file.read_section(args.params, "split", Split)
    table, columns = dataset.read_table(args.dataset)
    train, test = splitting.parts(table, columns, params)
    report = splitting.report(train, test, columns, params)
    command.warn(report["warnings"].values())
    dataset.write(train, columns, args.train)
    dataset.write(test, columns, args.test)
    tables.write_json(report, args.report)


if __name__ == "__main__":
    command.run(main)
