"""Record the versions of the packages that can change a number, so that an upgrade reruns.

Reads: requirements.lock, and what is installed. Writes: the versions as JSON; DVC stops after
this stage when they are as before. Params: none.
"""

import json
import sys
from collections.abc import Sequence

from mlp.core import stage, versions


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, ["lock"], ["versions"])
    found = versions.installed()
    for sentence in versions.differences(found, versions.locked(args.lock.read_text())):
        print(f"warning: {sentence}", file=sys.stderr)
    args.versions.write_text(json.dumps(found, indent=2) + "\n", newline="\n")


if __name__ == "__main__":
    stage.run(main)
