"""How verdicts, notes and edits of the rules come together, and what the gate answers."""

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from mlp.compare import baseline
from mlp.compare.baseline import Choice
from mlp.core.errors import InputError
from mlp.gate import baselines, inputs, judgement, judgement_page
from mlp.gate.baselines import FIRST, Baselines
from mlp.gate.judgement import FAILED, NO_JUDGEMENT, PASSED, Judgement
from mlp.gate.network import Network
from mlp.gate.params import TIMELESS, Gate
from mlp.gate.thresholds import FAIL, PASS, SKIP, UNSURE, Verdict
from mlp.history import results, revisions
from mlp.history.results import Results
from mlp.history.revisions import Revision

A, B = Revision("a" * 40, "a", "the last commit"), Revision("b" * 40, "b")
RULES: dict[str, Any] = {"beats": ["majority"], "significance": 0.05, "baseline": "v1"}
ALONE = Verdict("beats majority", PASS, "30 of 30 rows right, and 15 with the commonest class")
NO_TAG = "There is no tag v1, a second baseline that `git tag` would set."
Judge = Callable[..., Judgement]


def network(broken: int = 0) -> Network:
    table = {"actual": list("a" * 30), "predicted": list("b" * broken + "a" * (30 - broken))}
    return Network({"majority_accuracy": 0.5}, pd.DataFrame(table))


def results_of(name: str, gate: dict[str, Any] | None) -> Results:
    """Return results of which nothing is there but params.yaml, if there is a section for it."""

    def read(path: str) -> bytes:
        if path != "params.yaml" or gate is None:
            raise FileNotFoundError(path)
        return json.dumps({"gate": gate, "split": {"time": "day"}}).encode()

    return Results(name, read)


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Return `judgement.judge`, told what it would read."""

    def run(
        found: Baselines | None = None,
        first: Revision | None = A,
        rules: dict[str, Any] = RULES,
        before: dict[str, Any] | None = RULES,
        **told: Any,
    ) -> Judgement:
        asked = {"model": "mlp", "evidence": "test", "question": "file", "repeats": 5}
        here, linear = results_of("here", rules), network(20)
        networks = {"mlp": network(told.get("broken", 0)), "linear": linear}
        given: dict[Any, dict[str, Any]] = {
            results: {"workspace": here, "at": results_of("a", before)},
            inputs: {"gate": Gate.model_validate(asked | rules), "unready": told.get("stale", [])},
            baselines: {"choose": Choice(first), "find": found or Baselines([(A, network())])},
            baseline: {"before_the_first_run": told.get("unrun")},
        }
        for module, answers in given.items():
            for name, answer in answers.items():
                monkeypatch.setattr(module, name, lambda *_, answer=answer: answer)
        monkeypatch.setattr(inputs, "network", lambda _here, _gate, name: networks[name])
        monkeypatch.setattr(inputs, "check_models", told.get("check", lambda *_: None))
        monkeypatch.setattr(revisions, "tag", {"v1": told.get("tagged")}.__getitem__)
        return judgement.judge(None, **told.get("flags", {}))

    return run


def test_every_rule_holds(judge: Judge) -> None:
    judged = judge()
    assert judged.title == (
        "Gate: the file of mlp, judged by its predictions of the test split, against a (the last "
        "commit)"
    )
    assert judged.verdicts[0] == ALONE
    assert [verdict.outcome for verdict in judged.verdicts] == [PASS, PASS]
    assert (judged.code, judged.is_compared) == (PASSED, True)
    assert (judged.unjudged, judged.edits) == ([], [])
    assert [note.partition(" ")[0] for note in judged.notes] == ["With", "Joint", "There"]
    assert judged.notes[-1] == NO_TAG


def test_folds_over_all_times_are_said_to_judge_no_newest_row(judge: Judge) -> None:
    assert TIMELESS not in judge().notes
    assert TIMELESS in judge(rules=RULES | {"evidence": "oof"}).notes


def test_two_baselines_share_the_level(judge: Judge) -> None:
    """5 of 5 broken rows: 1/32 is below 0.05, and above 0.025."""
    both = Baselines([(A, network()), (B, network())])
    assert judge(broken=5).code == FAILED
    judged = judge(both, broken=5)
    assert judged.code == PASSED
    assert len(judged.verdicts) == 3
    assert all(verdict.reason.endswith("p = 0.0312 > 0.025") for verdict in judged.verdicts[1:])


def test_the_first_commit_is_compared_with_nothing(judge: Judge) -> None:
    judged = judge(Baselines(), first=None)
    assert judged.title.endswith("judged by its predictions of the test split")
    assert judged.verdicts == [ALONE, Verdict("significance", SKIP, FIRST)]
    assert (judged.code, judged.is_compared, judged.notes) == (PASSED, False, [NO_TAG])


def test_revisions_that_need_not_be_judged_against(judge: Judge) -> None:
    judged = judge(Baselines(skipped={"b": "it is older"}))
    assert judged.verdicts[1:] == [Verdict("significance", SKIP, "it is older")]
    assert judged.notes == [NO_TAG]
    judged = judge(Baselines([(A, network())], {"b": "it is older"}))
    assert [verdict.outcome for verdict in judged.verdicts] == [PASS, PASS]
    assert "Not judged against b: it is older." in judged.notes


def test_revisions_that_cannot_be_judged_against(judge: Judge) -> None:
    judged = judge(Baselines(skipped={"b": "it is older"}, unjudged=["the rows differ"]))
    assert judged.verdicts == [ALONE]
    assert (judged.code, judged.unjudged) == (NO_JUDGEMENT, ["the rows differ"])
    assert "Not judged against b: it is older." in judged.notes


def test_results_that_are_out_of_date_are_not_judged(judge: Judge) -> None:
    judged = judge(stale=["mlp.alpha is 1"])
    assert (judged.verdicts, judged.unjudged) == ([], ["mlp.alpha is 1"])
    assert judged.notes == ["Run `dvc repro`, so that there are results to judge."]
    assert judged.code == NO_JUDGEMENT


def test_a_model_that_is_not_the_recorded_one_fails(judge: Judge) -> None:
    def check(_: Results, names: tuple[str, str]) -> None:
        raise InputError(f"the model of {' or '.join(names)} is another.")

    judged = judge(check=check)
    reason = "the model of mlp or linear is another."
    assert judged.verdicts == [Verdict("results", FAIL, reason)]
    assert judge(check=check, flags={"is_checked": False}).code == PASSED


def test_a_gate_without_a_rule_fails(judge: Judge) -> None:
    judged = judge(rules={}, before={})
    assert judged.verdicts == [Verdict("rules", FAIL, "params.yaml asks nothing: gate has no rule")]
    assert judged.notes == []  # no tag is asked for


def test_a_tag_that_is_there_is_not_missed(judge: Judge) -> None:
    assert NO_TAG not in judge(tagged=B).notes


@pytest.mark.parametrize(
    ("rest", "edits"),
    [
        ({}, [("gate.significance", "0.01", "0.05")]),
        ({"unrun": "nothing was run up to it"}, []),
        ({"first": None}, []),
        ({"before": None}, []),  # it has no params.yaml
    ],
)
def test_edits_of_the_gate_itself(
    judge: Judge, rest: dict[str, Any], edits: list[tuple[str, str, str]]
) -> None:
    assert judge(**{"before": RULES | {"significance": 0.01}} | rest).edits == edits


HOLDS, FELL, LEFT, OPEN = (Verdict("r", outcome, "why") for outcome in (PASS, FAIL, SKIP, UNSURE))


@pytest.mark.parametrize(
    ("verdicts", "unjudged", "code", "last"),
    [
        ([HOLDS, HOLDS], [], 0, "pass: 2 rules hold."),
        ([HOLDS, HOLDS, LEFT], [], 0, "pass: 2 rules hold, 1 not judged."),
        ([HOLDS, FELL], [], 1, "FAIL: 1 of 2 rules failed."),
        ([HOLDS, FELL, OPEN, LEFT], ["why"], 1, "FAIL: 1 of 3 rules failed, 1 not judged."),
        ([HOLDS, OPEN], [], 2, "cannot judge."),
        ([HOLDS, LEFT], ["why"], 2, "cannot judge, 1 not judged."),
    ],
)
def test_the_answer(verdicts: list[Verdict], unjudged: list[str], code: int, last: str) -> None:
    judged = Judgement("Gate", verdicts, unjudged)
    assert judged.code == code
    assert judged.is_compared is False
    assert judgement_page.last(judged) == last
