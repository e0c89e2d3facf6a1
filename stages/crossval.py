"""Predict every row of the dataset by a network that was not trained on it.

All rows show the effect of a change more sharply than the test split alone. Nothing is ever chosen
from these predictions. Reads: the dataset. Writes: the out-of-fold predictions of one network.
Params: crossval, split.group, and the network's section as in the stage train. Networks are trained
in processes, or on a Dask cluster, as in the stage search.
"""

from collections.abc import Sequence

from mlp.core import dataset, files, params_file, stage
from mlp.evidence import out_of_fold
from mlp.evidence.params import Crossval
from mlp.training.params import network_schema


def main(argv: Sequence[str] | None = None) -> None:
    reads = ["params", "network", "dataset"]
    args = stage.paths(__doc__, argv, reads, ["predictions"], ["section"])
    params = params_file.read_section(args.params, "crossval", Crossval)
    schema = network_schema(args.section)
    section = params_file.read_section(args.network, args.section, schema)
    rows = dataset.read(args.dataset, params_file.parse(args.params)["split"]["group"])
    arguments = section.model_dump(exclude_unset=True)
    table = out_of_fold.predictions(arguments, rows, params.folds, params.seed)
    files.write_csv(table, args.predictions)


if __name__ == "__main__":
    stage.run(main)
