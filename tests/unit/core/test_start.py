"""How the process of a stage starts, before it imports anything else."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("raised", "said"), [("KeyboardInterrupt", ""), ("ValueError(7)", "ValueError: 7\n")]
)
def test_an_interrupt_of_the_imports_has_no_traceback(raised: str, said: str) -> None:
    code = f"import mlp.core.start; raise {raised}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.splitlines(keepends=True)[-1:] == ([said] if said else [])
