"""Causes of a bad network of any task: which numbers show each, and what to try."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from mlp.core.errors import counted
from mlp.evaluate.diagnosis import remedies, wording
from mlp.evaluate.diagnosis.cases import Case, Finding
from mlp.evaluate.diagnosis.remedies import Steps

IDLE = 0.4  # least share of dead or saturated units in a layer that is a finding
GROWN, SHRUNK = 20.0, 0.1  # multiples of the first weights; trained ones are 1 to 10 times as large
NEAR = 0.05  # largest distance of a plateau from the chance loss, as a share of that loss

Rule: TypeAlias = Callable[[Any], Iterator[Finding]]
Verdict: TypeAlias = Callable[[Any, Sequence[Finding]], Iterator[Finding]]


def findings(case: Case, causes: Sequence[Rule], verdicts: Sequence[Verdict]) -> list[Finding]:
    """Return the findings on a network, the most serious first; none if it is healthy.

    Parameters
    ----------
    case : Case
    causes, verdicts : sequence of callable
        The rules of the task: see `mlp.evaluate.classification.diagnosis`.
    """
    found = [finding for rule in causes for finding in rule(case)]
    outcome = [finding for rule in verdicts for finding in rule(case, found)]
    return [*outcome, *found]


def freeing_steps(case: Case) -> Steps:
    """Return the steps that free a network which gives every row the same answer."""
    layers = case.symptoms.layers.values()
    if any(layer.weight_growth < SHRUNK for layer in layers):
        return remedies.weaker_penalty(case.arguments)
    grown = any(layer.weight_growth > GROWN for layer in layers)
    idle = any(max(layer.dead or 0, layer.saturated or 0) >= IDLE for layer in layers)
    choose = remedies.smaller_steps if grown or idle else remedies.larger_steps
    return choose(case.arguments, case.symptoms.inputs_rms)


def dead_units(case: Case) -> Iterator[Finding]:
    shares = {name: layer.dead or 0.0 for name, layer in case.symptoms.layers.items()}
    yield from _idle(case, "dead_units", shares, "answer 0 to every test row", "dead")


def saturated_units(case: Case) -> Iterator[Finding]:
    shares = {name: layer.saturated or 0.0 for name, layer in case.symptoms.layers.items()}
    what = "lie where their activation is flat, on 95 % of the test rows or more"
    yield from _idle(case, "saturated_units", shares, what, "saturated")


def _idle(
    case: Case, code: str, shares: Mapping[str, float], what: str, called: str
) -> Iterator[Finding]:
    ill = {name: share for name, share in shares.items() if share >= IDLE}
    if not ill:
        return
    layers = case.symptoms.layers
    parts = [
        f"{wording.share_of_units(share, layers[name])} of {wording.layer_title(name)}"
        for name, share in ill.items()
    ]
    scale, rms = case.arguments["scale"], case.symptoms.inputs_rms
    why = f" They were given inputs of up to {case.symptoms.inputs_max:.4g}"
    why += " that are not scaled" if scale == "none" else f", scaled by {scale}"
    if case.arguments["solver"] != "lbfgs":
        why += f", and a learning rate of {case.arguments['learning_rate_init']:g}"
    yield Finding(
        code,
        {**ill, "inputs_rms": rms},
        f"{wording.joined(parts).capitalize()} {what}. They are {called}: no gradient moves them, "
        f"and they tell rows apart no more.{why}.",
        f"{wording.joined(parts)} are {called}",
        freeing_steps(case),
        "Units that answer, and a loss that goes on falling."
        if max(ill.values()) == 1
        else f"Fewer {called} units; {case.better} where the others were too few.",
    )


def exploding(case: Case) -> Iterator[Finding]:
    grown = {n: v for n, v in case.symptoms.layers.items() if not v.weight_growth <= GROWN}
    if not grown:
        return
    parts = [wording.growth(name, layer) for name, layer in grown.items()]
    yield Finding(
        "exploding_weights",
        {name: layer.weight_growth for name, layer in grown.items()},
        f"Weights have grown far beyond their first size: {wording.joined(parts)}.",
        "its weights exploded",
        remedies.smaller_steps(case.arguments, case.symptoms.inputs_rms),
        f"Weights of a few times their first size, and {case.calmer}.",
    )


def vanishing(case: Case) -> Iterator[Finding]:
    shrunk = {n: v for n, v in case.symptoms.layers.items() if v.weight_growth < SHRUNK}
    if not shrunk:
        return
    parts = [wording.growth(name, layer) for name, layer in shrunk.items()]
    yield Finding(
        "vanishing_weights",
        {name: layer.weight_growth for name, layer in shrunk.items()},
        f"Weights have shrunk to a trace of their first size: {wording.joined(parts)}, with alpha "
        f"{case.arguments['alpha']:g}.",
        "its weights vanished",
        remedies.weaker_penalty(case.arguments),
        "Weights of about their first size, and a loss that falls.",
    )


def max_iter(case: Case) -> Iterator[Finding]:
    if case.metrics["converged"] or case.metrics["diverged"]:
        return
    epochs, losses = case.metrics["n_iter"], case.history["loss"]
    last = max(1, len(losses) // 10)
    fall = 1 - float(losses[-1] / losses[-1 - last]) if len(losses) > last else None
    still = "" if fall is None else f" In the last {last} of them its loss fell by {fall:.1%}."
    yield Finding(
        "max_iter",
        {"n_iter": epochs, "final_loss": case.metrics["final_loss"], "last_fall": fall},
        f"Training was stopped after {counted(epochs, 'epoch')}, by max_iter, before it converged."
        f"{still}",
        f"it stopped at max_iter {epochs}, unconverged",
        remedies.longer(case.arguments, case.loss, case.chance_loss),
        f"A lower training loss; {case.need_not}.",
    )
