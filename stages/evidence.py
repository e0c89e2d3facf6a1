"""Score the out-of-fold predictions of one network, as evidence for the gate.

Reads: the predictions. Writes: their scores, and a sample of the predictions for git. Params: none.
"""

from argparse import Namespace

from mlp.core import disk, files, json_file, prediction_file, residuals, sample, stage, task, whole
from mlp.evidence import scores


@stage.entry(__doc__, ["predictions"], ["scores", "rows"], ["name"])
def main(args: Namespace) -> None:
    whole.check(args.predictions, "dvc repro gate/dvc.yaml")
    table = prediction_file.parse(disk.read_bytes(args.predictions))
    part = task.part("mlp.evidence.layout", residuals.task(table))
    decimals = part.decimals(table["actual"].to_numpy())
    content = json_file.rounded({args.name: scores.of(table)}, decimals)
    json_file.write_json(content, args.scores)
    stored = table.drop(columns=part.FLOOR).iloc[sample.positions(len(table))]
    files.write_csv(stored, args.rows, decimals)


if __name__ == "__main__":
    stage.run(main)
