"""Say how large a loss the tests on repeated training would see."""

from collections.abc import Iterator

from mlp.compare.configurations import unconverged
from mlp.compare.sides import Sides
from mlp.evaluate.statistics import wording
from mlp.gate import levels
from mlp.gate.params import Gate


def notes(gate: Gate, sides: Sides, name: str, baselines: int) -> Iterator[str]:
    """Yield what the tests would see, and which side did not converge.

    Parameters
    ----------
    gate : Gate
    sides : Sides
    name : str
        Of the earlier revision.
    baselines : int
        The number of earlier revisions, which share each level.
    """
    seen = list(_seen(gate, sides, baselines))
    if seen:
        old, new = (len(side.converged) for side in (sides.old, sides.new))
        yield (
            f"With {old} + {new} trainings since {name} these losses would be seen (80 % power): "
            f"{'; '.join(seen)}."
        )
    yield from unconverged(sides, gate.model, name)


def _seen(gate: Gate, sides: Sides, baselines: int) -> Iterator[str]:
    for metric, rule in levels.metric_rules(gate):
        if rule.significance:
            level = rule.significance / baselines
            least = sides.of_metric(metric).detectable(level)
            if least is not None:
                yield f"{metric} by {wording.number(least)} (one-sided t test at level {level:g})"
    if gate.significance:
        level = gate.significance / baselines
        least = sides.of_metric("accuracy").detectable(level)
        if least is not None:
            yield f"accuracy by {wording.points(least)} (at level {level:g})"
    if gate.classes and gate.classes.significance:
        yield from _of_classes(
            gate.classes.min_support, gate.classes.significance, sides, baselines
        )


def _of_classes(support: int, level: float, sides: Sides, baselines: int) -> Iterator[str]:
    """Yield the losses of recall, by the first step of Holm's correction."""
    judged = sides.labels(support)
    each = level / baselines / max(len(judged), 1)
    found = {name: sides.of_class(name).detectable(each) for name in judged}
    least = sorted((value, name) for name, value in found.items() if value is not None)
    if not least:
        return
    words = [f"{wording.points(value)} of class {name}" for value, name in (least[0], least[-1])]
    yield f"recall by {' to '.join(dict.fromkeys(words))} (at level {each:.2g} each)"
