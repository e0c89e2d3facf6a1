"""Predict every row of the dataset by networks that were not trained on it.

A change shows more sharply on all rows than on the test split alone. It runs after the search, and
nothing is ever chosen from what it writes. Reads: the dataset, and the model, which holds the
arguments that it was trained with. Writes: the out-of-fold predictions. Params: crossval,
split.group.
"""

from argparse import Namespace

from mlp.core import dataset_file, files, params_file, stage, task
from mlp.evidence import out_of_fold
from mlp.evidence.params import Crossval
from mlp.model import saved


@stage.entry(__doc__, ["params", "model", "dataset"], ["predictions"])
def main(args: Namespace) -> None:
    params = params_file.read_section(args.params, "crossval", Crossval)
    (group,) = params_file.values(args.params, "split.group")
    rows = dataset_file.read(args.dataset, group)
    arguments = saved.load(args.model).training["arguments"]
    table = out_of_fold.predictions(arguments, rows, params.folds, params.seed)
    decimals = task.part("mlp.evidence.layout", rows.task).decimals(rows.target)
    files.write_csv(table, args.predictions, decimals)


if __name__ == "__main__":
    stage.run(main)
