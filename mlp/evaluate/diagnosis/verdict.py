"""Sum up a network in one sentence."""

from collections.abc import Sequence

from mlp.evaluate.diagnosis import wording
from mlp.evaluate.diagnosis.cases import Case, Finding

CAUSES = (
    "dead_units", "saturated_units", "vanishing_weights", "exploding_weights", "plateau",
    "over_fitted",
)  # fmt: skip


def sentence(case: Case, findings: Sequence[Finding]) -> str:
    """Return a sentence on a network, the most serious thing first.

    Parameters
    ----------
    case : Case
    findings : sequence of Finding
        See `mlp.evaluate.diagnosis.causes.findings`.
    """
    low, high = case.metrics["accuracy_low"], case.metrics["accuracy_high"]
    accuracy = f"accuracy {case.metrics['accuracy']:.4f}, 95 % interval {low:.4f} to {high:.4f}"
    by_code = {found.code: found for found in findings}
    for code in ("diverged", "at_chance", "worse_than_linear"):
        if code in by_code:
            return _ill(by_code[code], by_code, accuracy)
    notes = [found.cause for found in findings]
    return "; ".join([f"It has learnt: {accuracy}", *notes]) + "."


def _ill(found: Finding, by_code: dict[str, Finding], accuracy: str) -> str:
    causes = [by_code[code].cause for code in CAUSES if code in by_code]
    against = f", {found.evidence['guess']:.4f}" if found.code == "at_chance" else ""
    because = f": {wording.joined(causes)}" if causes else ""
    start = f"{found.cause[0].upper()}{found.cause[1:]}{against}"
    return f"{start} ({accuracy}){because}; try {found.attempt}."
