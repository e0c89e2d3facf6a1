"""Score the saved models on the test split.

Reads: the test split, the models with their histories and probes, the out-of-fold predictions, the
search's trials, winner and answer, and what load and split found in the data. Writes: the scores on
the test split and out of fold, the health of each network in numbers and in words, the search's
result, what is to be known of the data, and for each model a line a test row, a line a row of the
dataset, a table a class, its loss curve, and where test rows lie for its layers. A model is named
by its file: data/models/mlp.onnx is mlp. Params: none.
"""

from argparse import Namespace
from collections.abc import Sequence

from mlp.core import dataset, files, stage
from mlp.data import summary as data_report
from mlp.diagnosis import cases as health
from mlp.diagnosis import causes, verdict
from mlp.evaluate import evaluation
from mlp.model import layers, probe
from mlp.search import summary as trials

READS = [
    "test", "models...", "histories...", "probes...", "folds...", "trials", "best", "answer",
    "schema", "split",
]  # fmt: skip
WRITES = [
    "scores", "oof-scores", "health", "findings", "search", "data", "predictions...", "oof...",
    "classes...", "curves...", "projections...", "search-plot",
]  # fmt: skip
LOSS_DECIMALS = 8  # as scikit-learn prints them


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, READS, WRITES)
    warnings = _networks(args)
    scores = {}
    for path, predictions in zip(args.folds, args.oof, strict=True):
        oof = files.read_csv(path, ["actual", "predicted", "majority"])
        scores[path.stem] = evaluation.out_of_fold(oof)
        files.write_csv(oof.drop(columns="majority"), predictions)
    files.write_json(files.rounded(scores), args.oof_scores)
    schema, split = (files.read_json(path) for path in (args.schema, args.split))
    data = data_report.summary(schema, split, warnings)
    files.write_json(files.rounded(data), args.data)
    table, summary = trials.read(args.best, args.trials, args.answer)
    files.write_json(summary, args.search)
    files.write_csv(trials.progress(table), args.search_plot)


def _networks(args: Namespace) -> dict[str, list[str]]:
    """Write what the test split says of each network; return what was odd about its training."""
    test = dataset.read(args.test)
    cases, probed, scores, warnings = {}, {}, {}, {}
    for path, history_path, probes, predictions, classes, curve, projection in zip(
        args.models, args.histories, args.probes, args.predictions, args.classes, args.curves,
        args.projections, strict=True,
    ):  # fmt: skip
        name, opened = path.stem, layers.load(path)
        history = files.read_csv(history_path)
        result = evaluation.evaluate(opened.network, history, test)
        scores[name], warnings[name] = result.metrics, opened.network.warnings
        cases[name] = evaluation.case(opened, result, history, test)
        probed[name], places = probe.judge(probe.read(probes), opened, test)
        files.write_csv(result.predictions, predictions)
        files.write_csv(result.classes, classes)
        files.write_csv(history, curve, LOSS_DECIMALS)
        files.write_csv(places, projection)
    files.write_json(files.rounded(scores), args.scores)
    numbers, words = {}, {}
    for name, case in evaluation.beside_floor(cases).items():
        found = causes.findings(case)
        numbers[name] = health.numbers(case, probed[name])
        words[name] = {"verdict": verdict.sentence(case, found), "findings": health.words(found)}
    files.write_json(files.rounded(numbers), args.health)
    files.write_json(files.rounded(words), args.findings)
    return warnings


if __name__ == "__main__":
    stage.run(main)
