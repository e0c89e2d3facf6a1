"""A stage is a contract, and every stage of dvc.yaml and gate/dvc.yaml keeps it.

As scikit-learn's check_estimator does for estimators: the same tests for each, with nothing that is
particular to one. A stage that is added is tested too. All run on small tables with small networks,
first in another process (see run_stages.py), then here; `make faults` has six more tables.
"""

import platform
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import small
from project import ROOT, environment, once, stage
from run_stages import in_order, name_of
from stubs import path_of

from mlp.core import numerics, params_file
from mlp.core.partial import place

on_x86_64 = pytest.mark.skipif(
    platform.machine() not in {"x86_64", "AMD64"}, reason="the kernels are pinned on x86-64 only"
)
STAGES = {name_of(described): described for described in in_order()}
# One of each foreach, whose stages differ in a name: the last, which reads most.
KINDS = {name.partition("@")[0]: name for name in STAGES}
OUTSIDE = {".cache"}  # a speed-up, of which no result depends: docs/scale.md
# Damage that gives another valid file: a project without a network that is searched.
VALID = {("data/search.networks", "empty")}
CANARY, NUMBER = "canary", 0.2700027  # in every cell of two columns of text, and of one of numbers
HOSTILE = {
    "OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "X86_V3",
    "OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2", "PYTHONHASHSEED": "30",
}  # fmt: skip
CORES = (
    "Prescott",
    "Core2",
    "Nehalem",
    "Barcelona",
    "Sandybridge",
    "Haswell",
    "Zen",
    "SkylakeX",
    "Cooperlake",
)
SIMD = ("X86_V3 X86_V4", "X86_V4", "AVX512_ICL", "")
KERNELS = [
    *({"OPENBLAS_CORETYPE": core} for core in CORES),
    *({"NPY_DISABLE_CPU_FEATURES": features} for features in SIMD),
]


TABLES = [small.FEW] + [
    pytest.param(name, marks=pytest.mark.long) for name in small.TABLES if name != small.FEW
]


def write(folder: Path, name: str) -> None:
    """Make a small project, with columns whose values are known again wherever they stand."""
    small.write(folder, name)
    table = pd.read_csv(folder / "data.csv", dtype=str)
    rows = range(len(table))
    table.insert(0, "guest", [f"{CANARY} {row}" for row in rows])
    table.insert(0, "cellar", [f"{CANARY}{row % 3}" for row in rows])
    table.insert(0, "secret", [row + NUMBER for row in rows])
    table.to_csv(folder / "data.csv", index=False)
    params = params_file.parse(folder / "params.yaml")
    params["load"] |= {"drop": [*params["load"]["drop"], "guest"], "categories": "onehot"}
    params_file.write(folder / "params.yaml", params)


@pytest.fixture(scope="module", params=TABLES)
def table(request: pytest.FixtureRequest) -> str:
    """The name of a table."""
    return str(request.param)


@pytest.fixture(scope="module")
def first(table: str, shared: Path) -> Path:
    """A folder with ``project``, in which every stage ran in order, and ``log``, what they did."""
    return once(shared / f"stages {table}", lambda folder: run_all(folder, table, **HOSTILE))


def run_all(folder: Path, table: str, **env: str) -> None:
    """Run every stage in a process of its own, with the environment of a user who has set nothing."""
    write(folder / "project", table)
    words = ["tests/run_stages.py", str(folder / "project"), str(folder / "log")]
    variables = environment(PYTHONPATH=f"{ROOT}:{ROOT / 'tests'}", **env)
    for name in numerics.X86_64_PINS.keys() | numerics.THREAD_PINS.keys():
        if name not in env:
            variables.pop(name, None)
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def project(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, which every test leaves as it was."""
    copy = tmp_path_factory.mktemp("stages") / "project"
    return Path(shutil.copytree(first / "project", copy))


def log(first: Path, name: str, kind: str) -> list[str]:
    """Return what a stage, or any, opened, the sockets that it used, or the kernels, in a run."""
    of_stage, found = "", []
    for line in (first / "log").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("\t")
        if key == "stage":
            of_stage = value
        elif key == kind and name in {"", of_stage}:
            found.append(value)
    return found


def content(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files of a project."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder): path for path in paths}
    return {str(at): path.read_bytes() for at, path in files.items() if at.parts[0] not in OUTSIDE}


def run(name: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    _, _, module, *words = shlex.split(STAGES[name].cmd)
    return stage(folder, module.removeprefix("stages."), *words)


def is_below(path: str, places: list[Any]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in map(path_of, places))


@pytest.mark.parametrize("name", STAGES)
def test_run_again_it_writes_the_same_bytes_and_nothing_else(name: str, project: Path) -> None:
    """In another process, with another hash seed, over its own outputs: idempotent and deterministic."""
    before = content(project)
    done = run(name, project)
    assert done.returncode == 0, done.stderr
    assert content(project) == before
    assert any(is_below(path, STAGES[name].outs) for path in before)


@on_x86_64
@pytest.mark.long
@pytest.mark.parametrize(
    ("table", "kernels"),
    [(small.FEW, kernels) for kernels in KERNELS] + [("diabetes", KERNELS[i]) for i in (0, 4, 9)],
    indirect=["table"],
    ids=str,
)
def test_no_kernel_of_this_processor_changes_a_byte(
    kernels: dict[str, str], table: str, project: Path, tmp_path: Path
) -> None:
    """Of those that OpenBLAS and NumPy would take on older and newer processors."""
    run_all(tmp_path, table, **kernels)
    assert content(tmp_path / "project") == content(project)
    assert log(tmp_path, "", "kernel") == ["Haswell"]


@on_x86_64
def test_every_stage_ran_on_the_pinned_kernel(first: Path) -> None:
    """Whatever the environment asked for: a process without the pins would use Prescott's."""
    assert log(first, "", "kernel") == ["Haswell"]


@pytest.mark.parametrize("name", KINDS.values())
def test_alone_it_writes_what_it_declares(name: str, project: Path, tmp_path: Path) -> None:
    """Without its outputs, and next to those of all other stages, of which it changes none."""
    copy = Path(shutil.copytree(project, tmp_path / "project"))
    before = content(copy)
    written = {path for path in before if is_below(path, STAGES[name].outs)}
    for path in written:
        (copy / path).unlink()
    assert run(name, copy).returncode == 0
    assert content(copy) == before


def test_no_file_is_written_but_outputs(table: str, first: Path, tmp_path: Path) -> None:
    write(tmp_path, table)
    outs = [out for described in STAGES.values() for out in described.outs]
    made = content(first / "project").keys() - content(tmp_path).keys()
    assert {path for path in made if not is_below(path, outs)} == set()
    assert {out for out in map(path_of, outs) if not (first / "project" / out).exists()} == set()


def test_what_git_stores_holds_no_value_of_a_feature(project: Path) -> None:
    """Data stay with DVC: git has labels, predictions and sums alone."""
    outs = [out for described in STAGES.values() for out in described.outs]
    in_git = [path_of(out) for out in outs if not out.use_cache]
    assert len(in_git) > 20
    texts = {path: (project / path).read_text(encoding="utf-8") for path in in_git}
    signs = (CANARY, str(NUMBER).removeprefix("0."))
    assert [path for path, text in texts.items() if any(sign in text for sign in signs)] == []
    assert CANARY.encode() in (project / "data/schema.json").read_bytes()  # as DVC's files do


@pytest.mark.parametrize("name", STAGES)
def test_it_asks_no_network(name: str, first: Path) -> None:
    assert log(first, name, "socket") == []


def inputs(name: str, first: Path) -> list[str]:
    """Return the files of the project that a stage opened and does not write.

    Of the files that are there for each network, in plots and among the figures, one is enough.
    """
    folder, described = (first / "project").resolve(), STAGES[name]
    opened = {place(Path(path)) for path in log(first, name, "open")}
    inside = {str(path.relative_to(folder)) for path in opened if path.is_relative_to(folder)}
    own = [path for path in inside if not is_below(path, described.outs)]
    one_of_each = {re.sub(r"(figures|plots)/\w+/", "", path): path for path in sorted(own)}
    return [path for path in one_of_each.values() if Path(path).parts[0] not in OUTSIDE]


def damaged(path: Path) -> Iterator[str]:
    """Yield what is wrong with a file, one damage after the other, and mend it at the end."""
    whole = path.read_bytes()
    path.unlink()
    yield "missing"
    half = len(whole) // 2
    while whole[half - 1 : half] == b"\n":  # at the end of a line the rest may be a valid file
        half += 1
    for kind, length in [("empty", 0), ("cut in half", half), ("cut at the end", len(whole) - 1)]:
        path.write_bytes(whole[:length])
        yield kind
    path.write_bytes(whole)


@pytest.mark.parametrize("name", KINDS.values())
def test_a_missing_or_cut_input_is_one_sentence(name: str, first: Path, project: Path) -> None:
    """Or it changes nothing, as the lost last character of a YAML file does."""
    paths = inputs(name, first)
    assert paths
    for path in paths:
        for kind in damaged(project / path):
            before = content(project)
            done = run(name, project)
            after = content(project)
            if done.returncode:
                assert done.returncode == 1
                said = rf"(error: .*{re.escape(path)}.*\n)+"
                assert re.fullmatch(said, done.stderr), (path, kind, done.stderr)
            assert after == before or (path, kind) in VALID, (path, kind)
            for file in before.keys() & after.keys():
                if after[file] != before[file]:
                    (project / file).write_bytes(before[file])
