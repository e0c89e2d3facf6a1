"""The environment of a fit: it changes with everything that can change the fit."""

from modulefinder import ModuleFinder
from pathlib import Path

import pytest
from project import ROOT

from mlp.core.task import TASKS
from mlp.fits import environment
from mlp.fits.environment import SOURCES, differences, digest

HARMLESS = {
    "mlp/core/derived.py": "names the columns that features are made of",
    "mlp/core/disk.py": "names a file in an error",
    "mlp/core/errors.py": "raises sentences",
    "mlp/core/files.py": "names the types of arrays",
    "mlp/core/json_file.py": "writes results",
    "mlp/core/numerics.py": "sets the pins, which the environment holds themselves",
    "mlp/core/progress.py": "shows progress",
    "mlp/core/section.py": "names the types of parameters",
    "mlp/core/whole.py": "refuses a file that was cut short",
}


def modules_of_a_fit() -> set[str]:
    """Return our modules that a fit imports, late imports included."""
    finder = ModuleFinder(path=[str(ROOT)])
    for module in ("mlp.fits.fold_fit", *(f"mlp.training.{task}" for task in TASKS)):
        finder.import_hook(module)
    files = (Path(module.__file__) for module in finder.modules.values() if module.__file__)
    return {file.relative_to(ROOT).as_posix() for file in files if file.name != "__init__.py"}


def is_covered(module: str) -> bool:
    return any(module == source or module.startswith(f"{source}/") for source in SOURCES)


def test_every_module_that_a_fit_imports_is_in_its_key_or_harmless() -> None:
    imported = modules_of_a_fit()
    assert "mlp/training/watch.py" in imported
    uncovered = {module for module in imported if not is_covered(module)}
    assert uncovered <= set(HARMLESS)


def test_no_source_is_listed_for_nothing() -> None:
    imported = modules_of_a_fit()
    for source in SOURCES:
        assert any(module == source or module.startswith(f"{source}/") for module in imported)


@pytest.mark.parametrize("edit", ["change", "add", "remove", "rename"])
def test_a_digest_changes_with_every_edit_of_a_package(tmp_path: Path, edit: str) -> None:
    package = tmp_path / "training"
    package.mkdir()
    for name in ("build.py", "fit.py"):
        (package / name).write_text(f"# {name}\n", encoding="utf-8")
    before = digest(package)
    (package / "__pycache__").mkdir()
    (package / "__pycache__/build.pyc").touch()
    assert digest(package) == before
    if edit == "change":
        (package / "fit.py").write_text("# fit.py, edited\n", encoding="utf-8")
    elif edit == "add":
        (package / "loss.py").touch()
    elif edit == "remove":
        (package / "fit.py").unlink()
    else:
        (package / "fit.py").rename(package / "fits.py")
    assert digest(package) != before


def test_differences_name_the_package_and_the_code() -> None:
    here = dict(environment.environment())
    there = here | {"numpy": "1.0", "mlp/training": "another digest"}
    assert list(differences(here, there)) == [
        f"its numpy is 1.0 and should be {here['numpy']}",
        "its mlp/training is another version",
    ]
    assert not list(differences(here, here))
