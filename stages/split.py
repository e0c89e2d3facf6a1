"""Split the dataset into rows to learn from and rows to judge by.

Reads: the dataset. Writes: the train split in shuffled order, the test split in row order.
Params: split.
"""

from collections.abc import Sequence

import pandas as pd

from mlp import command, params_file, tables
from mlp.params import Split
from mlp.splitting import train_test


def main(argv: Sequence[str] | None = None) -> None:
    args = command.paths(__doc__, argv, ["params", "dataset"], ["train", "test"])
    params = params_file.read_section(args.params, "split", Split)
    train, test = train_test(pd.read_parquet(args.dataset), params.test_size, params.seed)
    tables.write_dataset(train, args.train)
    tables.write_dataset(test, args.test)


if __name__ == "__main__":
    command.run(main)
