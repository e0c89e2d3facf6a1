"""Sum up a network in one sentence."""

from collections.abc import Sequence

from mlp.evaluate.diagnosis import wording
from mlp.evaluate.diagnosis.cases import Finding

CAUSES = (
    "dead_units", "saturated_units", "vanishing_weights", "exploding_weights", "plateau",
    "unscaled_target", "over_fitted",
)  # fmt: skip

ILLS = ("diverged", "at_chance", "at_mean", "worse_than_linear")


def sentence(score: str, findings: Sequence[Finding]) -> str:
    """Return a sentence on a network, the most serious thing first.

    Parameters
    ----------
    score : str
        Its main score with its interval.
    findings : sequence of Finding
        See `mlp.evaluate.diagnosis.causes.findings`.
    """
    by_code = {found.code: found for found in findings}
    for code in ILLS:
        if code in by_code:
            return _ill(by_code[code], by_code, score)
    notes = [found.cause for found in findings]
    return "; ".join([f"It has learnt: {score}", *notes]) + "."


def _ill(found: Finding, by_code: dict[str, Finding], score: str) -> str:
    causes = [by_code[code].cause for code in CAUSES if code in by_code]
    against = f", {found.evidence['guess']:.4f}" if found.code == "at_chance" else ""
    because = f": {wording.joined(causes)}" if causes else ""
    start = f"{found.cause[0].upper()}{found.cause[1:]}{against}"
    return f"{start} ({score}){because}; try {found.attempt}."
