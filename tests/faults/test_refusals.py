"""Wrong input through DVC: one sentence, exit code 1, and nothing lost.

Two tests run DVC's command line and its stages in processes, and the others call them.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from project import ROOT, Project, checkout, environment, started

from mlp.core import params_file
from mlp.gate.params import TIMELESS


def results(project: Project) -> dict[str, bytes]:
    """Return every result, but what the stage check writes anew each time."""
    folders = [project.path / name for name in ("data", "metrics", "plots")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    marks = {"environment.json", "search.networks"}
    return {str(path): path.read_bytes() for path in paths if path.name not in marks}


def assert_refused(done: subprocess.CompletedProcess[str], sentence: str, stage: str) -> None:
    assert f"error: {sentence}\n" in done.stderr
    assert f"failed to reproduce '{stage}'" in done.stderr
    assert "exited with 1" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


RATE = "params.yaml: mlp.learning_rate_init is -1; it should be greater than 0."


@pytest.mark.slow
def test_a_wrong_parameter_costs_no_result(copy: Project) -> None:
    """By the real command line, and back."""
    before = results(copy)
    assert len(before) > 20
    copy.put("mlp.learning_rate_init", -1)
    done = copy.run("dvc", "repro", code=255)  # DVC's own code for a stage that failed
    assert_refused(done, RATE, "check")
    assert results(copy) == before
    copy.run("git", "checkout", "params.yaml")
    copy.dvc("repro")
    assert results(copy) == before
    assert copy.run("git", "status", "--short").stdout == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("split.sede", 0, "split.sede is not a known key; did you mean seed?"),
        ("rapport", {}, "rapport is not a known key; did you mean report?"),
    ],
)
def test_a_wrong_key_costs_no_result(copy: Project, key: str, value: object, sentence: str) -> None:
    before = results(copy)
    copy.put(key, value)
    assert_refused(copy.dvc("repro", code=255), f"params.yaml: {sentence}", "check")
    assert results(copy) == before


@pytest.mark.slow
def test_a_source_that_is_not_there_costs_no_result(copy: Project) -> None:
    before = results(copy)
    copy.put("load.source", "stages/sources/nope.py")
    done = copy.dvc("repro", code=255)
    assert "stages/sources/nope.py" in done.stderr
    assert results(copy) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "changes", "sentence"),
    [
        (
            "x,y,kind\n1,2\n",
            {},
            "mine.csv, line 2: there are 2 fields, but 3 in the header.",
        ),
        (
            "x,kind\n" + "1,a\n2,b\n" * 9,
            {"split.group": "patient"},
            "split.group: there is no column 'patient'; the columns are 'x', 'kind'.",
        ),
        (
            "x,kind\n" + "1,a\n2,b\n" * 9,
            {"crossval.folds": 10},
            "crossval.folds is 10, but the commonest class, a, has 9 rows; lower crossval.folds.",
        ),
        (
            "x,kind\n" + "1,a\n2,b\n" * 9 + "3,c\n" * 3,
            {"search.cv": 4},
            "search.cv is 4, but class c has 2 in the train split; lower search.cv, give the class more rows, or leave it out.",
        ),
    ],
)
def test_data_that_cannot_be_split_cost_no_result(
    content: str, changes: dict[str, object], sentence: str, copy: Project
) -> None:
    before = results(copy)
    (copy.path / "mine.csv").write_text(content, encoding="utf-8")
    yours = {"load.source": "mine.csv", "load.target": "kind", "load.image_shape": None}
    for key, value in {**yours, **changes}.items():
        copy.put(key, value)
    done = copy.dvc("repro", code=255)
    assert_refused(done, sentence, "load")
    assert results(copy) == before


@pytest.mark.slow
def test_folds_that_the_same_rows_do_not_allow_cost_no_result(copy: Project) -> None:
    before = results(copy)
    copy.put("crossval.folds", 1798)
    sentence = (
        "crossval.folds is 1798, but the commonest class, 3, has 183 rows; lower crossval.folds."
    )
    assert_refused(copy.dvc("repro", code=255), sentence, "split")
    assert results(copy) == before


@pytest.mark.slow
def test_a_source_that_ends_its_process_never_leaves_the_earlier_data_as_its_own(
    copy: Project,
) -> None:
    before, lock = results(copy), (copy.path / "dvc.lock").read_text(encoding="utf-8")
    (copy.path / "mine.py").write_text("import os\ndef load():\n    os._exit(0)\n")
    copy.put("load.source", "mine.py")
    done = copy.dvc("repro", code=255)
    sentence = "mine.py ended the process with exit code 0; load() should return a DataFrame."
    assert_refused(done, sentence, "load")
    assert results(copy) == before
    locked = (copy.path / "dvc.lock").read_text(encoding="utf-8")
    assert locked.partition("  load:")[2] == lock.partition("  load:")[2]


@pytest.mark.slow
def test_a_parameter_never_reaches_a_shell(copy: Project) -> None:
    hostile = "x'; touch broken; echo '.py"
    copy.put("load.source", hostile)
    shutil.copy(copy.path / "stages/sources/digits.py", copy.path / hostile)
    copy.run("dvc", "repro")
    assert not (copy.path / "broken").exists()


def stage(*argv: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *argv]
    env = environment(PYTHONPATH=str(ROOT))
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def outputs_of_check(folder: Path) -> list[str]:
    names = {"--lock": "lock", "--versions": "versions.json", "--searched": "networks"}
    return [word for flag, name in names.items() for word in (flag, str(folder / name))]


def test_a_missing_input_is_named(tmp_path: Path) -> None:
    done = stage("stages.check", "--params", "none.yaml", *outputs_of_check(tmp_path))
    assert (done.returncode, done.stderr) == (1, "error: none.yaml: No such file or directory.\n")


def test_a_version_that_is_not_the_locked_one_is_said(tmp_path: Path) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    (tmp_path / "lock").write_text(lock.replace("\nscipy==", "\nscipy==0."), encoding="utf-8")
    done = stage("stages.check", "--params", "params.yaml", *outputs_of_check(tmp_path))
    assert done.returncode == 0
    assert done.stderr.startswith("warning: scipy ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("time", "evidence"), [("day", "oof"), ("day", "test"), (None, "oof")])
def test_a_gate_that_does_not_see_the_newest_rows_is_said(
    tmp_path: Path, time: str | None, evidence: str
) -> None:
    content = params_file.parse(ROOT / "params.yaml")
    content["split"] |= {"time": time, "stratify": False}
    content["gate"]["evidence"] = evidence
    (tmp_path / "params.yaml").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "lock").write_bytes((ROOT / "requirements.lock").read_bytes())
    words = ["--params", str(tmp_path / "params.yaml"), *outputs_of_check(tmp_path)]
    done = stage("stages.check", *words)
    blind = (time, evidence) == ("day", "oof")
    assert (done.returncode, done.stderr) == (0, f"warning: {TIMELESS}\n" if blind else "")


def test_a_python_without_the_packages_is_said(tmp_path: Path) -> None:
    for name in ("mlp", "stages"):
        shutil.copytree(ROOT / name, tmp_path / name)
    argv = [sys.executable, "-S", "-m", "stages.check"]  # -S: no site-packages
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "lacks the project's packages; run `make repro`" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_while_training_leaves_no_model(tmp_path: Path) -> None:
    """scikit-learn answers Ctrl-C with a half-trained network, which DVC would take for a whole."""
    project = checkout(tmp_path / "project")
    long = (
        "networks: {mlp: params.yaml}\n"
        "mlp: {hidden_layer_sizes: [50], random_state: 0, scale: none, max_iter: 1000000, tol: 0}\n"
    )
    (project.path / "params.yaml").write_text(
        long.replace("tol: 0", "tol: 0, n_iter_no_change: 1000000")
    )
    env = project.env | {"PYTHONUNBUFFERED": "1"}
    script = (
        "import pyarrow as pa; from mlp.core import dataset, dataset_file; from pathlib import Path\n"
        "table = pa.table({'x': [float(i) for i in range(400)], 'label': ['a', 'b'] * 200})\n"
        "columns = dataset.Columns('label', ['x'], [], 'none')\n"
        "dataset_file.write(table, columns, Path('train.parquet'))"
    )
    subprocess.run([sys.executable, "-c", script], cwd=project.path, env=env, check=True)
    argv = "--params params.yaml --name mlp --train train.parquet --model trained"
    command = [sys.executable, "-m", "stages.train", *argv.split()]
    with started(
        command,
        cwd=project.path,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("epoch 20:"):
                break
        # Python drops an interrupt that meets a finalizer; a person then presses Ctrl-C again.
        for _ in range(6):
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                _, errors = process.communicate(timeout=20)
                break
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert not list(project.path.glob("*trained*"))
