"""Train one network on the train split and write it as ONNX, with its loss curve.

Reads: the train split. Writes: the model and its history. Params: one section of a params file:
linear or mlp of params.yaml, or the mlp that the stage search wrote.
"""

import sys
from collections.abc import Sequence

from mlp import command, network, onnx_export, params_file, tables
from mlp.params import network_schema


def main(argv: Sequence[str] | None = None) -> None:
    reads, writes = ["params", "train"], ["model", "history"]
    args = command.paths(__doc__, argv, reads, writes, ["section"])
    params = params_file.read_section(args.params, args.section, network_schema(args.section))
    section = {"verbose": True, **params.model_dump(exclude_unset=True)}
    features, labels, _ = tables.read_dataset(args.train)
    fitted = network.fit(section, features, labels)
    for sentence in fitted.warned:
        sys.stderr.write(f"warning: {sentence}\n")
    onnx_export.export(fitted, labels, args.model)
    fitted.history.to_csv(args.history, index=False, lineterminator="\n")


if __name__ == "__main__":
    command.run(main)
