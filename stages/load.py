"""Load the data set: run the source, check what it gives, and store it as one table.

Reads: the file that load.source names (a dependency of the stage by content). The marker of the
stage check comes first, so that nothing is loaded under wrong parameters. Writes: the dataset.
Params: load.
"""

from collections.abc import Sequence
from pathlib import Path

from mlp import command, params_file, source, tables
from mlp.params import Load


def main(argv: Sequence[str] | None = None) -> None:
    args = command.paths(__doc__, argv, ["params"], ["dataset"])
    params = params_file.read_section(args.params, "load", Load)
    dataset = source.to_dataset(source.from_python(Path(params.source)), params.target)
    source.check_image(dataset.shape[1] - 1, params.image_shape)
    tables.write_dataset(dataset, args.dataset)


if __name__ == "__main__":
    command.run(main)
