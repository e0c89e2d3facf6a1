"""Folds that the rows do not allow are refused by the stages split and load, which keep every earlier result."""

from pathlib import Path
from typing import Any

import pytest
from data_stages import EARLIER, parameters, run, write


def labelled(counts: dict[str, int]) -> str:
    labels = [label for label, count in counts.items() for _ in range(count)]
    rows = [f"{i % 9}.25,g{i % 4},{label}" for i, label in enumerate(labels)]
    return "\n".join(["x,g,kind", *rows]) + "\n"


def priced(rows: int) -> str:
    return (
        "\n".join(["x,g,kind", *[f"{i % 9}.25,g{i % 4},{i * i % 37}.5" for i in range(rows)]])
        + "\n"
    )


REGRESSION = {"task": "regression"}
REFUSED: dict[str, tuple[str, dict[str, Any], dict[str, Any], dict[str, int], str]] = {
    "class below search.cv": (labelled({"a": 30, "b": 30, "c": 4}), {}, {"stratify": True}, {"cv": 4}, "search.cv is 4, but class c has 3 in the train split; lower search.cv, give the class more rows, or leave it out."),
    "class of one row": (labelled({"a": 30, "b": 30, "c": 1}), {}, {"seed": 1}, {"cv": 2}, "class c is rare: it has one row in the train split, and search.cv needs two at least; add rows of that class, or remove those that there are."),
    "commonest class below crossval.folds": (labelled({"a": 6, "b": 5}), {}, {}, {"folds": 7}, "crossval.folds is 7, but the commonest class, a, has 6 rows; lower crossval.folds."),
    "groups below search.cv": (labelled({"a": 30, "b": 30}), {}, {"group": "g"}, {"cv": 4}, "search.cv is 4, but the train split has 3 groups (split.group); lower search.cv."),
    "groups below crossval.folds": (labelled({"a": 30, "b": 30}), {}, {"group": "g"}, {"folds": 5}, "crossval.folds is 5, but the dataset has 4 groups (split.group); lower crossval.folds."),
    "rows below search.cv": (priced(12), REGRESSION, {}, {"cv": 5}, "search.cv is 5, but the train split has 9 rows; a fold should have two."),
    "rows below crossval.folds": (priced(12), REGRESSION, {}, {"folds": 13}, "crossval.folds is 13, but there are 12 rows; lower crossval.folds."),
    "groups of numbers": (priced(40), REGRESSION, {"group": "g"}, {"cv": 4}, "search.cv is 4, but the train split has 3 groups (split.group); lower search.cv."),
    "stratify with a class of one": (labelled({"a": 30, "c": 1}), {}, {"stratify": True}, {}, "split.stratify is true, but class 'c' has only one row; each part needs one."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, tmp_path: Path) -> None:
    content, load, split, folds, sentence = REFUSED[case]
    write(tmp_path, content, "data.csv")
    parameters(tmp_path, {"drop": ["g"], **load}, split, **folds)
    run(tmp_path, "load", 0)
    names = ("train.parquet", "test.parquet", "data.json")
    for name in names:
        (tmp_path / name).write_bytes(EARLIER)
    assert run(tmp_path, "split", 1) == f"error: {sentence}\n"
    assert all((tmp_path / name).read_bytes() == EARLIER for name in names)


@pytest.mark.parametrize("case", REFUSED)
def test_other_rows_are_refused_before_they_replace_a_dataset(case: str, tmp_path: Path) -> None:
    content, load, split, folds, sentence = REFUSED[case]
    write(tmp_path, content, "data.csv")
    parameters(tmp_path, {"drop": ["g"], **load}, split, **folds)
    names = ("dataset.parquet", "schema.json")
    for name in names:
        (tmp_path / name).write_bytes(EARLIER)
    assert run(tmp_path, "load", 1).endswith(f"error: {sentence}\n")
    assert all((tmp_path / name).read_bytes() == EARLIER for name in names)


def test_the_same_rows_are_loaded_again_whatever_the_folds(tmp_path: Path) -> None:
    """They are in the dataset already, and the stage split refuses them."""
    write(tmp_path, labelled({"a": 6, "b": 5}), "data.csv")
    for folds in (2, 7):
        parameters(tmp_path, {"drop": ["g"]}, folds=folds)
        run(tmp_path, "load", 0)
    run(tmp_path, "split", 1)


def test_what_suffices_is_taken_and_changes_no_output(tmp_path: Path) -> None:
    write(tmp_path, labelled({"a": 30, "b": 30, "c": 4}), "data.csv")
    written = []
    for folds in ({"cv": 3}, {"folds": 20}, {"cv": 2, "folds": 30}):
        parameters(tmp_path, {"drop": ["g"]}, {"stratify": True}, **folds)
        run(tmp_path, "load", 0)
        run(tmp_path, "split", 0)
        written.append([(tmp_path / f"{part}.parquet").read_bytes() for part in ("train", "test")])
    assert written[0] == written[1] == written[2]
