"""Causes of a bad network: which numbers show each, and what to try."""

import math
from collections.abc import Callable, Iterator, Mapping

from mlp.evaluate.classification import outcomes
from mlp.evaluate.diagnosis import remedies, wording
from mlp.evaluate.diagnosis.cases import Case, Finding
from mlp.evaluate.diagnosis.remedies import Steps

IDLE = 0.4  # least share of dead or saturated units in a layer that is a finding
GROWN, SHRUNK = 20.0, 0.1  # multiples of the first weights; trained ones are 1 to 10 times as large
NEAR = 0.05  # largest distance of a plateau from the chance loss, as a share of that loss
DIVERGED = 2.0  # times ln(classes): see `mlp.training.network.Fitted`


def findings(case: Case) -> list[Finding]:
    """Return the findings on a network, the most serious first; none if it is healthy."""
    causes = [finding for rule in CAUSES for finding in rule(case)]
    outcome = [finding for rule in outcomes.VERDICTS for finding in rule(case, causes)]
    return [*outcome, *causes]


def _diverged(case: Case) -> Iterator[Finding]:
    if not case.metrics["diverged"]:
        return
    loss, bound = case.training["log_loss"], DIVERGED * math.log(case.classes)
    what = "is not finite" if loss is None else f"is {loss:.4g}"
    yield Finding(
        "diverged",
        {"train_log_loss": loss, "bound": bound},
        f"Training diverged: the log loss of the training rows {what}; above {bound:.4f}, twice "
        f"ln {case.classes}, or with a weight or a loss that is not finite, it is of no use.",
        "its training diverged",
        remedies.smaller_steps(case.arguments, case.symptoms.inputs_rms),
        "A loss that falls from the first epochs on.",
    )


def _plateau(case: Case) -> Iterator[Finding]:
    loss, chance = case.training["log_loss"], case.training["entropy"]
    if loss is None or case.metrics["diverged"] or abs(loss - chance) > NEAR * chance:
        return
    final = case.metrics["final_loss"]
    name = wording.chance_loss(chance, case.classes)
    yield Finding(
        "plateau",
        {"final_loss": final, "train_log_loss": loss, "chance_loss": chance},
        f"Its training loss ended at {wording.number(final)} ({loss:.4f} without the L2 penalty), "
        f"and to give every row the same probabilities costs {name}: it has learnt nothing of the "
        "inputs.",
        f"its training loss settled at {wording.number(final)}, near {name}",
        _freeing_steps(case),
        f"A loss that falls well below {chance:.4f}.",
    )


def _freeing_steps(case: Case) -> Steps:
    """Return the steps that free a network which gives every row the same answer."""
    layers = case.symptoms.layers.values()
    if any(layer.weight_growth < SHRUNK for layer in layers):
        return remedies.weaker_penalty(case.arguments)
    grown = any(layer.weight_growth > GROWN for layer in layers)
    idle = any(max(layer.dead or 0, layer.saturated or 0) >= IDLE for layer in layers)
    choose = remedies.smaller_steps if grown or idle else remedies.larger_steps
    return choose(case.arguments, case.symptoms.inputs_rms)


def _dead_units(case: Case) -> Iterator[Finding]:
    shares = {name: layer.dead or 0.0 for name, layer in case.symptoms.layers.items()}
    yield from _idle(case, "dead_units", shares, "answer 0 to every test row", "dead")


def _saturated_units(case: Case) -> Iterator[Finding]:
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
        _freeing_steps(case),
        "Units that answer, and a loss that goes on falling."
        if max(ill.values()) == 1
        else f"Fewer {called} units; the accuracy follows where the others were too few.",
    )


def _exploding(case: Case) -> Iterator[Finding]:
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
        "Weights of a few times their first size, and probabilities that are less sure of errors.",
    )


def _vanishing(case: Case) -> Iterator[Finding]:
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


Rule = Callable[[Case], Iterator[Finding]]
CAUSES: list[Rule] = [
    _diverged, _vanishing, _dead_units, _saturated_units, _exploding, _plateau,
    outcomes.over_fitted, outcomes.max_iter,
]  # fmt: skip
