"""A sentence says whether more rows would help, and no more than the trainings show."""

import math
from dataclasses import replace

import pytest

from mlp.compare import growth
from mlp.core.errors import InputError
from mlp.evidence.curve import Curve, Step
from mlp.history.results import Results
from mlp.report.document import Paragraph
from mlp.report.picture import Picture

NAN = math.nan
CURVE = Curve(
    "test", 450, "accuracy", "higher", [100, 200], [[0.8, 0.82], [0.9, 0.92]],
    Step(0.1, 0.06, 0.14), 0, [],
)  # fmt: skip
RMSE = replace(CURVE, metric="rmse", better="lower", step=Step(-12.0, -20.0, -4.0))


@pytest.mark.parametrize(
    ("curve", "sentence"),
    [
        (CURVE, "rose by 0.1000 ± 0.0400: more rows would probably help, though usually by less."),
        (
            replace(CURVE, step=Step(0.01, -0.01, 0.03)),
            "rose by 0.0100 ± 0.0200: a gain from more rows is not shown.",
        ),
        (replace(CURVE, step=Step(-0.1, -0.2, -0.05)), "fell by 0.1000 ± 0.0750: more rows did not help."),
        (
            replace(CURVE, step=Step(0.0, -0.01, 0.01)),
            "changed by 0.0000 ± 0.0100: a gain from more rows is not shown.",
        ),
        (replace(CURVE, step=Step(0.0, 0.0, 0.0)), "stayed the same, so a gain from more rows is not shown."),
        (
            replace(CURVE, step=Step(NAN, NAN, NAN)),
            "the change of the accuracy is not known: not all trainings gave finite numbers.",
        ),
        (replace(CURVE, step=Step(0.2, NAN, NAN)), "a gain from more rows is not shown."),
        (RMSE, "the RMSE fell by 12 ± 8: more rows would probably help, though usually by less."),
        (replace(RMSE, step=Step(12.0, 4.0, 20.0)), "the RMSE rose by 12 ± 8: more rows did not help."),
        (replace(CURVE, metric="balanced_accuracy"), "the balanced accuracy rose by"),
        (replace(CURVE, unconverged=3), "3 of these trainings stopped before they converged, and"),
    ],
)  # fmt: skip
def test_the_sentence(curve: Curve, sentence: str) -> None:
    told = growth.sentence("mlp", curve)
    assert told.startswith("mlp: from 100 to 200 rows the ")
    assert sentence in told


def test_without_half_of_the_rows_nothing_is_told() -> None:
    curve = replace(CURVE, rows=[12], scores=[[0.8]], step=None, left_out=["Half is left out."])
    expected = "mlp: there are too few rows to tell. Half is left out."
    assert growth.sentence("mlp", curve) == expected


class Stored(Results):
    """Results of two networks, of which one has a curve."""

    def __init__(self, curve: Curve) -> None:
        self.found = curve

    @property
    def networks(self) -> list[str]:
        return ["linear", "mlp"]

    def curve(self, name: str) -> Curve:
        if name == "linear":
            raise InputError("it is stale")
        return self.found


def test_a_page_has_the_curves_that_are_up_to_date() -> None:
    first, picture, last = growth.blocks(Stored(CURVE))
    assert isinstance(first, Paragraph)
    assert first.text.startswith("mlp: from 100 to 200")
    assert isinstance(picture, Picture)
    assert "accuracy of 450 test rows" in picture.alt
    assert isinstance(last, Paragraph)
    assert last.text.startswith("± is half")
    alone = replace(CURVE, rows=[12], scores=[[0.8]], step=None)
    assert [type(block) for block in growth.blocks(Stored(alone))] == [Paragraph]
