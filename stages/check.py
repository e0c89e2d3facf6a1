"""Check params.yaml, before DVC deletes any output that a wrong value would cost.

Reads: params.yaml. The file that load.source names is a dependency too, so that DVC misses it here,
and not in the stage load after it has deleted the dataset. Writes: a marker of constant content, so
that nothing downstream reruns, and the networks that take their arguments from the search. Params:
every section.
"""

from argparse import Namespace
from pathlib import Path

from mlp.check import params
from mlp.core import disk, stage
from mlp.core.errors import InputError
from mlp.data import file_kind

CHECKED = "Every section of params.yaml fits its schema.\n"


@stage.entry(__doc__, ["params"], ["checked", "searched"])
def main(args: Namespace) -> None:
    content = params.read(args.params)
    if "image_shape" not in content.load.model_fields_set:  # DVC reads it for evaluate
        raise InputError(
            f"{args.params}: load.image_shape is missing; set it to null if rows are not pictures."
        )
    file_kind.check_place(content.load.source, Path.cwd())
    names = [name for name, file in content.networks.items() if file == params.WINNER]
    disk.write_text(args.searched, "".join(f"{name}\n" for name in names))
    disk.write_text(args.checked, CHECKED)


if __name__ == "__main__":
    stage.run(main)
