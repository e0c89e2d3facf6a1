"""Sum up a network in one sentence."""

from collections.abc import Sequence

from mlp.evaluate.diagnosis import wording
from mlp.evaluate.diagnosis.cases import ILLS, Finding

CAUSES = (
    "dead_units", "saturated_units", "vanishing_weights", "exploding_weights", "plateau",
    "unscaled_target", "over_fitted", "rare_classes",
)  # fmt: skip


def state(findings: Sequence[Finding]) -> str:
    """Return bad if a finding is serious, warn if there is another one, good if there is none."""
    if _ill(findings):
        return "bad"
    return "warn" if findings else "good"


def summary(findings: Sequence[Finding]) -> str:
    """Return `sentence` without the score and without what to try."""
    if ill := _ill(findings):
        return f"{_start(ill)}{_because(findings)}."
    return "; ".join(["It has learnt", *(found.cause for found in findings)]) + "."


def sentence(score: str, findings: Sequence[Finding]) -> str:
    """Return a sentence on a network, the most serious thing first.

    Parameters
    ----------
    score : str
        Its main score with its interval.
    findings : sequence of Finding
        See `mlp.evaluate.diagnosis.causes.findings`.
    """
    if ill := _ill(findings):
        attempt = f"; try {ill.attempt}" if ill.steps else ""
        return f"{_start(ill)} ({score}){_because(findings)}{attempt}."
    notes = [found.cause for found in findings]
    return "; ".join([f"It has learnt: {score}", *notes]) + "."


def _ill(findings: Sequence[Finding]) -> Finding | None:
    """Return the first of `ILLS` that is among the findings."""
    by_code = {found.code: found for found in findings}
    return next((by_code[code] for code in ILLS if code in by_code), None)


def _start(found: Finding) -> str:
    against = f", {found.evidence['guess']:.4f}" if found.code == "at_chance" else ""
    return f"{found.cause[0].upper()}{found.cause[1:]}{against}"


def _because(findings: Sequence[Finding]) -> str:
    by_code = {found.code: found.cause for found in findings}
    causes = [by_code[code] for code in CAUSES if code in by_code]
    return f": {wording.joined(causes)}" if causes else ""
