"""The repository keeps its own rules: what must not stand in it, and what must agree."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from project import ROOT, tracked

from mlp.core import versions

CODE = [name for name in tracked() if name.endswith(".py") and not name.startswith("tests/")]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


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


def test_lock_names_no_index() -> None:
    assert "://" not in LOCK
    assert "--index-url" not in LOCK


def test_lock_satisfies_the_project() -> None:
    locked = versions.locked(LOCK)
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    for text in wanted:
        requirement = Requirement(text)
        name = requirement.name.lower().replace(".", "-")
        assert Version(locked[name]) in requirement.specifier, text


def test_every_locked_package_has_a_hash() -> None:
    for block in re.split(r"\n(?=[a-z])", LOCK)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_numeric_packages_are_locked() -> None:
    assert set(versions.NUMERIC) <= set(versions.locked(LOCK))


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
