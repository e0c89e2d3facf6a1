"""Which baseline a new user gets: clone, bring own data, branch, change. The stages are stubs."""

import json
import re
from pathlib import Path

import pytest
import stubs
from project import Project
from stubs import ran

GATE = {
    "model": "mlp",
    "evidence": "test",
    "baseline": "gate-baseline",
    "question": "file",
    "repeats": 5,
    "metrics": {"accuracy": {"direction": "higher", "min": 0.9, "max_drop": 0.1}},
    "beats": ["majority"],
}


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with results."""
    folder = tmp_path_factory.mktemp("upstream")
    upstream = stubs.checkout(folder)
    upstream.put("gate", GATE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DVC_SITE_CACHE_DIR", str(folder / "site"))
        ran(upstream)
    upstream.commit("Results on the digits")
    return upstream


@pytest.fixture
def clone(upstream: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A clone of it, as a new user has it."""
    monkeypatch.setenv("DVC_SITE_CACHE_DIR", str(tmp_path / "site"))
    upstream.run("git", "clone", "--quiet", str(upstream.path), str(tmp_path / "mine"))
    return Project(tmp_path / "mine")


def bring_data(project: Project) -> None:
    (project.path / "mine.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    project.put("load.source", "mine.csv")
    ran(project)
    project.commit("Bring own data")


def gate(project: Project, *words: str, code: int = 0) -> str:
    return " ".join(project.mlp("gate", *words, code=code).stdout.split())


def accept(project: Project) -> str:
    """Add the line that the gate prints."""
    said = gate(project, code=2)
    (line,) = re.findall(r"params.yaml: accept_new_data: (data-[0-9a-f]{12})", said)
    project.put("gate.accept_new_data", line)
    return said


def test_own_data_in_a_pull_request(clone: Project) -> None:
    """They cannot be judged, until a person accepts these data; absolute rules judge all along."""
    clone.run("git", "checkout", "--quiet", "-b", "data")
    bring_data(clone)
    said = accept(clone)
    assert "accuracy min pass" in said
    assert said.count("Cannot judge: not comparable with") == 1
    assert re.search(r"the data are others: 60 rows of .* before, 60 rows of .* now\.", said)
    assert "gate.metrics.accuracy.min of params.yaml was chosen for other data" in said
    accepted = gate(clone)
    why = "the data are new, accepted by gate.accept_new_data"
    assert f"accuracy max_drop not judged {why}" in accepted
    assert accepted.endswith("pass: 2 rules hold, 1 not judged.")
    clone.put("gate.metrics.accuracy.max", 0.01)  # whatever the stub has right
    assert "accuracy max FAIL" in gate(clone, code=1)
    clone.put("gate.metrics.accuracy.max", 1.0)
    clone.put("gate.metrics.accuracy.min", {"majority": 0.5})
    relative = gate(clone)
    assert re.search(r"accuracy min pass \S+ >= 0.600000 \(majority 0.100000 \+ 0.5\)", relative)
    assert "chosen for other data" not in relative
    clone.put("split.seed", 1)  # the line names other data than these, so it opens nothing
    ran(clone)
    ignored = gate(clone, code=2)
    assert "gate.accept_new_data names other data (data-" in ignored
    assert "so it is ignored." in ignored
    assert "Cannot judge: not comparable with" in ignored


def test_a_change_after_own_data(clone: Project) -> None:
    """The baseline is where the branch left the local main, else the tag, and never the digits."""
    bring_data(clone)  # on main
    said = gate(clone, code=2)
    assert "`mlp gate REV` judges against a revision REV that has these data." in said
    clone.run("git", "tag", "own-data")
    clone.run("git", "checkout", "--quiet", "-b", "change")
    clone.put("mlp.alpha", 0.5)
    ran(clone)
    clone.commit("Change a parameter")
    assert "(where this branch left main)" in gate(clone)
    assert "(where this branch left main)" in clone.mlp("compare").stdout
    assert "the data are others" in clone.mlp("compare", "origin/main").stdout
    clone.run("git", "branch", "--quiet", "--force", "main", "origin/main")
    nearer = gate(clone, code=2)
    assert "`mlp gate HEAD^` would judge: that commit has these data." in nearer
    gate(clone, "HEAD^")
    clone.run("git", "tag", "gate-baseline", "own-data")
    tagged = (
        r"against gate-baseline \(\w{7}\), the tag gate-baseline, since origin/HEAD has other data"
    )
    judged = gate(clone)
    assert re.search(tagged, judged)
    assert "accuracy max_drop pass" in judged
    assert "gate.metrics.accuracy.min of params.yaml was chosen for other data" in judged
    assert re.search(tagged, " ".join(clone.mlp("compare").stdout.split()))
    changed = json.loads(clone.mlp("compare", "--json").stdout)
    assert [change["name"] for change in changed["parameters"]] == ["mlp.alpha"]


def test_a_tag_of_other_data_is_to_be_moved(clone: Project) -> None:
    clone.run("git", "tag", "gate-baseline")
    bring_data(clone)
    clone.run("git", "checkout", "--quiet", "-b", "change")
    clone.put("mlp.alpha", 0.5)
    ran(clone)
    named = gate(clone, "origin/main", code=2)  # which is the tagged commit
    assert "git tag --force" not in named
    said = accept(clone)
    assert "accuracy max_drop pass" in said  # since where the branch left main
    assert re.search(r"`git tag --force gate-baseline \w{7}`", said)
    accepted = gate(clone)
    assert "Not judged against gate-baseline" in accepted
    assert accepted.endswith("pass: 3 rules hold.")


def test_an_experiment_can_be_named(clone: Project) -> None:
    bring_data(clone)
    words = ("exp", "run", "--name", "tidal-weft", "-S", "mlp.alpha=0.5")
    assert "tidal-weft" in clone.dvc(*words, run=stubs.run).stdout
    assert "tidal-weft" in clone.dvc("exp", "list").stdout
    clone.run("git", "checkout", "--quiet", ".")
    clone.dvc("checkout", "dvc.yaml")
    compared = clone.mlp("compare", "tidal-weft").stdout
    assert compared.startswith("This workspace against tidal-weft (")
    assert re.search(r"^mlp.alpha +0.5 +0.0001 ", compared, re.MULTILINE)
    assert "against tidal-weft (" in gate(clone, "tidal-weft")
