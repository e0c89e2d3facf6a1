"""A package that treats classification and regression differently does so in two like modules."""

import inspect
import re
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from project import ROOT

from mlp.core.task import TASKS

PART = re.compile(r'\bpart\(\s*"(mlp(?:\.\w+)+)"')
FILES = [
    path for folder in ("mlp", "stages", "commands") for path in ROOT.glob(f"{folder}/**/*.py")
]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in FILES}
PACKAGES = sorted({name for text in TEXTS.values() for name in PART.findall(text)})
OWN = "mlp/core/task.py"
ALONE = {"mlp.compare": {"detectable"}}  # what one task needs, and the other has elsewhere


def public(module: ModuleType) -> dict[str, Any]:
    """Return what a module defines, or what its __all__ names if it is a package."""
    named = getattr(module, "__all__", None)
    return {
        name: value
        for name, value in vars(module).items()
        if (name in named if named else not name.startswith("_"))
        if not inspect.ismodule(value)
        if named or getattr(value, "__module__", module.__name__) == module.__name__
    }


def parameters(function: Any) -> list[str]:
    """Return the names of the parameters; an underscore says that a task does without one."""
    return [name.lstrip("_") for name in inspect.signature(function).parameters]


def test_some_packages_differ_by_task() -> None:
    assert {"mlp.data", "mlp.training", "mlp.evaluate", "mlp.evidence"} <= set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_both_tasks_have_the_same_functions(package: str) -> None:
    """One may name types of its own, such as the class of its rules; functions are alike."""
    sides = [public(import_module(f"{package}.{task}")) for task in TASKS]
    functions = [{n: v for n, v in side.items() if inspect.isfunction(v)} for side in sides]
    assert functions[0].keys() ^ functions[1].keys() <= ALONE.get(package, set())
    assert functions[0]
    for name in functions[0].keys() & functions[1].keys():
        function = functions[0][name]
        assert parameters(function) == parameters(functions[1][name]), name


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {OWN}))
def test_nothing_else_asks_for_the_task(name: str) -> None:
    """A branch by the task belongs into the two modules."""
    code = re.sub(r'""".*?"""', "", TEXTS[name], flags=re.DOTALL)
    named = "|".join(word for task in TASKS for word in (task.upper(), f'"{task}"'))
    assert not re.search(rf"(?:==|!=)\s*(?:task\.)?(?:{named})", code)
