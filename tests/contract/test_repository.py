"""The repository keeps its own rules: what must not stand in it, and what must agree."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from project import ROOT, tracked

from mlp.core import versions

CODE = [name for name in tracked() if name.endswith(".py") and not name.startswith("tests/")]
LOCKS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", "requirements-dev.lock")
}
RUN, DEV = (versions.locked(text) for text in LOCKS.values())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
GROUP = [Requirement(text) for text in PROJECT["dependency-groups"]["dev"]]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CODE)
def test_runs_nothing_that_a_file_brings(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(
        r"pickle(?!=False)|joblib\.load|yaml\.(safe_)?load\(|shell=True|\beval\(", text
    )


@pytest.mark.parametrize("name", tracked())
def test_no_path_of_one_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8", errors="ignore")
    assert not re.search(r"(?<![\w.~])/(home|root|Users|work|tmp)/\w", text)


def closure(requirements: Iterable[Requirement]) -> set[str]:
    """Return the names of what these requirements install, with what that requires in its turn."""
    seen: set[tuple[str, str]] = set()

    def visit(requirement: Requirement, extra: str) -> None:
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            return
        for wanted in {"", *requirement.extras} - {e for n, e in seen if n == name}:
            seen.add((name, wanted))
            for text in metadata.requires(name) or []:
                visit(Requirement(text), wanted)

    for requirement in requirements:
        visit(requirement, "")
    return {name for name, _ in seen}


def installed_here(lock: str) -> set[str]:
    """Return the names of the packages in a lock that are for this platform and Python."""
    lines = re.findall(r"^([\w.-]+==[^\\\n]+)", LOCKS[lock], flags=re.MULTILINE)
    pins = [Requirement(line) for line in lines]
    return {pin.name for pin in pins if not pin.marker or pin.marker.evaluate()}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index(lock: str) -> None:
    assert "://" not in LOCKS[lock]
    assert "--index-url" not in LOCKS[lock]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=[a-z])", LOCKS[lock])[1:]
    assert len(blocks) == len(versions.locked(LOCKS[lock]))
    for block in blocks:
        assert re.match(r"[\w.-]+==[^\n]+ \\\n    --hash=sha256:[0-9a-f]{64}", block), block


def test_no_package_is_locked_twice() -> None:
    names = re.findall(r"^([\w.-]+)==", "\n".join(LOCKS.values()), flags=re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_locks_satisfy_the_project() -> None:
    for requirements, lock in ((DEPENDENCIES, RUN), (GROUP, RUN | DEV)):
        for requirement in requirements:
            version = Version(lock[canonicalize_name(requirement.name)])
            assert version in requirement.specifier, requirement


def test_the_lock_for_running_has_what_running_needs_and_no_more() -> None:
    assert closure(DEPENDENCIES) == installed_here("requirements.lock")


def test_the_other_lock_has_what_else_the_group_needs_and_no_more() -> None:
    added = closure(GROUP) - closure(DEPENDENCIES)
    assert added == installed_here("requirements-dev.lock")


def test_a_dependency_is_declared_where_it_is_imported() -> None:
    """A package that DVC happens to bring along may be gone with its next version."""
    declared = {canonicalize_name(requirement.name) for requirement in DEPENDENCIES}
    owners = metadata.packages_distributions()
    for name in CODE:
        if name.startswith("benchmarks/") or name == "commands/offline_plots.py":
            continue  # make installs the group for them
        for module in imported((ROOT / name).read_text(encoding="utf-8")):
            names = {canonicalize_name(owner) for owner in owners[module]}
            assert names & {*declared, "markupsafe", "pydantic-core", "mlp-pipeline"}, (
                f"{name}: {module}"
            )


def imported(code: str) -> set[str]:
    """Return the packages outside the standard library that a module imports, anywhere in it."""
    nodes = list(ast.walk(ast.parse(code)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names


def scripts(name: str) -> set[str]:
    """Return the commands that an installed package brings."""
    files = metadata.files(name) or []
    return {file.stem for file in files if file.parent.name in {"bin", "Scripts"}}


def test_a_target_sets_up_the_tools_that_it_runs() -> None:
    """`make repro` and its like install no test tool; `make test` and its like install theirs."""
    tools = set().union(*map(scripts, installed_here("requirements-dev.lock")))
    assert {"mypy", "pytest", "ruff"} <= tools
    for target, needs, recipe in re.findall(
        r"^([a-z -]+): (.*?) ##.*\n((?:\t.*\n)*)", MAKEFILE, flags=re.MULTILINE
    ):
        words = set(re.findall(r"^\t@?(\S+)", recipe, flags=re.MULTILINE))
        if words & tools:
            assert "$(DEVELOPED)" in needs, target
        elif target not in {"bench", "coverage", "develop", "offline-plots"}:
            assert "$(DEVELOPED)" not in needs, target


def test_numeric_packages_are_locked() -> None:
    assert set(versions.NUMERIC) <= set(RUN)


@pytest.mark.parametrize(
    "name", [name for name in tracked() if re.match("(metrics|plots|gate)/.*json$", name)]
)
def test_committed_metrics_are_strict_json(name: str) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    json.loads((ROOT / name).read_text(encoding="utf-8"), parse_constant=refuse)


def test_merges_of_results_conflict() -> None:
    """A clean merge of two locks is a lock that no run produced."""
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    for path in ("dvc.lock", "gate/**", "metrics/**", "plots/**"):
        assert re.search(rf"^{re.escape(path)} .*-merge", attributes, re.MULTILINE)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/mine.csv", "unset"),
        ("mine.csv", "unset"),
        ("data/source.py", "unset"),
        ("data/more/mine.tsv", "unset"),
        ("mlp/core/disk.py", "auto"),
        ("plots/search.csv", "set"),
        ("gate/oof/linear.csv", "set"),
    ],
)
def test_git_keeps_the_bytes_of_data(path: str, text: str) -> None:
    """DVC records the hash of a data file as it is; results of stages end their lines with LF."""
    asked = ["git", "check-attr", "text", "diff", "--", path]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [f"{path}: text: {text}", f"{path}: diff: unspecified"]
