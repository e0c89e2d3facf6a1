"""Split the dataset into rows to learn from and rows to judge by.

Reads: the dataset. Writes: the train split in the order in which networks see it, the test split in
row order, and what is to be known of both. Params: split.
"""

from collections.abc import Sequence

from mlp.core import dataset, files, params_file, stage
from mlp.data import splitting
from mlp.data.params import Split


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, ["params", "dataset"], ["train", "test", "report"])
    params = params_file.read_section(args.params, "split", Split)
    table, columns = dataset.read_table(args.dataset)
    train, test = splitting.positions(table, columns, params)
    report = splitting.report(table, columns, params, train, test)
    stage.warn(report["warnings"].values())
    for rows, path in ((train, args.train), (test, args.test)):
        dataset.write(splitting.part(table, columns, params.group, rows), columns, path)
    files.write_json(report, args.report)


if __name__ == "__main__":
    stage.run(main)
