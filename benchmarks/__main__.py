"""Run every benchmark and write docs/benchmarks.md: ``python -m benchmarks``, or ``make bench``.

It takes about an hour on a machine that does nothing else, and more the first time: what
benchmarks/gate.py trains is kept.
"""

import subprocess
import sys

from benchmarks import NAMES, docs


def main() -> None:
    for position, name in enumerate(NAMES, start=1):
        sys.stderr.write(f"\n{position} of {len(NAMES)}: python -m benchmarks.{name}\n")
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        if subprocess.run(command, check=False).returncode:  # noqa: S603 - one of NAMES
            sys.exit(f"error: python -m benchmarks.{name} failed.")
    docs.main()


if __name__ == "__main__":
    main()
