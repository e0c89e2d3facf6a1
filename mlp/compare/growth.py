"""Tell whether more rows would help: the learning curves of `make gate`, where up to date."""

import math
from collections.abc import Iterator, Mapping

from mlp.core import residuals
from mlp.core.errors import InputError
from mlp.evidence.curve import Curve, Step
from mlp.history.results import Results
from mlp.report.document import Block, Paragraph
from mlp.report.picture import Picture

TITLE = "Would more rows help?"
JUDGED = {"test": "test rows", "oof": "rows out of fold"}
WORDS = {"rmse": "RMSE"}  # of metrics whose name is not that of their column


def blocks(results: Results) -> Iterator[Block]:
    """Yield a sentence a network, a picture, and how to read both; nothing without curves."""
    curves = dict(_curves(results))
    for name, curve in curves.items():
        yield Paragraph(sentence(name, curve))
    drawn = {name: curve for name, curve in curves.items() if curve.is_drawn}
    if drawn:
        yield _picture(drawn)
    if any(curve.step for curve in curves.values()):
        yield Paragraph(
            "± is half the width of the 95 % interval of the difference, which holds the luck of "
            "seeds, of the rows drawn and of the rows that judge. A smaller part is inside each "
            "larger one of its seed, and all are trained with the same parameters."
        )


def _curves(results: Results) -> Iterator[tuple[str, Curve]]:
    for name in results.networks:
        try:
            yield name, results.curve(name)
        except (InputError, OSError):
            continue


def sentence(name: str, curve: Curve) -> str:
    """Return in words what the last doubling of the rows brought."""
    left_out = " ".join(curve.left_out)
    if curve.step is None:
        return f"{name}: there are too few rows to tell. {left_out}"
    first, last = curve.rows[-2:]
    told = f"{name}: from {first} to {last} rows {_changed(curve, curve.step)}"
    if curve.unconverged:
        told += (
            f" {curve.unconverged} of these trainings stopped before they converged, and an epoch "
            "of fewer rows has fewer steps: finish training (max_iter) before collecting rows."
        )
    return f"{told} {left_out}".strip()


def _changed(curve: Curve, step: Step) -> str:
    """Return the change of the score, with what it says of more rows."""
    metric = _word(curve)
    if not math.isfinite(step.difference):
        return f"the change of the {metric} is not known: not all trainings gave finite numbers."
    if step.difference == 0 == step.high:
        return f"the {metric} stayed the same, so a gain from more rows is not shown."
    size, half = (_number(curve, value) for value in (abs(step.difference), _half(step)))
    way = "changed" if step.difference == 0 else "rose" if step.difference > 0 else "fell"
    found = f"the {metric} {way} by {size} ± {half}"
    if step.low <= 0 <= step.high or not math.isfinite(_half(step)):
        return f"{found}: a gain from more rows is not shown."
    if (step.difference > 0) == (curve.better == "higher"):
        return f"{found}: more rows would probably help, though usually by less."
    return f"{found}: more rows did not help."


def _half(step: Step) -> float:
    return (step.high - step.low) / 2


def _word(curve: Curve) -> str:
    return WORDS.get(curve.metric, curve.metric.replace("_", " "))


def _number(curve: Curve, value: float) -> str:
    return residuals.shown(value) if curve.metric in residuals.METRICS else f"{value:.4f}"


def _picture(curves: Mapping[str, Curve]) -> Picture:
    from mlp.figures import learning_curve  # noqa: PLC0415 - matplotlib takes half a second

    curve = next(iter(curves.values()))
    score = f"{_word(curve)} of {curve.judged} {JUDGED.get(curve.evidence, 'rows')}"
    points = {name: (each.rows, each.scores) for name, each in curves.items()}
    alt = (
        f"Learning curves: the {score} by the number of rows to learn from. The lines join the "
        "means, and a dot is a training."
    )
    return Picture(learning_curve.draw(points, score), alt)
