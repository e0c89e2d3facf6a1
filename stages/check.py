"""Check params.yaml, before DVC deletes any output that a wrong value would cost.

Reads: params.yaml; requirements.lock, and what is installed. Writes: the versions of the packages
that can change a number, so that an upgrade reruns what computes, and the networks that take their
arguments from the search. DVC stops after this stage when both are as before. Params: all sections.
"""

import json
from argparse import Namespace
from pathlib import Path

from mlp.check import params
from mlp.core import disk, stage, versions
from mlp.data import file_kind


@stage.entry(__doc__, ["params", "lock"], ["versions", "searched"])
def main(args: Namespace) -> None:
    content = params.read(args.params)
    file_kind.check_place(content.load.source, Path.cwd())
    found = versions.installed()
    stage.warn(versions.differences(found, versions.locked(disk.read_text(args.lock))))
    names = [name for name, file in content.networks.items() if file == params.WINNER]
    disk.write_text(args.searched, "".join(f"{name}\n" for name in names))
    disk.write_text(args.versions, json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    stage.run(main)
