"""dvc.yaml says what the code does: every edge is declared, and none is declared for nothing."""

import re
import shlex
from contextlib import chdir
from modulefinder import ModuleFinder
from typing import Any

import pytest
from dvc.repo import Repo
from project import ROOT, Project, tracked
from ruamel.yaml import YAML

from mlp.compare import pictures
from mlp.history import results
from mlp.report import graph

RAW = YAML(typ="safe", pure=True).load(ROOT / "dvc.yaml")
NETWORKS = ("linear", "mlp", "tuned")
# Read by no stage but report: their content decides whether a stage runs, and their edge when.
BY_CONTENT_ALONE = {"data/environment.json", "data/params.checked"}


def resolved() -> dict[str, Any]:
    with chdir(ROOT), Repo() as repo:
        return {stage.addressing: stage for stage in repo.index.stages}


STAGES = resolved()


def imports(module: str) -> set[str]:
    """Return the project's files that running a module imports, directly or not."""
    finder = ModuleFinder(path=[str(ROOT)])
    finder.import_hook(module)
    files = [found.__file__ for found in finder.modules.values()]
    return {name.removeprefix(f"{ROOT}/") for name in files if name}


@pytest.mark.parametrize("name", STAGES)
def test_dependencies_are_the_imported_modules(name: str) -> None:
    declared = {dep.def_path for dep in STAGES[name].deps}
    modules = {path for path in declared if re.match(r"(mlp|stages)/\w+\.py$", path)}
    assert modules == imports(f"stages.{name.split('@', maxsplit=1)[0]}")


@pytest.mark.parametrize("name", STAGES)
def test_command_names_every_file_and_no_other(name: str) -> None:
    stage = STAGES[name]
    _, _, module, *arguments = shlex.split(stage.cmd)
    assert module == f"stages.{name.split('@', maxsplit=1)[0]}"
    paths = {word for word in arguments if "/" in word or "." in word}
    files = {dep.def_path for dep in stage.deps} - (BY_CONTENT_ALONE - paths)
    files |= {out.def_path for out in stage.outs}
    source = {"stages/sources/digits.py"}  # the value of load.source, which load reads
    code = {path for path in files if re.match(r"(mlp|stages)/\w+\.py$", path)}
    assert paths == files - code - source


def test_no_parameter_reaches_a_shell() -> None:
    """In a cmd stand only the names that dvc.yaml itself gives to a foreach."""
    entries = [entry.get("do", entry) for entry in RAW["stages"].values()]
    names = {name for entry in entries for name in re.findall(r"\$\{(.*?)\}", entry["cmd"])}
    assert names <= {"key", "item.params", "item.section"}
    for entry in RAW["stages"].values():
        for item in entry.get("foreach", {}).values():
            assert not any("${" in value for value in item.values())


def test_nothing_hides_a_change() -> None:
    for stage in STAGES.values():
        assert not stage.frozen
        assert not stage.always_changed


def test_what_a_stage_refuses_of_the_data_costs_no_earlier_result() -> None:
    """DVC deletes other outputs before it runs a stage, but has no run cache for those that stay.

    So they stay where data are refused and the work is cheap.
    """
    kept = {stage.name for stage in STAGES.values() if any(out.persist for out in stage.outs)}
    assert kept == {"load", "split"}
    for stage in STAGES.values():
        assert len({out.persist for out in stage.outs}) == 1


def test_what_takes_time_has_the_run_cache() -> None:
    outs = [(stage.name, out) for stage in STAGES.values() for out in stage.outs]
    assert {name for name, out in outs if not out.use_cache} == {"evaluate"}
    without = {name for name, out in outs if not out.use_cache or out.persist}
    assert without == {"evaluate", "load", "split"}


def test_metrics_plots_and_artifacts_are_outputs() -> None:
    outputs = {out.def_path for stage in STAGES.values() for out in stage.outs}
    plots = {path for entry in RAW["plots"] for plot in entry.values() for path in plot["y"]}
    artifacts = {artifact["path"] for artifact in RAW["artifacts"].values()}
    assert plots | artifacts | set(RAW["metrics"]) <= outputs
    assert all({"type", "desc", "labels"} <= set(entry) for entry in RAW["artifacts"].values())


def test_git_stores_what_dvc_does_not() -> None:
    outs = [out for stage in STAGES.values() for out in stage.outs]
    assert {out.def_path for out in outs if not out.use_cache} <= set(tracked())
    assert not {out.def_path for out in outs if out.use_cache} & set(tracked())


def test_picture_of_the_graph_is_current() -> None:
    """The report draws docs/graph.mmd; `make graph` writes it."""
    drawn = (ROOT / "docs/graph.mmd").read_text(encoding="utf-8")
    assert Project(ROOT).run("dvc", "dag", "--mermaid").stdout.strip() == drawn.strip()
    assert ("check", "load") in graph.edges(drawn)


def test_imports_go_one_way() -> None:
    forbidden = {"mlp": "stages|commands", "stages": "stages|commands", "commands": "stages"}
    for folder, others in forbidden.items():
        for path in ROOT.glob(f"{folder}/*.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(rf"^(from|import) ({others})\b", text, re.MULTILINE), path


def test_commands_read_what_the_stages_write() -> None:
    """mlp/history/results.py names files, which dvc.yaml alone decides."""
    written = {out.def_path for stage in STAGES.values() for out in stage.outs if not out.use_cache}
    named = {path.format(name) for path in results.PREDICTIONS.values() for name in NETWORKS}
    assert named | set(results.SCORES.values()) <= written
    read = {str(path) for path in pictures.FEATURES.values()}
    assert read <= {out.def_path for stage in STAGES.values() for out in stage.outs}


@pytest.mark.parametrize("name", ["compare", "gate"])
def test_compare_and_gate_import_nothing_heavy(name: str) -> None:
    code = (
        f"import sys, commands.__main__, commands.{name}\n"
        "print({'sklearn', 'matplotlib', 'onnxruntime', 'dvc'} & set(sys.modules))"
    )
    assert Project(ROOT).run("python", "-c", code).stdout == "set()\n"
