"""Train one network on the train split and write it as ONNX, with its loss curve and its probes.

Reads: the train split. Writes: a folder with the model, its history, and logistic regressions
on its inputs and on its hidden layer. Params: networks.NAME, which names a params file, and the
section NAME of that file: params.yaml, or what the stage search wrote.
Prints the first, the last and every twentieth epoch.
"""

import sys
from argparse import Namespace

from mlp.core import dataset_file, disk, stage
from mlp.model import export, layers, probe, probe_fit
from mlp.training import capacity, class_weight, params
from mlp.training.fit import fit


@stage.entry(__doc__, ["params", "train"], ["model/"], ["name"])
def main(args: Namespace) -> None:
    section = params.of_network(args.params, args.name).model_dump(exclude_unset=True)
    rows = dataset_file.read(args.train)
    class_weight.check(section, rows.target, args.name)
    capacity.check_memory(args.name, section, rows)
    fitted = fit(section, rows, name=args.name, log=sys.stdout)
    stage.warn(fitted.warned)
    model = args.model / "model.onnx"
    export.export(fitted, model)
    history = args.model / "history.csv"
    with disk.named(history):
        fitted.history.to_csv(history, index=False, lineterminator="\n")
    probe.write(probe_fit.fit(layers.load(model), rows), args.model / "probes.npz")


if __name__ == "__main__":
    stage.run(main)
