"""Tell which rules of the gate can fail by chance, and how often they do together."""

from collections.abc import Iterator

from mlp.gate.metric_rules import MetricRule
from mlp.gate.params import Gate

SEEDS = "A new training of the same configuration may be worth less, and fail more often."


def metric_rules(gate: Gate) -> Iterator[tuple[str, MetricRule]]:
    """Yield the rules on metrics that are set, by the metric's name."""
    for name in type(gate.metrics).model_fields if gate.metrics else ():
        rule = getattr(gate.metrics, name)
        if rule is not None:
            yield name, rule


def of_tests(gate: Gate) -> dict[str, float]:
    """Return the level of each rule that a change of nothing fails by chance, by its title."""
    levels = {
        f"{name} significance": rule.significance
        for name, rule in metric_rules(gate)
        if rule.significance
    }
    if gate.significance:
        levels["significance"] = gate.significance
    if gate.classes and gate.classes.significance:
        levels["classes significance"] = gate.classes.significance
    return levels


def asks_for_changes(gate: Gate) -> list[str]:
    """Return the titles of all rules that need an earlier revision's predictions or trainings."""
    margins = [f"{name} not_worse_than" for name, rule in metric_rules(gate) if rule.not_worse_than]
    return [*of_tests(gate), *margins]


def sentence(gate: Gate) -> str | None:
    """Return in words the joint level of the tests, None if there are none.

    By Bonferroni's inequality it is at most the sum of the levels, whatever depends on what.
    """
    levels = of_tests(gate)
    if not levels:
        return None
    parts = " + ".join(f"{level:g}" for level in levels.values())
    total = f"{parts} = {sum(levels.values()):g}" if len(levels) > 1 else parts
    equal = {"configuration": "a change of nothing", "file": "a file that is worth as much"}
    words = (
        f"Joint level of the tests ({', '.join(levels)}): {equal[gate.question]} fails one of them "
        f"with a probability of at most {total}."
    )
    return words if gate.question == "configuration" else f"{words} {SEEDS}"
