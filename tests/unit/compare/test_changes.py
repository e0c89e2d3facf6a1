"""Which predictions `mlp compare` compares: of the test split, or out of fold."""

from typing import Any

import pytest

from mlp.compare import changes
from mlp.core.errors import InputError


@pytest.mark.parametrize(
    ("gate", "evidence"),
    [(None, "test"), ({}, "test"), ({"evidence": "test"}, "test"), ({"evidence": "oof"}, "oof")],
)
def test_the_evidence_is_that_of_the_gate(gate: Any, evidence: str) -> None:
    assert changes.evidence_of_gate({"gate": gate}) == evidence


def test_other_evidence_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        changes.evidence_of_gate({"gate": {"evidence": "train"}})
    assert str(raised.value) == "params.yaml: gate.evidence is train; it should be test or oof."
