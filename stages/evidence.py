"""Score the out-of-fold predictions of one network, as evidence for the gate.

Reads: the predictions. Writes: their scores, and the predictions as git stores them. Params: none.
"""

from collections.abc import Sequence

from mlp.core import files, json_file, stage
from mlp.core.predictions import GROUP
from mlp.evidence import scores


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, ["predictions"], ["scores", "rows"], ["name"])
    table = files.read_csv(args.predictions, ["actual", "predicted", "majority", GROUP])
    json_file.write_json(json_file.rounded({args.name: scores.of(table)}), args.scores)
    files.write_csv(table.drop(columns="majority"), args.rows)


if __name__ == "__main__":
    stage.run(main)
