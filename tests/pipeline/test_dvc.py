"""DVC as users use it, in a clone with results: its command line calls the real stages.

`test_a_change_of_alpha_runs_four_stages` and the queue run it, and every stage, in processes.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from project import Project

pytestmark = pytest.mark.slow


def ran(log: str) -> list[str]:
    return re.findall(r"Running stage '(.*)'", log)


def metrics(project: Project, name: str) -> dict[str, Any]:
    text = (project.path / f"metrics/{name}.json").read_text(encoding="utf-8")
    scores: dict[str, Any] = json.loads(text)[name]
    return scores


def test_a_change_of_alpha_runs_four_stages(copy: Project) -> None:
    copy.put("mlp.alpha", 0.001)
    log = copy.run("dvc", "repro").stdout
    assert ran(log) == ["check", "train@mlp", "evaluate@mlp", "report"]


def test_a_harmless_version_runs_check_alone(copy: Project) -> None:
    lock = copy.path / "requirements.lock"
    text = lock.read_text(encoding="utf-8")
    moved, times = re.subn(r"^rich==.*? ", "rich==99.0 ", text, flags=re.MULTILINE)
    assert times == 1
    lock.write_text(moved, encoding="utf-8")
    assert ran(copy.dvc("repro").stdout) == ["check"]


def test_a_source_with_the_same_data_runs_load_alone(copy: Project) -> None:
    copy.edit("stages/sources/digits.py", "import pandas", "# edited\nimport pandas")
    assert ran(copy.dvc("repro").stdout) == ["load"]


def test_experiments(copy: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One parameter mends the network; what changed is seen in numbers, parameters and pictures."""
    override = "mlp.learning_rate_init=0.01"
    log = copy.dvc("exp", "run", "--name", "first", "--set-param", override).stdout
    assert ran(log) == ["check", "train@mlp", "evaluate@mlp", "report"]
    assert metrics(copy, "mlp")["accuracy"] == pytest.approx(0.967, abs=0.001)

    diff = json.loads(copy.dvc("params", "diff", "--json").stdout)
    changed = diff["params.yaml"].pop("mlp.learning_rate_init")
    assert (changed["old"], changed["new"]) == (0.1, 0.01)
    assert diff == {"params.yaml": {}}
    diff = json.loads(copy.dvc("metrics", "diff", "--json").stdout)["metrics/mlp.json"]
    assert diff["mlp.accuracy"]["old"] == 0.115556
    assert diff["mlp.accuracy"]["new"] == metrics(copy, "mlp")["accuracy"]
    assert not any(key.startswith(("linear", "tuned")) for key in diff)

    folder = tmp_path_factory.mktemp("plots")
    copy.dvc("plots", "diff", "HEAD", "workspace", "--out", str(folder))
    page = (folder / "index.html").read_text(encoding="utf-8")
    for name in ("outcomes", "history", "classes"):
        assert f"vegaEmbed('#plots_mlp_{name}_csv', spec)" in page
    for side in ("HEAD", "workspace"):
        assert (folder / f"static/{side}_data_figures_mlp_confusion.png").exists()
    assert page.count('"rev": "HEAD"') > 200
    assert page.count('"rev": "workspace"') > 200

    # The second starts from the commit, in a folder of its own that holds tracked files alone.
    copy.run("git", "checkout", "--", ".")
    queued = ["--queue", "--name", "second", "--set-param", "mlp.scale=standard"]
    copy.run("dvc", "exp", "run", *queued)
    copy.run("dvc", "exp", "run", "--run-all")
    shown = json.loads(copy.dvc("exp", "show", "--json").stdout)
    found = {
        experiment["name"]: experiment["revs"][0]["data"]["metrics"]["metrics/mlp.json"]["data"]
        for entry in shown
        for experiment in entry.get("experiments") or []
    }
    assert set(found) == {"first", "second"}
    assert found["first"]["mlp"]["accuracy"] == pytest.approx(0.967, abs=0.001)
    assert found["second"]["mlp"]["accuracy"] > 0.9


def test_dag(copy: Project) -> None:
    boxes = set(re.findall(r"[a-z]+(?:@[a-z]+)?", copy.dvc("dag").stdout))
    stages = ("train", "evaluate")
    looped = {f"{stage}@{name}" for stage in stages for name in ("linear", "mlp", "tuned")}
    others = {"check", "load", "split", "search", "summary", "report"}
    for_the_gate = {
        f"{kind}@{name}"
        for kind in ("crossval", "evidence", "repeat")
        for name in ("linear", "tuned")
    }
    assert boxes >= looped | others | for_the_gate
    assert {name for name in boxes if "@" in name} == looped | for_the_gate


def test_two_branches_merge_as_contributing_says(copy: Project) -> None:
    """Each branch changes another parameter; together they are results that no run gave."""
    alone = {}
    for branch, name in (("one", "mlp"), ("two", "linear")):
        copy.run("git", "checkout", "--quiet", "-b", branch, "main")
        copy.put(f"{name}.alpha", 0.5)
        copy.dvc("repro")
        copy.commit(branch)
        alone[name] = metrics(copy, name)
    output = copy.run("git", "merge", "one", code=1).stdout
    assert "CONFLICT (content): Merge conflict in dvc.lock" in output
    assert "plots/mlp/details.json" in output
    copy.run("git", "checkout", "--ours", "--", "dvc.lock", "metrics", "plots")
    assert "evaluate@mlp" in ran(copy.dvc("repro").stdout)
    copy.commit("Merge one")
    assert "up to date" in copy.dvc("status", "dvc.yaml").stdout
    assert {name: metrics(copy, name) for name in alone} == alone


def test_a_network_more_and_one_less(copy: Project) -> None:
    """Both are an edit of params.yaml alone; without tuned nothing is searched."""
    params = copy.params()
    params["networks"]["wide"] = "params.yaml"
    params["wide"] = params["mlp"] | {"hidden_layer_sizes": [60], "learning_rate_init": 0.01}
    copy.write(params)
    assert ran(copy.dvc("repro").stdout) == [
        "check",
        "train@wide",
        "evaluate@wide",
        "report",
    ]
    assert metrics(copy, "wide")["accuracy"] > 0.9
    page = (copy.path / "data/report.html").read_text(encoding="utf-8")
    assert "Confusion matrix of wide" in page

    for name in ("mlp", "tuned"):
        del params["networks"][name]
    del params["mlp"]
    params["gate"]["model"] = "wide"
    copy.write(params)
    for name in ("mlp", "tuned"):
        copy.run("git", "rm", "-rq", f"plots/{name}", f"metrics/{name}.json")
        copy.run("rm", "-r", f"data/figures/{name}", f"data/models/{name}")
    done = copy.dvc("repro")
    assert ran(done.stdout) == ["check", "split", "search", "summary", "report"]
    assert "nothing is searched" in done.stdout
    assert json.loads((copy.path / "metrics/search.json").read_text(encoding="utf-8")) == {}
    page = (copy.path / "data/report.html").read_text(encoding="utf-8")
    assert "nothing was searched" in page
    assert "Confusion matrix of tuned" not in page
    copy.dvc("plots", "show", "--json")
    copy.commit("Ship wide")
    assert "up to date" in copy.dvc("status", "dvc.yaml").stdout


def test_plots_as_editors_ask_for_them(copy: Project, tmp_path: Path) -> None:
    """The VS Code extension asks with --json --split: every plot and every picture of both sides."""
    command = ("plots", "diff", "HEAD", "--json", "--split", "--out", str(tmp_path))
    content = json.loads(copy.dvc(*command).stdout)["data"]
    for name in ("linear", "mlp", "tuned"):
        for table in ("outcomes", "history", "classes"):
            assert content[f"plots/{name}/{table}.csv"]
        pictures = [path for path in content if path.startswith(f"data/figures/{name}/")]
        assert {Path(path).name for path in pictures} >= {
            "confusion.png",
            "loss.png",
            "calibration.png",
        }
        for path in pictures:
            assert all(Path(entry["url"]).is_file() for entry in content[path])
    confusion = json.dumps(content["plots/mlp/outcomes.csv"])
    assert "confusion" in confusion or "numbers" in confusion
