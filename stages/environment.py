"""Record the versions of the packages that can change a number, so that an upgrade reruns.

Reads: requirements.lock, and what is installed. Writes: the versions as JSON; DVC stops after
this stage when they are as before. Params: none.
"""

import json
import sys
from argparse import Namespace

from mlp.core import disk, stage, versions


@stage.entry(__doc__, ["lock"], ["versions"])
def main(args: Namespace) -> None:
    found = versions.installed()
    for sentence in versions.differences(found, versions.locked(disk.read_text(args.lock))):
        print(f"warning: {sentence}", file=sys.stderr)
    disk.write_text(args.versions, json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    stage.run(main)
