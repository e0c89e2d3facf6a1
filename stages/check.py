"""Check params.yaml, before DVC deletes any output that a wrong value would cost.

Reads: params.yaml; requirements.lock, and what is installed. Writes: the versions of the packages
that can change a number, so that an upgrade reruns what computes, and the networks that take their
arguments from the search. DVC stops after this stage when both are as before. Params: all sections.
"""

import json
import os
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from mlp.check import params
from mlp.core import disk, stage, versions
from mlp.core.errors import InputError
from mlp.data import file_kind
from mlp.gate import params as gate_params


@stage.entry(__doc__, ["params", "lock"], ["versions", "searched"])
def main(args: Namespace) -> None:
    try:
        content = params.read(args.params)
    except InputError:
        _show_to_git(args.params)
        raise
    file_kind.check_place(content.load.source, Path.cwd())
    found = versions.installed()
    stage.warn(versions.differences(found, versions.locked(disk.read_text(args.lock))))
    stage.warn(gate_params.warnings(content.gate, content.split.time))
    names = [name for name, file in content.networks.items() if file == params.WINNER]
    disk.write_text(args.searched, "".join(f"{name}\n" for name in names))
    disk.write_text(args.versions, json.dumps(found, indent=2) + "\n")


def _show_to_git(path: Path) -> None:
    """Give a file the present time, so that `git checkout .` takes a refused value back.

    `dvc exp run` edits the file within the second in which it last told git's index of it, and git
    takes an edit of the same length then for none.
    """
    with suppress(OSError):  # the sentence on the value is the one to say
        os.utime(path)


if __name__ == "__main__":
    stage.run(main)
