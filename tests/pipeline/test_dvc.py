"""DVC as users use it: its real command line, in a clone with results."""

import json
import re
from typing import Any

import pytest
from project import Project

pytestmark = pytest.mark.slow


def ran(log: str) -> list[str]:
    return re.findall(r"Running stage '(.*)'", log)


def metrics(project: Project) -> dict[str, Any]:
    text = (project.path / "metrics/scores.json").read_text(encoding="utf-8")
    scores: dict[str, Any] = json.loads(text)
    return scores


def test_a_change_of_alpha_runs_five_stages(copy: Project) -> None:
    copy.put("mlp.alpha", 0.001)
    log = copy.run("dvc", "repro").stdout
    assert ran(log) == ["check", "train@mlp", "crossval@mlp", "evaluate", "report"]


def test_a_version_that_changes_no_number_runs_environment_alone(copy: Project) -> None:
    lock = copy.path / "requirements.lock"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(
        re.sub(r"^rich==.*? ", "rich==99.0 ", text, flags=re.MULTILINE), encoding="utf-8"
    )
    assert ran(copy.run("dvc", "repro").stdout) == ["environment"]


def test_a_source_with_the_same_data_runs_check_and_load_alone(copy: Project) -> None:
    copy.edit("stages/sources/digits.py", "import pandas", "# edited\nimport pandas")
    assert ran(copy.run("dvc", "repro").stdout) == ["check", "load"]


def test_experiments(copy: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One parameter mends the network; what changed is seen in numbers, parameters and pictures."""
    override = "mlp.learning_rate_init=0.01"
    log = copy.run("dvc", "exp", "run", "--name", "first", "--set-param", override).stdout
    assert ran(log) == ["check", "train@mlp", "crossval@mlp", "evaluate", "report"]
    assert metrics(copy)["mlp"]["accuracy"] == pytest.approx(0.967, abs=0.001)

    diff = json.loads(copy.run("dvc", "params", "diff", "--json").stdout)
    changed = diff["params.yaml"].pop("mlp.learning_rate_init")
    assert (changed["old"], changed["new"]) == (0.1, 0.01)
    assert diff == {"params.yaml": {}}
    diff = json.loads(copy.run("dvc", "metrics", "diff", "--json").stdout)["metrics/scores.json"]
    assert diff["mlp.accuracy"]["old"] == 0.115556
    assert diff["mlp.accuracy"]["new"] == metrics(copy)["mlp"]["accuracy"]
    assert not any(key.startswith(("linear", "tuned")) for key in diff)

    folder = tmp_path_factory.mktemp("plots")
    copy.run("dvc", "plots", "diff", "HEAD", "workspace", "--out", str(folder))
    page = (folder / "index.html").read_text(encoding="utf-8")
    for name in ("confusion_of_mlp", "normalised_confusion_of_tuned", "loss_by_epoch"):
        assert f"vegaEmbed('#{name}', spec)" in page
    assert page.count('"rev": "HEAD"') > 450
    assert page.count('"rev": "workspace"') > 450

    # The second starts from the commit, in a folder of its own that holds tracked files alone.
    copy.run("git", "checkout", "--", ".")
    queued = ["--queue", "--name", "second", "--set-param", "mlp.scale=standard"]
    copy.run("dvc", "exp", "run", *queued)
    copy.run("dvc", "exp", "run", "--run-all")
    shown = json.loads(copy.run("dvc", "exp", "show", "--json").stdout)
    found = {
        experiment["name"]: experiment["revs"][0]["data"]["metrics"]["metrics/scores.json"]["data"]
        for entry in shown
        for experiment in entry.get("experiments") or []
    }
    assert set(found) == {"first", "second"}
    assert found["first"]["mlp"]["accuracy"] == pytest.approx(0.967, abs=0.001)
    assert found["second"]["mlp"]["accuracy"] > 0.9


def test_dag(copy: Project) -> None:
    boxes = set(re.findall(r"[a-z]+(?:@[a-z]+)?", copy.run("dvc", "dag").stdout))
    stages = ("train", "crossval")
    trains = {f"{stage}@{name}" for stage in stages for name in ("linear", "mlp", "tuned")}
    others = {"check", "environment", "load", "split", "search", "evaluate", "report"}
    assert boxes == trains | others


def test_two_branches_merge_as_contributing_says(copy: Project) -> None:
    """Each branch changes another parameter; together they are results that no run gave."""
    alone = {}
    for branch, name in (("one", "mlp"), ("two", "linear")):
        copy.run("git", "checkout", "--quiet", "-b", branch, "main")
        copy.put(f"{name}.alpha", 0.5)
        copy.run("dvc", "repro")
        copy.commit(branch)
        alone[name] = metrics(copy)[name]
    output = copy.run("git", "merge", "one", code=1).stdout
    assert "CONFLICT (content): Merge conflict in dvc.lock" in output
    assert "metrics/scores.json" in output
    copy.run("git", "checkout", "--ours", "--", "dvc.lock", "metrics", "plots")
    assert "evaluate" in ran(copy.run("dvc", "repro").stdout)
    copy.commit("Merge one")
    assert "up to date" in copy.run("dvc", "status").stdout
    merged = metrics(copy)
    assert {"mlp": merged["mlp"], "linear": merged["linear"]} == alone
