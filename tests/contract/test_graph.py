"""dvc.yaml and gate/dvc.yaml say what the code does: every edge is declared, and none for nothing."""

import ast
import graphlib
import re
import shlex
from contextlib import chdir
from modulefinder import ModuleFinder
from pathlib import Path
from typing import Any

import pytest
from dvc.repo import Repo
from project import ROOT, Project, tracked
from ruamel.yaml import YAML
from stubs import CODE, path_of

from mlp.core.task import TASKS
from mlp.report import graph

PART = re.compile(r'\bpart\("(mlp\.[\w.]+)"')  # of a call of mlp.core.task.part

PARSER = YAML(typ="safe", pure=True)
RAW = [PARSER.load(ROOT / name) for name in ("dvc.yaml", "gate/dvc.yaml")]
ENTRIES = {name: entry for raw in RAW for name, entry in raw["stages"].items()}
PARAMS = PARSER.load(ROOT / "params.yaml")
NETWORKS, SOURCE = PARAMS["networks"], PARAMS["load"]["source"]
# Read by no stage but report: its content decides whether a stage runs, and its edge when.
BY_CONTENT_ALONE = {"data/environment.json"}


def resolved() -> dict[str, Any]:
    with chdir(ROOT), Repo() as repo:
        return {stage.addressing.rsplit(":")[-1]: stage for stage in repo.index.stages}


STAGES = resolved()


def deps(name: str) -> set[str]:
    """Return the files and folders that a stage depends on, without params files by section."""
    by_section = STAGES[name].params
    return {path_of(dep) for dep in STAGES[name].deps if dep not in by_section}


def outs(name: str) -> set[str]:
    return {path_of(out) for out in STAGES[name].outs}


def imports(module: str) -> set[str]:
    """Return the project's files that running a module imports, directly or not.

    `mlp.core.task.part` imports the modules of a task by the name of their package.
    """
    finder = ModuleFinder(path=[str(ROOT)])
    finder.import_hook(module)
    while late := {name for name in _of_tasks(finder) if name not in finder.modules}:
        for name in late:
            finder.import_hook(name)
    files = [found.__file__ for found in finder.modules.values()]
    return {name.removeprefix(f"{ROOT}/") for name in files if name}


def _of_tasks(finder: ModuleFinder) -> set[str]:
    files = [found.__file__ for found in finder.modules.values()]
    texts = [
        Path(name).read_text(encoding="utf-8")
        for name in files
        if name and name.startswith((f"{ROOT}/mlp/", f"{ROOT}/stages/"))
    ]
    named = {name for text in texts for name in PART.findall(text)}
    return {f"{package}.{task}" for package in named for task in TASKS}


def packages(files: set[str]) -> set[str]:
    """Return the packages of mlp that the files are in."""
    return {
        "/".join(name.split("/")[:2])
        for name in files
        if name.count("/") > 1 and name.startswith("mlp/")
    }


@pytest.mark.parametrize("name", STAGES)
def test_dependencies_are_the_imported_packages(name: str) -> None:
    """Both ways: all that are imported, and no other. check depends on mlp, which holds all schemas."""
    module = f"stages/{name.split('@', maxsplit=1)[0]}.py"
    declared = {path for path in deps(name) if CODE.match(path)} - {
        "requirements.lock",
        "params.yaml",
    }
    if name == "check":
        assert declared == {"mlp", module}
        return
    files = imports(module.removesuffix(".py").replace("/", "."))
    assert {path for path in files if path.startswith("stages/")} <= {module, "stages/__init__.py"}
    assert declared == packages(files) | {module}


@pytest.mark.parametrize("name", STAGES)
def test_command_names_every_path_and_no_other(name: str) -> None:
    stage = STAGES[name]
    _, _, module, *arguments = shlex.split(stage.cmd)
    assert module == f"stages.{name.split('@', maxsplit=1)[0]}"
    named = {
        word for word in arguments if "/" in word or "." in word or word in {"metrics", "plots"}
    }
    paths = (deps(name) - (BY_CONTENT_ALONE - named)) | outs(name)
    paths -= {path for path in paths if CODE.match(path) and path not in named}
    paths -= {SOURCE}  # the value of load.source, which load reads
    named = {re.sub(r"/model\.onnx$", "", path) for path in named}
    paths = {re.sub(r"/model\.onnx$", "", path) for path in paths}
    folders = {path for path in named if Path(path).suffix == ""}
    for path in paths:
        assert path in named or any(path.startswith(f"{folder}/") for folder in folders), path
    for path in named - {"params.yaml"}:
        inside = (inner for inner in paths if inner.startswith(f"{path}/"))
        assert path in paths or any(inside), path
    if "params.yaml" in named and name != "check":
        assert any(dep.def_path.endswith("params.yaml") for dep in stage.params)


def test_no_parameter_but_a_networks_name_reaches_a_shell() -> None:
    """`check`, which comes before all others, refuses a name that is not a word."""
    for entry in ENTRIES.values():
        inner = entry.get("do", entry)
        names = set(re.findall(r"\$\{(.*?)\}", inner["cmd"]))
        assert names <= ({"key"} if entry.get("foreach") == "${networks}" else {"item"})
        assert not names or "foreach" in entry
    assert {entry["foreach"] for entry in RAW[0]["stages"].values() if "foreach" in entry} == {
        "${networks}"
    }
    loops = [entry["foreach"] for entry in RAW[1]["stages"].values()]
    assert loops == [["linear", "${gate.model}"]] * 3


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
    found = [(name.split("@")[0], out) for name, stage in STAGES.items() for out in stage.outs]
    # The stage repeat remembers its own fits, and git stores its outputs.
    assert {name for name, out in found if not out.use_cache} == {
        "evaluate",
        "evidence",
        "repeat",
        "split",
        "summary",
    }
    without = {name for name, out in found if not out.use_cache or out.persist}
    assert without == {"evaluate", "evidence", "load", "repeat", "split", "summary"}


def test_every_network_has_its_files() -> None:
    for name in NETWORKS:
        assert outs(f"train@{name}") == {f"data/models/{name}"}
        assert {f"metrics/{name}.json", f"data/figures/{name}"} < outs(f"evaluate@{name}")


@pytest.mark.digits
def test_no_folder_is_left_of_a_network() -> None:
    """The report depends on whole folders, so a clone must hold what this workspace holds."""
    committed = {
        name.split("/")[1]
        for name in tracked()
        if name.startswith("plots/") and name.count("/") > 1
    }
    assert committed == set(NETWORKS)
    metrics = {Path(name).stem for name in tracked() if name.startswith("metrics/")}
    assert metrics == {*NETWORKS, "data", "search"}


@pytest.mark.digits
def test_few_metrics_are_declared() -> None:
    for name in NETWORKS:
        assert [path_of(out) for out in STAGES[f"evaluate@{name}"].outs if out.metric] == [
            f"metrics/{name}.json"
        ]
        content = PARSER.load(ROOT / "metrics" / f"{name}.json")
        assert set(content) == {name}
        assert len(content[name]) <= 8
    assert not any(
        out.metric for name, stage in STAGES.items() if "evaluate" not in name for out in stage.outs
    )


@pytest.mark.digits
def test_git_stores_what_dvc_does_not() -> None:
    found = [(path_of(out), out.use_cache) for stage in STAGES.values() for out in stage.outs]
    assert {path for path, is_cached in found if not is_cached} <= set(tracked())
    cached = [path for path, is_cached in found if is_cached]
    assert not [
        name for name in tracked() for path in cached if name == path or name.startswith(f"{path}/")
    ]


def lines(name: str) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


def test_the_graph_stays_small() -> None:
    assert lines("dvc.yaml") <= 220


@pytest.mark.digits
def test_the_lock_file_stays_small() -> None:
    assert lines("dvc.lock") <= 750 + 140 * (len(NETWORKS) - 3)


def test_picture_of_the_graph_is_current() -> None:
    """The report tells docs/graph.mmd; `make graph` writes it."""
    drawn = (ROOT / "docs/graph.mmd").read_text(encoding="utf-8")
    assert Project(ROOT).run("python", "-m", "commands.graph").stdout.strip() == drawn.strip()
    assert ("check", "load") in graph.edges(drawn)


def test_imports_go_one_way() -> None:
    forbidden = {"mlp": "stages|commands", "stages": "stages|commands", "commands": "stages"}
    for folder, others in forbidden.items():
        for path in ROOT.glob(f"{folder}/**/*.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(rf"^(from|import) ({others})\b", text, re.MULTILINE), path


def test_packages_form_no_cycle() -> None:
    edges: dict[str, set[str]] = {}
    for path in ROOT.glob("mlp/*/**/*.py"):
        package = path.relative_to(ROOT / "mlp").parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mlp."):
                edges.setdefault(package, set()).add(str(node.module).split(".")[1])
    for package, others in edges.items():
        others.discard(package)
    assert list(graphlib.TopologicalSorter(edges).static_order())


def test_every_package_says_what_is_in_it_and_who_uses_it() -> None:
    for path in ROOT.glob("mlp/*/__init__.py"):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert re.search("[Uu]sed by|command|stage", text), path
    assert [path.name for path in ROOT.glob("mlp/*.py")] == ["__init__.py"]


def test_the_unit_tests_mirror_the_packages() -> None:
    packages = {path.parent.name for path in ROOT.glob("mlp/*/__init__.py")}
    rooms = {path.name for path in ROOT.glob("tests/unit/*") if list(path.glob("**/test_*.py"))}
    assert rooms <= packages | {"benchmarks"}
    assert not list(ROOT.glob("tests/unit/*.py"))


@pytest.mark.parametrize("name", ["compare", "gate"])
def test_compare_and_gate_import_nothing_heavy(name: str) -> None:
    code = (
        f"import sys, commands.__main__, commands.{name}\n"
        "print({'sklearn', 'matplotlib', 'onnxruntime', 'dvc'} & set(sys.modules))"
    )
    assert Project(ROOT).run("python", "-c", code).stdout == "set()\n"


HEAVY = {
    "dask",
    "dvc",
    "joblib",
    "jinja2",
    "loky",
    "matplotlib",
    "networkx",
    "onnx",
    "onnxruntime",
    "pandas",
    "pyarrow",
    "pydantic",
    "scipy",
    "skl2onnx",
    "sklearn",
}
LEARNING = {"joblib", "pandas", "scipy", "sklearn"}  # scikit-learn imports the others
# The heavy packages that a stage may load before it begins; others it loads late, or not at all.
DIET = {
    "check": {"pydantic"},
    "load": {"pandas", "pyarrow", "pydantic"},
    "split": {"pyarrow", "pydantic"} | LEARNING,
    "search": {"pyarrow", "pydantic"} | LEARNING,
    "summary": {"matplotlib", "pandas", "pyarrow"},
    "train": {"onnx", "onnxruntime", "pyarrow", "pydantic", "skl2onnx"} | LEARNING,
    "evaluate": {"onnx", "onnxruntime", "pyarrow"},
    "report": {"jinja2"},
    "crossval": {"joblib", "onnx", "onnxruntime", "pandas", "pyarrow", "pydantic"},
    "evidence": set(),
    "repeat": {"joblib", "onnx", "onnxruntime", "pyarrow", "pydantic"},
}


def test_every_stage_has_its_diet() -> None:
    assert set(DIET) == set(ENTRIES)


@pytest.mark.parametrize("name", DIET)
def test_a_stage_imports_what_it_needs(name: str) -> None:
    code = f"import sys, stages.{name}\nprint(*sys.modules)"
    loaded = set(Project(ROOT).run("python", "-c", code).stdout.split())
    assert loaded & HEAVY == DIET[name]
    assert "matplotlib.pyplot" not in loaded
