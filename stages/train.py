"""Train one network on the train split and write it as ONNX, with its loss curve and its probes.

Reads: the train split. Writes: the model, its history, and logistic regressions on its inputs and
on its hidden layer. Params: one section of a params file, linear or mlp of params.yaml, or the mlp
that the stage search wrote. Prints the first, the last and every twentieth epoch.
"""

import sys
from collections.abc import Sequence

from mlp.core import dataset, params_file, stage
from mlp.model import export, layers, probe, probe_fit
from mlp.training.fit import fit
from mlp.training.params import network_schema


def main(argv: Sequence[str] | None = None) -> None:
    reads, writes = ["params", "train"], ["model", "history", "probes"]
    args = stage.paths(__doc__, argv, reads, writes, ["section"])
    params = params_file.read_section(args.params, args.section, network_schema(args.section))
    rows = dataset.read(args.train)
    fitted = fit(params.model_dump(exclude_unset=True), rows, log=sys.stdout)
    stage.warn(fitted.warned)
    export.export(fitted, args.model)
    fitted.history.to_csv(args.history, index=False, lineterminator="\n")
    probe.write(probe_fit.fit(layers.load(args.model), rows), args.probes)


if __name__ == "__main__":
    stage.run(main)
