"""A comparison tells every change, and nothing of what is as before."""

from typing import Any

import pandas as pd
import pytest

from mlp.compare import comparison, narrative
from mlp.compare.changes import Changes, Incomparable
from mlp.compare.comparison import Comparison
from mlp.compare.configurations import Configuration
from mlp.compare.edits import Change
from mlp.compare.pictures import Gallery
from mlp.report.document import Block, Heading, Paragraph, Table

ROW = {
    "metric": "accuracy",
    "old": 0.5,
    "new": 0.75,
    "difference": 0.25,
    "low": 0.125,
    "high": 0.375,
    "verdict": "better",
}


def network(old: str, new: str, actual: str = "aaa") -> Comparison:
    """Compare two networks by a letter a row."""
    tables = [
        pd.DataFrame(
            {
                "row": range(len(old)),
                "actual": list(actual),
                "predicted": list(said),
                "confidence": 0.75,
            }
        )
        for said in (old, new)
    ]
    return comparison.compare(*tables)


def configuration(*notes: str, is_unchanged: bool = False) -> Configuration:
    return Configuration((2, 3), [ROW], is_unchanged, list(notes), None, "classification")


def document(gallery: Gallery | None = None, **given: Any) -> list[Block]:
    empty = {"parameters": [], "files": [], "networks": {}, "notes": [], "configurations": {}}
    made = Changes(since="abc", why="", evidence="test", reran=[], **empty | given)
    return narrative.document(made, 1, gallery).blocks


def texts(blocks: list[Block]) -> list[str]:
    """Return headings and paragraphs, and the first cell of each row of the tables."""
    return [
        ", ".join(row[0] for row in block.rows) if isinstance(block, Table) else block.text
        for block in blocks
        if isinstance(block, Table | Heading | Paragraph)
    ]


NOTHING = ["What changed", "No parameter and no file that a stage reads."]


def test_nothing_is_said_to_have_changed() -> None:
    assert texts(document(notes=["A note."])) == ["A note.", *NOTHING]


@pytest.mark.parametrize("kind", ["parameters", "files"])
def test_what_changed_is_a_table(kind: str) -> None:
    change = Change("mlp.alpha", None, "edited", ["train@mlp"], is_file=kind == "files")
    assert texts(document(**{kind: [change]})) == ["What changed", "mlp.alpha"]


UNCHANGED = "unchanged: every prediction is as before. With 3 test rows no drop would be seen by "
ASKED = "Is the configuration worse? "


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, []),
        ("it is gone", [f"{ASKED}Cannot judge: it is gone. `make gate` trains it repeatedly, on either side."]),
        (configuration("Stopped."), [f"{ASKED}By 2 + 3 trainings: accuracy better.", "accuracy", "Stopped."]),
        (configuration(is_unchanged=True), [f"{ASKED}unchanged: all 3 trainings are as before."]),
    ],
)  # fmt: skip
def test_whether_the_configuration_is_worse(
    found: Configuration | str | None, expected: list[str]
) -> None:
    blocks = document(
        networks={"mlp": network("aab", "aab")}, configurations={"mlp": found} if found else {}
    )
    *told, last = texts(blocks)
    assert told == [*NOTHING, "mlp", *expected]
    assert last.startswith(f"Is this model file worse on these rows? {UNCHANGED}")


def test_a_file_that_changed_has_tables() -> None:
    """One row of class a was fixed; no row of class b changed."""
    *_, metrics, classes, rows = texts(document(networks={"mlp": network("bab", "aab", "aab")}))
    assert (metrics, classes, rows) == ("accuracy, macro_f1", "a", "0")
    *_, classes, _ = texts(document(networks={"mlp": network("aab", "bab", "aab")}))
    assert classes == "a"


def test_one_that_is_not_comparable_has_its_metrics_and_the_next_is_told() -> None:
    gone = Incomparable("the rows differ", {"accuracy": (0.5, 1.0)})
    told = texts(document(networks={"one": gone, "two": network("aab", "aab")}))
    assert told[2:6] == ["one", "Not comparable: the rows differ.", "accuracy", "two"]
    assert len(told) == 7


def test_pictures_are_of_networks_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Paragraph("drawn")
    monkeypatch.setattr(Gallery, "pictures", lambda *_: [drawn])
    pair = {"one": network("aab", "aab"), "two": network("aab", "abb")}
    told = texts(document(Gallery(None, [], "No rows are drawn."), networks=pair))
    assert told.count("drawn") == 1
    assert told.index("drawn") > told.index("two")
    assert told[-1] == "No rows are drawn."
    assert "No rows are drawn." not in texts(document(networks=pair))
