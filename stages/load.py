"""Load the dataset: read the source, check it, and store it as one table with its schema.

Reads: the file that load.source names, which is a dependency of the stage. Writes: the dataset and
its schema. Params: load.

The stage depends on the marker of the stage check, so that it loads nothing under wrong parameters.
Rows that cannot be split as params.yaml asks are refused before they replace an earlier dataset.
"""

from argparse import Namespace

from mlp.core import dataset_file, json_file, params_file, stage
from mlp.data import profile, source
from mlp.data.params import Load
from mlp.data.splits import foreseen


@stage.entry(__doc__, ["params"], ["dataset", "schema"])
def main(args: Namespace) -> None:
    params = params_file.read_section(args.params, "load", Load)
    table, columns, schema = profile.dataset(source.read(params), params)
    stage.warn(schema["warnings"].values())
    dataset_file.write(table, columns, args.dataset)
    json_file.write_json(schema, args.schema)
    foreseen.check(args.params, table, columns, args.dataset)


if __name__ == "__main__":
    stage.run(main)
