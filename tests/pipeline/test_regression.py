"""A regression as users run it: examples/diabetes.yaml as params.yaml, in a clone of its own."""

import json
import re
import shutil
from pathlib import Path

import pytest
from project import ROOT, Project, checkout, once

pytestmark = pytest.mark.slow
STAGES = ["check", "load", "split", "search", "summary"]
NETWORKS = ["linear", "mlp", "tuned"]
RESULTS = (
    "metrics/*.json", "plots/**/*.csv", "plots/**/*.json", "data/models/**/*.*",
    "data/figures/**/*.png",
)  # fmt: skip


def ran(log: str) -> list[str]:
    return re.findall(r"Running stage '(.*)'", log)


@pytest.fixture(scope="module")
def diabetes(shared: Path) -> Project:
    """A clone in which the example has run, with a short search; never changed: copy it."""

    def build(folder: Path) -> None:
        project = checkout(folder / "project")
        shutil.copy(ROOT / "examples/diabetes.yaml", project.path / "params.yaml")
        project.put("search.n_iter", 2)
        project.put("search.cv", 2)
        (folder / "log").write_text(project.dvc("repro").stdout, encoding="utf-8")
        project.commit("Predict the progression of diabetes")

    return Project(once(shared / "diabetes", build) / "project")


@pytest.fixture
def copy(diabetes: Project, tmp_path: Path) -> Project:
    return diabetes.copy(tmp_path / "copy")


def test_every_stage_runs(diabetes: Project) -> None:
    log = (diabetes.path.parent / "log").read_text(encoding="utf-8")
    each = [f"{stage}@{name}" for stage in ("train", "evaluate") for name in NETWORKS]
    assert sorted(ran(log)) == sorted([*STAGES, *each, "report"])
    for name in NETWORKS:
        content = json.loads((diabetes.path / f"metrics/{name}.json").read_text(encoding="utf-8"))
        assert 0 < content[name]["r2"] < 1
        assert len(content[name]) <= 8
    page = (diabetes.path / "data/report.html").read_text(encoding="utf-8")
    assert "RMSE" in page
    assert "accuracy" not in page


def test_a_change_of_alpha_is_seen_in_numbers_and_pictures(copy: Project) -> None:
    before = results(copy)
    copy.put("mlp.alpha", 1.0)
    assert ran(copy.dvc("repro").stdout) == ["check", "train@mlp", "evaluate@mlp", "report"]
    changed = {name for name, content in results(copy).items() if content != before[name]}
    assert changed
    assert all("/mlp" in name for name in changed), changed

    diff = json.loads(copy.dvc("metrics", "diff", "--json").stdout)
    assert list(diff) == ["metrics/mlp.json"]
    assert {"mlp.r2", "mlp.rmse", "mlp.mae"} <= set(diff["metrics/mlp.json"])
    r2 = diff["metrics/mlp.json"]["mlp.r2"]
    assert r2["diff"] == pytest.approx(r2["new"] - r2["old"])

    plots = json.loads(copy.dvc("plots", "diff", "HEAD", "workspace", "--json", "--split").stdout)
    (scatter,) = plots["data"]["plots/mlp/outcomes.csv"]
    assert set(scatter["revisions"]) == {"HEAD", "workspace"}
    mark = scatter["content"]["spec"]["layer"][0]
    assert mark["mark"]["type"] == "point"
    assert (mark["encoding"]["x"]["field"], mark["encoding"]["y"]["field"]) == (
        "predicted", "actual",
    )  # fmt: skip
    points = scatter["anchor_definitions"]["<DVC_METRIC_DATA>"]
    sides = [
        {
            point["row"]: (point["actual"], point["predicted"])
            for point in points
            if point["rev"] == side
        }
        for side in ("HEAD", "workspace")
    ]
    assert [len(side) for side in sides] == [111, 111]
    assert {row: actual for row, (actual, _) in sides[0].items()} == {
        row: actual for row, (actual, _) in sides[1].items()
    }
    assert sides[0] != sides[1]


def test_equal_runs_give_equal_bytes_and_another_seed_does_not(copy: Project) -> None:
    before = results(copy)
    shutil.rmtree(copy.path / ".cache")  # so that every fold is trained again
    assert len(ran(copy.dvc("repro", "--force").stdout)) == len(STAGES) + 2 * len(NETWORKS) + 1
    assert results(copy) == before
    copy.put("mlp.random_state", 1)
    copy.dvc("repro")
    assert results(copy)["metrics/mlp.json"] != before["metrics/mlp.json"]
    assert results(copy)["data/models/mlp/model.onnx"] != before["data/models/mlp/model.onnx"]


def results(project: Project) -> dict[str, bytes]:
    """Return the content of what a run writes, but for the page, which names every parameter."""
    found: dict[str, bytes] = {}
    for pattern in RESULTS:
        paths = sorted(project.path.glob(pattern))
        found |= {path.relative_to(project.path).as_posix(): path.read_bytes() for path in paths}
    return found
