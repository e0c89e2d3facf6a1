"""Score and draw one saved network on the test split, beside the network linear.

Reads: the test split, the model with its history and probes, and that of linear. Writes: the few
metrics that people compare; the predictions of all test rows; a folder of tables, with a sample of
the predictions, a line a class, the loss by epoch, and all details for the page; a folder of
figures.
Params: report.errors.
"""

from argparse import Namespace
from pathlib import Path

from mlp.core import dataset_file, disk, files, json_file, params_file, prediction_file, stage, task
from mlp.evaluate.subject import Examination, Subject
from mlp.model import layers, probe, saved

READS, WRITES = (
    ["params", "model", "linear", "test"],
    ["metrics", "predictions", "tables/", "figures/"],
)


@stage.entry(__doc__, READS, WRITES, ["name"])
def main(args: Namespace) -> None:
    (most_errors,) = params_file.values(args.params, "report.errors")
    subject = _subject(args.name, args.model, args.linear)
    test = dataset_file.read(args.test)
    part = task.part("mlp.evaluate", test.task)
    result = part.examine(subject, test, test.columns.image_shape, most_errors)
    json_file.write_json(result.metrics, args.metrics)
    prediction_file.write(result.predictions, args.predictions, result.decimals)
    _write_tables(result, args.tables)
    files.write_csv(subject.history, args.tables / "history.csv", files.LOSS_DECIMALS)
    for figure in result.figures:
        disk.write_bytes(args.figures / figure.file, figure.png)
    print(f"{args.name}: {result.details['verdict']}")


def _subject(name: str, model: Path, linear: Path) -> Subject:
    return Subject(
        name=name,
        layers=layers.load(model / "model.onnx"),
        history=files.read_history(model / "history.csv"),
        probes=probe.read(model / "probes.npz"),
        baseline=None if name == "linear" else saved.load(linear / "model.onnx"),
        baseline_history=files.read_history(linear / "history.csv"),
    )


def _write_tables(result: Examination, folder: Path) -> None:
    json_file.write_json(result.details, folder / "details.json")
    for name, table in result.tables.items():
        files.write_csv(table, folder / f"{name}.csv", result.decimals)


if __name__ == "__main__":
    stage.run(main)
