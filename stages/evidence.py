"""Score the out-of-fold predictions of one network, as evidence for the gate.

Reads: the predictions. Writes: their scores, and the predictions as git stores them. Params: none.
"""

from collections.abc import Sequence

from mlp.core import files, json_file, predictions_file, stage
from mlp.evaluate import out_of_fold


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, ["predictions"], ["scores", "rows"], ["name"])
    table = predictions_file.read(args.predictions)
    scores, decimals = out_of_fold.scores(table)
    json_file.write_json(json_file.rounded({args.name: scores}, decimals), args.scores)
    floor = [name for name in predictions_file.FLOORS if name in table]
    files.write_csv(table.drop(columns=floor), args.rows, decimals)


if __name__ == "__main__":
    stage.run(main)
