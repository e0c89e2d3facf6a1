"""The line `next:` of `mlp gate`, in a folder in which git has nothing to commit."""

from pathlib import Path

import pytest

from commands.gate import CHANGE, MEND, PUSH, next_step
from mlp.gate.judgement import Judgement
from mlp.gate.thresholds import FAIL, PASS, SKIP, Verdict

GOOD = Verdict("accuracy min", PASS, "0.95 >= 0.9")
BAD = Verdict("significance", FAIL, "it fell")
FEW = Verdict("classes significance", SKIP, "no class has 20 rows or more")


@pytest.mark.parametrize(
    ("verdicts", "is_compared", "step"),
    [
        ([GOOD], False, CHANGE),
        ([GOOD], True, PUSH),
        ([GOOD, FEW], True, PUSH),  # a rule that is never judged makes no verdict the first
        ([GOOD, BAD], True, MEND),
        ([BAD], False, MEND),
    ],
)
def test_next_step(
    verdicts: list[Verdict],
    step: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_compared: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert next_step(Judgement("Gate", verdicts, [], is_compared=is_compared)) == step
