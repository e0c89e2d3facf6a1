"""Every row of docs/parameters.md: make the change, run the real dvc.yaml, compare what ran.

The stages are stubs (see stub_stage.py), so that DVC's decisions are tested alone and fast; DVC runs
in this process. test_sharing.py runs them by its command line, and test_dvc.py the real stages.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
import stub_stage
import stubs
from dvc.repo import Repo
from project import ROOT, Project
from ruamel.yaml import YAML
from stubs import ran

from mlp.check import params as schema
from mlp.explain.reruns import Pipeline

YAML_FILE = YAML()
DOCS = (ROOT / "docs/parameters.md").read_text(encoding="utf-8")
RERUNS = DOCS.split("## Every key")[0]
PARAMETERS = re.findall(r"^\| `([\w.]+)`.*? \| `(.+)` \| (.+) \|$", RERUNS, re.MULTILINE)
OTHERS = dict(
    re.findall(r"^\| ([^`|].*?) \| (.+) \|$", DOCS.split("## Other changes")[1], re.MULTILINE)
)
del OTHERS["change"]


@pytest.fixture(scope="module")
def stubbed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A clone, after one run of its stubs."""
    return stubs.checkout(tmp_path_factory.mktemp("stubbed"))


@pytest.fixture
def project(stubbed: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the stubbed project to change, in which every stage is up to date."""
    monkeypatch.setenv("DVC_SITE_CACHE_DIR", str(tmp_path / "site"))
    if not (stubbed.path / "data/environment.json").exists():
        ran(stubbed)
        ran(stubbed, "gate/dvc.yaml")
    return stubbed.copy(tmp_path / "copy")


def named(cell: str) -> set[str]:
    """Return the stages of dvc.yaml that a cell of a table names."""
    loop = cell.split("; ", maxsplit=1)[0].split(", and ", maxsplit=1)[0]
    return set() if loop.startswith("none") else set(re.findall(r"[a-z]+(?:@[a-z]+)?", loop))


def for_the_gate(cell: str) -> set[str]:
    """Return the stages of gate/dvc.yaml that a cell names."""
    _, _, gate = cell.partition("; for the gate ")
    return set(re.findall(r"[a-z]+@[a-z]+", gate))


def leaves(section: dict[str, Any], prefix: str = "") -> set[str]:
    found = set()
    for key, value in section.items():
        name = f"{prefix}{key}"
        found |= leaves(value, f"{name}.") if isinstance(value, dict) and value else {name}
    return found


# A row for each section and list of stages. DVC sees sections, so it treats the other rows of one
# alike; `test_explain_says_the_same` compares every row with the graph.
KINDS = {(key.split(".")[0], stages): (key, value, stages) for key, value, stages in PARAMETERS}
PLAIN = YAML(typ="safe", pure=True)


def put(params: dict[str, Any], key: str, value: str) -> None:
    """Give a key its example; a network of params.yaml gets a section too."""
    section = params
    *path, last = key.split(".")
    for part in path:
        section = section[part]
    section[last] = PLAIN.load(value)
    if path == ["networks"]:
        params[last] = dict(params["mlp"])


@pytest.mark.parametrize(
    ("key", "value", "stages"), KINDS.values(), ids=[row[0] for row in KINDS.values()]
)
def test_parameter(project: Project, key: str, value: str, stages: str) -> None:
    if key == "load.source":
        (project.path / value).write_text("# other data\n", encoding="utf-8")
    params = YAML_FILE.load(project.path / "params.yaml")
    put(params, key, value)
    YAML_FILE.dump(params, project.path / "params.yaml")
    assert ran(project) == named(stages)
    if gate := for_the_gate(stages):
        assert ran(project, "gate/dvc.yaml") == gate


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Pipeline]:
    """The graph that `mlp explain` reads."""
    with chdir(ROOT), Repo() as repo:
        yield Pipeline(repo)


@pytest.mark.parametrize(("key", "_", "stages"), PARAMETERS, ids=[row[0] for row in PARAMETERS])
def test_explain_says_the_same(pipeline: Pipeline, key: str, _: str, stages: str) -> None:
    with chdir(ROOT):
        found = pipeline.of_parameter(key)
    if key.startswith("networks."):  # which may be of the search, and may not
        known = {name for name in named(stages) if not name.endswith("@wide")}
        assert known <= {*found.first, *found.later}
    elif key == "load.image_shape":  # `load` then writes the same, which nobody can know beforehand
        assert set(found.first) <= named(stages)
    elif not stages.startswith("none"):
        assert {*found.first, *found.later} == named(stages)


def test_every_parameter_has_a_row() -> None:
    params = YAML_FILE.load(ROOT / "params.yaml")
    keys = {key for key in leaves(params) if not key.startswith("networks.")}
    assert keys <= {key for key, _, _ in PARAMETERS}


GATE = "{model: tuned, evidence: test, question: file, repeats: 2, beats: [mean]}"
NEEDS = {"load.task": {"search.scoring": "r2", "gate": GATE}}  # what must change with a key


@pytest.mark.parametrize(("key", "value", "_"), PARAMETERS, ids=[row[0] for row in PARAMETERS])
def test_example_is_valid(key: str, value: str, _: str) -> None:
    params = PLAIN.load(ROOT / "params.yaml")
    put(params, key, value)
    for other, needed in NEEDS.get(key, {}).items():
        put(params, other, needed)
    schema.schema(params).model_validate(params)


def comment(project: Project) -> None:
    project.edit("params.yaml", "    # Units", "    # A comment.\n    # Units")


def reorder(project: Project) -> None:
    path = project.path / "params.yaml"
    params = YAML_FILE.load(path)
    YAML_FILE.dump({key: params[key] for key in reversed(params)}, path)


def rewrite(project: Project) -> None:
    path = project.path / "params.yaml"
    text = path.read_text(encoding="utf-8")
    assert "alpha: 0.0001" in text
    path.write_text(text.replace("alpha: 0.0001", "alpha: 1e-4"), encoding="utf-8")


def unknown(project: Project) -> None:
    project.put("mpl", {"alpha": 1})


def same_winner(project: Project) -> None:
    (project.path / "same-winner").touch()
    project.put("search.seed", 1)
    ran(project)
    project.put("search.seed", 2)


def other_data(project: Project) -> None:
    project.edit("stages/sources/digits.py", "import pandas", "import numpy\nimport pandas")


def linter(project: Project) -> None:
    move_version(project, "ruff", "requirements-dev.lock")


def not_numeric(project: Project) -> None:
    move_version(project, "rich")


def numeric(project: Project) -> None:
    move_version(project, "scikit-learn")


def move_version(project: Project, package: str, name: str = "requirements.lock") -> None:
    lock = project.path / name
    text = lock.read_text(encoding="utf-8")
    moved, times = re.subn(rf"^{package}==", f"{package}==9", text, flags=re.MULTILINE)
    assert times == 1
    lock.write_text(moved, encoding="utf-8")


def fewer(project: Project) -> None:
    params = YAML_FILE.load(project.path / "params.yaml")
    del params["networks"]["mlp"]
    YAML_FILE.dump(params, project.path / "params.yaml")


CHANGES: dict[str, Callable[[Project], None]] = {
    "a comment in `params.yaml`": comment,
    "the order of the keys in `params.yaml`": reorder,
    "a value written another way (`1e-4` for `0.0001`)": rewrite,
    "a key that no section knows": unknown,
    "a search that finds the same winner (`search.seed`, with the same best.yaml)": same_winner,
    "the file that `load.source` names, with other data": other_data,
    "a linter's version in `requirements-dev.lock`": linter,
    "a version in `requirements.lock` that changes no number": not_numeric,
    "a numeric package's version in `requirements.lock`": numeric,
    "a network removed from `networks`": fewer,
}
ELSEWHERE = {
    "a value changed, run, and changed back",  # test_reverting_restores_the_results
    "the file that `load.source` names, with the same data",  # test_real_runs.py
    "a module of `mlp`, with the same results",  # test_module_...
}


@pytest.mark.parametrize("change", CHANGES)
def test_other_change(project: Project, change: str) -> None:
    CHANGES[change](project)
    assert ran(project) == named(OTHERS[change])


def test_every_other_change_is_tested() -> None:
    assert set(OTHERS) == set(CHANGES) | ELSEWHERE


def no_stage(name: str, _: object) -> None:
    pytest.fail(f"{name} ran")


def test_reverting_restores_the_results(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def results() -> dict[str, bytes]:
        paths = [path for name in ("data", "plots") for path in (project.path / name).rglob("*")]
        return {str(path): path.read_bytes() for path in paths if path.is_file()}

    before = results()
    project.put("mlp.alpha", 0.5)
    ran(project)
    changed = results()
    project.put("mlp.alpha", 0.0001)
    # No stage may run, so only the run cache can bring the outputs back. The stage evaluate keeps
    # its outputs out of the cache, for git, so it is not asked for.
    monkeypatch.setattr(stub_stage, "run", no_stage)
    assert ran(project, "train@mlp") == {"check", "train@mlp"}
    assert changed != before
    assert {k: v for k, v in results().items() if "models" in k} == {
        k: v for k, v in before.items() if "models" in k
    }


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGES = dict(re.findall(r"^\| `(mlp/\w+)` \| (.+?) \|", CONTRIBUTING, re.MULTILINE))


def edit(project: Project, module: str) -> None:
    """Edit a module without effect."""
    path = project.path / module
    path.write_text(path.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")


def test_every_package_has_a_row() -> None:
    packages = {f"mlp/{path.parent.name}" for path in (ROOT / "mlp").glob("*/__init__.py")}
    assert set(PACKAGES) == packages


@pytest.mark.parametrize("package", PACKAGES)
def test_module_is_seen_by_the_stages_of_its_row(project: Project, package: str) -> None:
    edit(project, f"{package}/__init__.py")
    with chdir(project.path), Repo() as repo:
        changed = {name.rsplit(":")[-1].split("@")[0] for name in repo.status()}
    assert changed == set(re.findall(r"[a-z]+", PACKAGES[package]))


def test_module_reruns_its_users_and_nothing_downstream(project: Project) -> None:
    edit(project, "mlp/report/page.py")
    assert ran(project) == {"check", "report"}
    edit(project, "mlp/training/folds.py")
    assert ran(project) == {"check", "search", "train@linear", "train@mlp", "train@tuned"}
