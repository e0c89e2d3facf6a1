"""Check the whole of params.yaml, before DVC deletes any output that a wrong value would cost.

Reads: params.yaml. The file that load.source names is a dependency too, so that DVC misses it here,
and not in the stage load after it has deleted the dataset. Writes: a marker of constant content, so
that nothing downstream reruns. Params: every section.
"""

from collections.abc import Sequence
from pathlib import Path

from mlp.check.params import Params
from mlp.core import params_file, stage
from mlp.data import file_kind

CHECKED = "Every section of params.yaml fits its schema.\n"


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, ["params"], ["checked"])
    params = params_file.read_all(args.params, Params)
    file_kind.check_place(params.load.source, Path.cwd())
    args.checked.write_text(CHECKED, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    stage.run(main)
