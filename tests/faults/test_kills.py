"""A run that is killed, at any moment and by any signal, costs no result and no finished fit."""

import math
import os
import sys
from pathlib import Path

import kill_projects
import pytest
from kills import Loop

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send"),
    pytest.mark.usefixtures("ctrl_c"),
]
COUNT = int(os.environ.get("KILLS") or 200)  # signals of all long tests together
SEED = os.environ.get("KILLS_SEED") or "0"  # and so `make faults KILLS_SEED=1` draws others
# The tests of each project, which run beside each other, and their share of the signals.
PARTS = {"quick": 3, "real": 2, "whole": 1, "table": 3}
SHARES = {"quick": 0.6, "real": 0.2, "whole": 0.1, "table": 0.1}
TABLES = ("penguins", "diabetes", "1500 rows")  # of tests/small.py, one for each part


def shoot(loop: Loop, count: int, seed: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Send signals, say so on the way, and check that everything held."""

    def say(line: str) -> None:
        with capfd.disabled():
            sys.stderr.write(f"{line}\n")

    loop.say = say
    loop.shoot(count, seed)
    assert not loop.faults, "\n".join(loop.faults)


def test_a_few_signals(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shoot(kill_projects.quick(tmp_path), 4, f"few-{SEED}", capfd)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("name", "part"), [(name, part) for name, parts in PARTS.items() for part in range(parts)]
)
def test_many_signals(
    name: str,
    part: int,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capfd: pytest.CaptureFixture[str],
) -> None:
    if name == "whole":
        loop = kill_projects.whole(request.getfixturevalue("built"), tmp_path)
    elif name == "table":
        loop = kill_projects.table(TABLES[part], tmp_path)
    else:
        loop = getattr(kill_projects, name)(tmp_path)
    count = math.ceil(COUNT * SHARES[name] / PARTS[name])
    shoot(loop, count, f"{name}-{part}-{SEED}", capfd)
