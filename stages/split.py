"""Split the dataset into training and test rows, and summarise the data.

Reads: the dataset, its schema, and the names of the networks that take their arguments from the
search. Writes: the train split in the order in which networks see it, the test split in row order,
and the summary of the data. Params: split; and search.cv and crossval.folds, which change nothing,
but are refused here if the rows do not allow them, before any result is replaced.
"""

from argparse import Namespace
from dataclasses import replace

from mlp.core import dataset_file, json_file, params_file, stage, whole
from mlp.data import summary
from mlp.data.params import Split
from mlp.data.splits import splitting
from mlp.data.splits.folds import Folds


@stage.entry(__doc__, ["params", "names", "dataset", "schema"], ["train", "test", "metrics"])
def main(args: Namespace) -> None:
    params = params_file.read_section(args.params, "split", Split)
    table, columns = dataset_file.read_table(args.dataset)
    is_searched = bool(whole.text(args.names, may_be_empty=True).strip())
    folds = Folds.asked(args.params, is_searched=is_searched)
    train, test = splitting.positions(table, columns, params, folds)
    report = splitting.report(table, columns, params, train, test)
    stage.warn(report["warnings"].values())
    no_picture = replace(columns, image_shape=None)  # so that no network is trained anew for it
    for rows, roles, path in ((train, no_picture, args.train), (test, columns, args.test)):
        dataset_file.write(splitting.part(table, roles, params.group, rows), roles, path)
    metrics = summary.summary(json_file.read_json(args.schema), report, params.model_dump())
    json_file.write_json(json_file.rounded(metrics), args.metrics)


if __name__ == "__main__":
    stage.run(main)
