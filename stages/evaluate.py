"""Score the saved models on the test split.

Reads: the test split, the models and their histories, the out-of-fold predictions, the search's
trials, winner and answer, and what load and split found in the data. Writes: the scores on the test
split and out of fold, the search's result, what is to be known of the data, and for each model a
line a test row, a line a row of the dataset, a table a class and its loss curve. A model is named
by its file: data/models/mlp.onnx is mlp. Params: none.
"""

from collections.abc import Sequence

from mlp import command, data_report, dataset, model, params_file, tables, trials
from mlp.evaluation import evaluate, out_of_fold
from mlp.network_params import Network

READS = [
    "test", "models...", "histories...", "folds...", "trials", "best", "answer", "schema", "split",
]  # fmt: skip
WRITES = [
    "scores", "oof-scores", "search", "data",
    "predictions...", "oof...", "classes...", "curves...", "search-plot",
]  # fmt: skip
LOSS_DECIMALS = 8  # as scikit-learn prints them


def main(argv: Sequence[str] | None = None) -> None:
    args = command.paths(__doc__, argv, READS, WRITES)
    test = dataset.read(args.test)
    scores, warnings = {}, {}
    for path, history_path, predictions, classes, curve in zip(
        args.models, args.histories, args.predictions, args.classes, args.curves, strict=True
    ):
        history = tables.read_csv(history_path)
        network = model.load(path)
        result = evaluate(network, history, test)
        scores[path.stem], warnings[path.stem] = result.metrics, network.warnings
        tables.write_csv(result.predictions, predictions)
        tables.write_csv(result.classes, classes)
        tables.write_csv(history, curve, LOSS_DECIMALS)
    tables.write_json(tables.rounded(scores), args.scores)
    scores = {}
    for path, predictions in zip(args.folds, args.oof, strict=True):
        oof = tables.read_csv(path, ["actual", "predicted", "majority"])
        scores[path.stem] = out_of_fold(oof)
        tables.write_csv(oof.drop(columns="majority"), predictions)
    tables.write_json(tables.rounded(scores), args.oof_scores)
    schema, split = (tables.read_json(path) for path in (args.schema, args.split))
    data = data_report.summary(schema, split, warnings)
    tables.write_json(tables.rounded(data), args.data)
    table = tables.read_csv(args.trials)
    best = params_file.read_section(args.best, "mlp", Network)
    answer = tables.read_json(args.answer)
    summary = trials.summary(table, best.model_dump(exclude_unset=True), answer)
    tables.write_json(summary, args.search)
    tables.write_csv(trials.progress(table), args.search_plot)


if __name__ == "__main__":
    command.run(main)
