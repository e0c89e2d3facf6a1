"""`mlp repair`: what it finds, when it mends that, and what it leaves alone."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from project import environment, started

from commands.__main__ import main

OLD = "schema: '2.0'\nstages:\n  split:\n    cmd: old\n    outs:\n    - path: data/train\n      md5: a1\n"
NEW = OLD.replace("old", "new")
DVCS = ".dvc/cache/files/md5/ab/.0123456789abcdefghij-_.tmp"
OURS = "data/.0123456789abcdef.partial"
RWLOCK = ".dvc/tmp/rwlock"
KILLED = "error: A run was killed here: `make repair`, or `mlp repair`, mends that.\n"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project whose commit has a lock file; the current one is gate/."""
    for name, text in {
        "dvc.yaml": "",
        "params.yaml": "",
        "dvc.lock": OLD,
        "gate/dvc.lock": OLD,
        "data/.fedcba9876543210.partial": "tracked",
    }.items():
        write(tmp_path / name, text)
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Start"]):
        subprocess.run(["git", *words], cwd=tmp_path, env=environment(), check=True)
    (tmp_path / ".dvc/tmp").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "gate")
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `mlp repair`, and return its exit code and what it wrote."""

    def call(*words: str) -> tuple[int, str]:
        code = main(["repair", *words])
        written = capsys.readouterr()
        return code, written.out + written.err

    return call


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def test_nothing_to_mend(project: Path, run: Run) -> None:
    write(project / "data/notes.tmp", "of a person")
    write(project / f"elsewhere/{Path(OURS).name}", "no output is here")
    write(project / RWLOCK, f'{{"write": {{"x": {ENTRY.replace("PID", str(2**22 + 1))}}}}}')
    before = files(project)
    for words in ([], ["--dry-run"], ["--yes"]):
        assert run(*words) == (0, "Nothing needs mending.\n")
    assert files(project) == before


@pytest.mark.parametrize("lock", ["dvc.lock", "gate/dvc.lock"])
@pytest.mark.parametrize("kept", [True, False])
def test_a_lock_file_is_restored(project: Path, run: Run, lock: str, *, kept: bool) -> None:
    """From the copy, or else from git."""
    write(project / lock, NEW)
    if kept:
        assert run("--keep") == (0, "")
    write(project / lock, NEW[:50])
    source = "the copy that the last run by make kept" if kept else "the last commit"
    damaged = f".dvc/tmp/readable/{lock}.damaged"
    said = f"{lock} is cut off: restore it from {source} ({damaged} keeps it as it is)\n"
    before = files(project)
    assert run() == (1, f"{said}Nothing was changed; `mlp repair --yes` mends it.\n")
    assert run("--dry-run") == (1, said)
    assert run("--keep") == (
        1,
        f"error: {lock} is cut off.\n{KILLED}",
    )
    assert files(project) == before
    assert run("--yes") == (0, f"{said}Mended; `dvc repro` goes on from here.\n")
    mended = before | {lock: NEW if kept else OLD, damaged: NEW[:50]}
    assert files(project) == mended
    assert run("--yes") == (0, "Nothing needs mending.\n")


def test_a_lock_file_that_nothing_has_whole_is_deleted(project: Path, run: Run) -> None:
    write(project / ".dvc/tmp/readable/dvc.lock", OLD[:50])
    subprocess.run(["git", "rm", "--quiet", "dvc.lock"], cwd=project, check=True)
    subprocess.run(
        ["git", "commit", "--quiet", "--message", "Less"],
        cwd=project,
        env=environment(),
        check=True,
    )
    write(project / "dvc.lock", "")
    code, said = run("--yes")
    assert (code, said.splitlines()[0]) == (
        0,
        "dvc.lock is empty: delete it, and every stage runs again",
    )
    assert not (project / "dvc.lock").exists()


def test_a_merge_conflict_is_no_killed_run(project: Path, run: Run) -> None:
    write(project / "dvc.lock", f"<<<<<<< HEAD\n{OLD}=======\n{NEW}>>>>>>> other\n")
    code, said = run("--keep")
    assert code == 1
    assert said.splitlines() == [
        "error: dvc.lock holds a merge conflict (<<<<<<<).",
        "error: Take one side of it, and run again: see Merge two branches in CONTRIBUTING.md.",
    ]


def test_a_killed_run_that_nobody_waited_for_is_gone(project: Path, run: Run) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        write(project / RWLOCK, f'{{"write": {{"x": {ENTRY.replace("PID", str(ended.pid))}}}}}')
        said = f"{RWLOCK} names the process {ended.pid}, which has ended: delete it\n"
        assert run("--dry-run") == (1, said)


ENTRY = '{"pid": PID, "cmd": "dvc repro"}'


@pytest.mark.parametrize(
    ("content", "age", "fault"),
    [
        ("", 0, "is empty"),
        ('{"write": {"a', 0, "is cut off or damaged"),
        ("[]", 0, "is cut off or damaged"),
        ('{"other": {}}', 0, "is cut off or damaged"),
        ('{"write": {"a": {"pid": 1}}}', 0, "is cut off or damaged"),
        ('{"read": {"a": {"pid": 1, "cmd": "x"}}}', 0, "is cut off or damaged"),
        ("{}", 0, None),
        (f'{{"write": {{"a": {ENTRY}}}, "read": {{"a": [{ENTRY}]}}}}', 0, None),
        (
            f'{{"write": {{"a": {ENTRY}}}}}',
            10**6,
            "names the process PID, which is another one by now",
        ),
    ],
    ids=range(9),
)
def test_the_list_of_locks(
    project: Path, run: Run, content: str, age: int, fault: str | None
) -> None:
    """PID is a process that lives: this one."""
    path, pid = project / RWLOCK, str(os.getpid())
    write(path, content.replace("PID", pid))
    then = time.time() - age
    os.utime(path, (then, then))
    code, said = run("--yes")
    assert (code, path.exists()) == (0, fault is None)
    if fault:
        assert said.splitlines()[0] == f"{RWLOCK} {fault.replace('PID', pid)}: delete it"


def test_a_lock_by_hard_link_is_deleted_and_one_of_the_kernel_stays(
    project: Path, run: Run
) -> None:
    write(project / ".dvc/tmp/rwlock.lock", " 123\n")
    write(project / ".dvc/tmp/lock", "claim|host|123|456")
    code, said = run("--yes")
    assert code == 0
    assert said.splitlines()[:-1] == [
        ".dvc/tmp/lock is the lock of a process that is gone: delete it"
    ]
    assert (project / ".dvc/tmp/rwlock.lock").exists()


def test_partial_files_are_deleted(project: Path, run: Run) -> None:
    """Even if the lock file that names the outputs is damaged too; a tracked one is a person's."""
    inside = "data/train/model.onnx.0123456789abcdefghijkl.tmp"
    folder = "data/.train.01234567.partial"
    for name in (DVCS, OURS, inside, f"{folder}/model.onnx"):
        write(project / name, "half")
    write(project / "dvc.lock", "")
    before = files(project)
    assert run("--dry-run")[1].splitlines()[1:] == [
        f"{name} was never finished: delete it" for name in (DVCS, OURS, folder, inside)
    ]
    assert run("--yes")[0] == 0
    gone = {DVCS, OURS, inside, f"{folder}/model.onnx"}
    assert files(project) == {k: v for k, v in before.items() if k not in gone} | {"dvc.lock": OLD}


def test_nothing_is_mended_while_a_run_goes_on(project: Path, run: Run) -> None:
    """Its partial files are none, and while it writes a lock file, that may look cut off."""
    write(project / "bin/dvc", "print(flush=True); input()")
    write(project / OURS, "half")
    command = [sys.executable, str(project / "bin/dvc"), "repro"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with started(command, cwd=project / "data", **pipes) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert run("--yes") == (0, "Nothing needs mending.\n")
        write(project / "dvc.lock", "")
        assert run("--keep") == (0, "")
        before = files(project)
        code, said = run("--yes")
        assert code == 2
        assert said == (
            "error: dvc.lock is empty, and a run goes on in this folder "
            f"(process {process.pid}: {' '.join(command)}): end it or wait for it, and then run `mlp repair`.\n"
        )
        assert files(project) == before
    assert run("--yes")[0] == 0
    assert (project / "dvc.lock").read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 1), ("no", 1)])
def test_it_asks_on_a_terminal(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    write(project / "dvc.lock", "")
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda text: asked.append(text) or answer)
    assert run()[0] == code
    assert asked == ["Mend 1 file? [y/N] "]
    assert (project / "dvc.lock").read_text(encoding="utf-8") == ("" if code else OLD)


def test_a_copy_follows_its_file(project: Path, run: Run) -> None:
    copy = project / ".dvc/tmp/readable/dvc.lock"
    for text in (OLD, NEW, OLD):
        write(project / "dvc.lock", text)
        assert run("--keep") == (0, "")
        assert copy.read_text(encoding="utf-8") == text
    (project / "dvc.lock").unlink()
    assert run("--keep") == (0, "")
    assert copy.read_text(encoding="utf-8") == OLD
