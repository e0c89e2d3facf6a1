"""Which earlier revisions a change is judged against, and the advice where there is none."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from mlp.compare import baseline, matching
from mlp.compare.baseline import (
    NOTHING_RUN,
    OLDER,
    OTHER_DATA,
    OTHER_ROWS,
    UNREADABLE,
    Choice,
    Passed,
)
from mlp.core.errors import InputError
from mlp.gate import baselines, inputs
from mlp.gate.baselines import ACCEPTED, Baselines
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.history import candidates, git, revisions
from mlp.history.results import Results
from mlp.history.revisions import Revision

A, B, C, TAGGED = (
    Revision(letter * 40, name) for letter, name in zip("abcd", ("a", "b", "c", "v1"), strict=True)
)
HEAD, PARENT = "1" * 40, "2" * 40
NETWORK = Network({}, pd.DataFrame({"row": [0, 1], "actual": ["x", "y"], "predicted": ["x", "x"]}))
DATA = matching.digest(NETWORK.predictions)
ACCEPT = f"accept_new_data: {DATA}"
Find = Callable[..., Baselines]


def gate(**rest: Any) -> Gate:
    asked = {"model": "mlp", "evidence": "test", "question": "file", "repeats": 5, "baseline": "v1"}
    return Gate.model_validate(asked | rest)


def never(path: str) -> bytes:
    raise AssertionError(path)


@pytest.fixture
def find(monkeypatch: pytest.MonkeyPatch) -> Find:
    """Return `baselines.find`, told why revisions are not comparable, by their hashes."""

    def run(
        choice: Choice,
        tagged: Revision | None = None,
        reasons: dict[str, str] | None = None,
        commits: dict[str, str] | None = None,
        *,
        is_edited: bool = False,
        **rest: Any,
    ) -> Baselines:
        def why_not(revision: Revision, *_: Any) -> Passed | None:
            kind = (reasons or {}).get(revision.sha)
            return passed(revision, kind) if kind else None

        monkeypatch.setattr(baseline, "why_not", why_not)
        monkeypatch.setattr(inputs, "network", lambda *_: NETWORK)
        monkeypatch.setattr(git, "commit", (commits or {}).get)
        monkeypatch.setattr(candidates, "is_edited", lambda: is_edited)
        return baselines.find(choice, tagged, gate(**rest), Results("here", never), NETWORK)

    return run


def passed(revision: Revision, kind: str) -> Passed:
    return Passed(revision, kind, f"{revision.name} is {kind}")


def compared(found: Baselines) -> list[Revision]:
    return [revision for revision, _ in found.comparable]


def test_the_chosen_revision_and_the_tagged_one(find: Find) -> None:
    found = find(Choice(A), TAGGED)
    assert found.comparable == [(A, NETWORK), (TAGGED, NETWORK)]
    assert (found.skipped, found.unjudged, found.notes) == ({}, [], [])
    assert compared(find(Choice(None), TAGGED)) == [TAGGED]
    assert compared(find(Choice(A))) == [A]


def test_a_tag_is_looked_at_once(find: Find) -> None:
    assert compared(find(Choice(TAGGED), TAGGED)) == [TAGGED]
    found = find(Choice(A, [passed(TAGGED, OTHER_ROWS)]), TAGGED)
    assert (compared(found), found.unjudged) == ([A], [])
    assert compared(find(Choice(None, [passed(TAGGED, OLDER)]), TAGGED)) == []


def test_why_none_is_comparable(find: Find) -> None:
    kinds = [(A, OLDER), (TAGGED, NOTHING_RUN), (B, OTHER_DATA), (C, OTHER_ROWS)]
    found = find(Choice(None, [passed(*pair) for pair in kinds]))
    assert found.skipped == {"a": "a is older", "v1": "v1 is nothing run"}
    assert found.unjudged == ["b is other data", "c is other rows"]
    assert (found.other_data, found.blocked) == ([B], [B, C])


def test_unrelated_data_before_the_chosen_revision_are_told(find: Find) -> None:
    found = find(Choice(A, [passed(B, OTHER_DATA), passed(C, OTHER_ROWS)]))
    assert (compared(found), found.other_data, found.unjudged) == ([A], [B], [])


def test_accepted_data_are_not_judged_against_others(find: Find) -> None:
    kinds = [(A, OTHER_ROWS), (B, OTHER_DATA), (C, UNREADABLE)]
    choice = Choice(None, [passed(*pair) for pair in kinds])
    found = find(choice, accept_new_data=DATA)
    assert found.skipped == {"a": ACCEPTED, "b": ACCEPTED}
    assert (found.unjudged, found.blocked, found.notes) == (["c is unreadable"], [], [])
    others = "data-000000000000"
    found = find(choice, accept_new_data=others)
    assert (found.skipped, found.blocked) == ({}, [A, B])
    note = (
        f"gate.accept_new_data names other data ({others}) than these ({DATA}), so it is ignored."
    )
    assert found.notes[0] == note
    assert find(Choice(A), accept_new_data=others).notes == [note]


def test_a_revision_whose_results_are_broken(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Network:
        raise InputError("metrics/mlp.json of a is missing.")

    find(Choice(None))
    monkeypatch.setattr(inputs, "network", broken)
    found = baselines.find(Choice(A), None, gate(), Results("here", never), NETWORK)
    assert (compared(found), found.blocked) == ([], [])
    assert found.unjudged == ["metrics/mlp.json of a is missing"]


def test_of_a_tag_with_other_rows_moving_it_is_advised(find: Find) -> None:
    found = find(Choice(A), TAGGED, {TAGGED.sha: OTHER_ROWS})
    assert (compared(found), found.blocked) == ([A], [TAGGED])
    assert ACCEPT in found.notes[0]
    assert found.notes[1:] == [
        "Or move the tag to a commit of these data: `git tag --force v1 aaaaaaa`."
    ]


@pytest.mark.parametrize(
    ("is_edited", "commits", "reasons", "advice"),
    [
        (True, {"HEAD": HEAD, "HEAD^": PARENT}, {}, "`mlp gate HEAD` would judge"),
        (False, {"HEAD": HEAD, "HEAD^": PARENT}, {}, "`mlp gate HEAD^` would judge"),
        (True, {"HEAD": A.sha, "HEAD^": PARENT}, {}, "`mlp gate HEAD^` would judge"),  # A was seen
        (True, {"HEAD": HEAD, "HEAD^": PARENT}, {HEAD: OLDER}, "`mlp gate HEAD^` would judge"),
        (False, {"HEAD^": PARENT}, {PARENT: OTHER_ROWS}, "`mlp gate REV` judges against"),
        (False, {"HEAD": HEAD}, {}, "`mlp gate REV` judges against"),  # the first commit
    ],
)
def test_a_commit_of_these_data_is_named(
    find: Find, commits: dict[str, str], reasons: dict[str, str], advice: str, *, is_edited: bool
) -> None:
    choice = Choice(None, [passed(A, OTHER_ROWS)])
    found = find(choice, None, reasons, commits, is_edited=is_edited)
    assert len(found.notes) == 2
    assert ACCEPT in found.notes[0]
    assert found.notes[1].startswith(advice)


def test_a_named_revision_of_other_rows_gets_the_same_advice(find: Find) -> None:
    found = find(Choice(B), None, {B.sha: OTHER_ROWS}, {"HEAD^": PARENT})
    assert found.blocked == [B]
    assert found.notes[1].startswith("`mlp gate HEAD^` would judge")


def test_a_revision_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    here, asked = Results("here", never), gate()
    monkeypatch.setattr(revisions, "named", {"b": B}.get)
    monkeypatch.setattr(baseline, "choose", lambda *given: Choice(A, list(given)))
    assert baselines.choose("b", asked, here) == Choice(B)
    assert baselines.choose(None, asked, here) == Choice(A, ["v1", here, "test", "mlp"])  # type: ignore[list-item]
