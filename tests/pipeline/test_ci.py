"""Run the make targets of the workflow files on branches that change the results.

The targets start processes, of which those of `dvc` call the stages: what is particular to stages in
processes of their own is tested in test_dvc.py, test_isolation.py and tests/unit/history/test_rebuild.py.
"""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from project import ROOT, Project, once
from ruamel.yaml import YAML

pytestmark = pytest.mark.slow
SCORES = "metrics/mlp.json"
CHANGES = {
    "mlp.learning_rate_init": 0.01,
    "mlp.max_iter": 6,
    "linear.max_iter": 6,  # it is trained again at each rebuild, and not judged
    "search.n_iter": 1,
    "search.fixed.max_iter": 2,
    "gate.model": "mlp",
    "gate.question": "file",
    "gate.beats": ["majority"],
    "gate.classes.min_recall": 0.5,
}
GITHUB = YAML(typ="safe", pure=True).load(ROOT / ".github/workflows/pipeline.yml")
AUDIT = YAML(typ="safe", pure=True).load(ROOT / ".github/workflows/audit.yml")
GITLAB = YAML(typ="safe", pure=True).load(ROOT / ".gitlab-ci.yml")


def make(project: Project, target: str, error: int = 0, **variables: str) -> str:
    """Run a make target and check the exit code of its command, which make itself turns into 2."""
    given = [f"{name}={value}" for name, value in variables.items()]
    done = project.run("make", target, *given, code=2 if error else 0)
    assert not error or re.search(rf"\*\*\* \[.*: {target}\] Error {error}\n", done.stderr)
    return done.stdout


def branch(project: Project, name: str, **params: object) -> None:
    """Start a branch of main, change parameters, and commit them with their results."""
    project.run("git", "checkout", "--quiet", "-b", name, "main")
    for key, value in params.items():
        project.put(key.replace("__", "."), value)
    project.dvc("repro")
    if name == "noise":  # whose results are verified, the evidence for the gate among them
        project.dvc("repro", "gate/dvc.yaml")
    project.commit(name)


@pytest.fixture
def project(built: Project, shared: Path, tmp_path: Path) -> Project:
    """A project whose gate judges mlp, a network that six epochs have half trained."""

    def prepare(folder: Path) -> None:
        project = built.copy(folder / "a project")
        (project.path / ".venv").mkdir()
        shutil.copy(project.path / "requirements.lock", project.path / ".venv/.installed")
        for key, value in CHANGES.items():
            project.put(key, value)
        project.dvc("repro")
        project.dvc("repro", "gate/dvc.yaml")
        project.commit("Start")

    return Project(once(shared / "half trained", prepare) / "a project").copy(tmp_path / "a copy")


def test_the_targets_judge_branches(project: Project) -> None:
    """Where the target is not in question, its command runs in this process."""
    branch(project, "noise", mlp__random_state=1)
    assert "Gate: the file of mlp" in project.mlp("gate").stdout
    compared = " ".join(project.mlp("compare").stdout.split())
    assert re.search(r"worse on these rows\? not shown: \d+ rows fixed, \d+ broken", compared)
    # A seed is no part of a configuration, so its repeated trainings are the same.
    assert "Is the configuration worse? unchanged: all 5 trainings are as before." in compared
    project.mlp("gate", "--question", "configuration")

    branch(project, "better", mlp__max_iter=200)
    assert "pass: " in make(project, "judge")
    compared = make(project, "compare")
    assert re.search(r"\? better: \d+ rows fixed, \d+ broken", compared)
    row = r"^mlp.max_iter +6 +200 +train@mlp, evaluate@mlp, report$"
    assert re.search(row, compared, re.MULTILINE)

    branch(project, "worse", mlp__max_iter=2)
    assert re.search(r"^significance +FAIL", make(project, "judge", error=1), re.MULTILINE)
    summary = make(project, "summary")  # it is written whatever the verdict
    assert "## This workspace against " in summary
    assert re.search(r"^\| significance +\| FAIL ", summary, re.MULTILINE)

    # The same against another revision than main.
    assert "Gate: the file of mlp" in make(project, "judge", error=1, REV="better")
    project.run("git", "checkout", "--quiet", "better")
    project.dvc("checkout")
    make(project, "judge", REV="worse")

    for hostile in ("x'; touch pwned; '", "$$(touch pwned)"):
        make(project, "judge", error=2, REV=hostile)
    assert not (project.path / "pwned").exists()

    branch(project, "split", split__seed=1)
    assert "not comparable with" in project.mlp("gate", code=2).stdout
    compared = project.mlp("compare").stdout
    assert compared.count("Not comparable: the rows differ (450 before, 450 now, ") == 3

    text = (project.path / SCORES).read_text(encoding="utf-8")
    project.run("git", "checkout", "--quiet", "noise")
    (project.path / SCORES).write_text(text[:200], encoding="utf-8")
    assert "results" in project.mlp("gate", code=1).stdout
    project.run("git", "checkout", "--quiet", "--", SCORES)

    project.dvc("checkout")
    kept = project.path / "rebuilt"
    assert "verified: a rebuild of the last commit gives the committed results" in make(
        project.in_one_process(), "verify", KEEP="rebuilt"
    )
    assert (kept / "data/report.html").exists()
    assert project.run("git", "status", "--short").stdout == ""


def test_a_lock_that_no_run_gave_is_found(project: Project) -> None:
    """`dvc commit` records results that no run gave, as a clean merge of two locks would.

    .gitattributes has Git refuse such a merge.
    """
    attributes = (project.path / ".gitattributes").read_text(encoding="utf-8")
    assert "-merge" in attributes
    project.put("mlp.alpha", 0.5)
    project.dvc("commit", "--force")
    project.commit("Record what no run gave")
    assert "up to date" in project.dvc("status", "dvc.yaml").stdout
    # Someone also improves a number, and the hash that would tell.
    path = project.path / "metrics/search.json"
    text = path.read_text(encoding="utf-8")
    old = project.run("md5sum", str(path)).stdout.split()[0]
    path.write_text(re.sub('"cv_score": 0.', '"cv_score": 1.', text), encoding="utf-8")
    new = project.run("md5sum", str(path)).stdout.split()[0]
    lock = project.path / "dvc.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    project.commit("Improve")
    assert "hashed: every" in project.mlp("verify", "--quick").stdout
    elsewhere = project.path.parent / "fits"  # from which a rebuild from scratch takes nothing
    project.env["MLP_CACHE_DIR"] = str(elsewhere)
    done = project.in_one_process().mlp("verify", code=1)
    assert not elsewhere.exists()
    assert "data/models/mlp: a rebuild gives other bytes than dvc.lock records" in done.stdout
    assert re.search(
        r"mlp.json: a rebuild gives .*\(mlp\.\w+ [\d.]+, rebuilt [\d.]+; ", done.stdout
    )
    score = r"search.json: a rebuild gives .* \(cv_score 1\.\d+, rebuilt 0\.\d+\)"
    assert re.search(score, done.stdout)
    assert "data/models/linear" not in done.stdout
    stages = re.findall(r"^rebuilding: (.*)$", done.stderr, re.MULTILINE)
    assert len(stages) == 18


def test_explain_names_the_cause(project: Project) -> None:
    assert project.mlp("explain").stdout == (
        "Nothing is pending: `dvc repro` would run no stage.\n"
    )
    here = str(project.path / "stages/train.py")
    for key in ("stages/train.py", "./stages/../stages/train.py", here):
        assert "runs train@linear, train@mlp, train@tuned." in project.mlp("explain", key).stdout
    inside = Project(project.path / "stages", project.env)
    assert "runs train@linear" in inside.mlp("explain", "train.py").stdout
    assert "a change of a stage's entry" in project.mlp("explain", "dvc.yaml").stdout
    project.put("mlp.alpha", 0.5)
    project.edit("mlp/report/page.py", '"""Render', '"""Edited. Render')
    assert project.mlp("explain").stdout == (
        "check would run:\n  mlp: modified\n  params.yaml: modified\n"
        "train@mlp would run:\n  mlp.alpha: 0.5, was 0.0001\n"
        "report would run:\n  mlp/report: modified\n"
        "Where their outputs change, it then runs evaluate@mlp.\n"
        "`make gate` would then run gate/dvc.yaml:crossval@mlp, gate/dvc.yaml:evidence@mlp, "
        "gate/dvc.yaml:repeat@mlp.\n"
    )
    assert project.mlp("explain", "mlp.alpha", "mlp/report/page.py", "README.md").stdout == (
        "mlp.alpha: a change of it runs check, train@mlp.\n"
        "  Where their outputs change, it then runs evaluate@mlp, report.\n"
        "  `make gate` would then run gate/dvc.yaml:crossval@mlp, gate/dvc.yaml:evidence@mlp, "
        "gate/dvc.yaml:repeat@mlp.\n"
        "mlp/report/page.py: a change of it runs check, report.\n"
        "README.md: a change of it runs nothing: no stage reads it.\n"
    )


def test_the_workflows_run_make_targets_alone() -> None:
    steps = [step for job in GITHUB["jobs"].values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    for command in [*commands, *GITLAB["gate"]["script"], *GITLAB["pythons"]["script"]]:
        assert re.match(r"make (--no-print-directory )?(setup|verify|summary|judge)\b", command)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("setup", "verify", "summary", "judge"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_workflow_may_do_little() -> None:
    text = (ROOT / ".github/workflows/pipeline.yml").read_text(encoding="utf-8")
    assert GITHUB["permissions"] == {}
    assert all(job["permissions"] == {"contents": "read"} for job in GITHUB["jobs"].values())
    assert GITHUB["concurrency"]["cancel-in-progress"] is True
    assert "pull_request_target" not in text
    uses = re.findall(r"uses: (\S+)", text)
    assert len(uses) == 6
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", use) for use in uses)
    checkout = GITHUB["jobs"]["gate"]["steps"][0]["with"]
    assert checkout == {"fetch-depth": 0, "persist-credentials": False}
    assert json.dumps(GITLAB).count('"GIT_DEPTH": "0"') == 1


def test_every_python_that_the_project_takes_is_verified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    first = GITHUB["jobs"]["gate"]["steps"][1]["with"]["python-version"]
    more = GITHUB["jobs"]["pythons"]["strategy"]["matrix"]["python"]
    assert [first, *more] == ["3.11", "3.12", "3.13"]
    assert GITLAB["pythons"]["parallel"]["matrix"] == [{"PYTHON_VERSION": more}]


def test_packages_are_audited_every_week() -> None:
    assert re.fullmatch(r"\d+ \d+ \* \* \d", AUDIT["on"]["schedule"][0]["cron"])
    commands = [step["run"] for step in AUDIT["jobs"]["audit"]["steps"] if "run" in step]
    assert commands == GITLAB["audit"]["script"] == ["make audit"]
    assert AUDIT["permissions"] == {}
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\naudit: ")[1].split("\n\n")[0]
    assert "--strict" in recipe  # a package that cannot be looked up is a failure, and no pass
    assert {"requirements.lock", "requirements-dev.lock"} <= set(recipe.split())
