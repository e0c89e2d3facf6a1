"""Copies of this project in other folders, with git and DVC of their own."""

import importlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from compileall import compile_file
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any
from unittest.mock import patch

import dvc_here
from dvc.stage.exceptions import StageCmdFailedError
from filelock import FileLock
from ruamel.yaml import YAML

from commands.__main__ import main
from mlp.core.stage import run

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
ONE_PROCESS = (
    ROOT / "tests/bin"
)  # first on PATH, it has `dvc` call its stages, and so save their start
PACKAGES = ("commands/", "mlp/", "stages/")


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a command: this project's Python first on PATH, git's identity."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DVC_")}
    identity = {"NAME": "Test", "EMAIL": "test@example.org"}
    for who in ("AUTHOR", "COMMITTER"):
        kept |= {f"GIT_{who}_{key}": value for key, value in identity.items()}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # without bytecode every process compiles the project
    kept |= {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "200"}
    return kept | changes


def stage(folder: Path, name: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a stage's command line in this process."""
    return program(folder, f"stages.{name}", *words, **env)


def program(folder: Path, name: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a module as `python -m` does, but in this process, which has imported what it needs.

    That saves most of its time. What is particular to a process of its own is tested elsewhere.
    """
    module = importlib.import_module(name)
    out, err = io.StringIO(), io.StringIO()
    with (
        chdir(folder),
        patch.dict(os.environ, environment(**env), clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            run(lambda: module.main(words))
        except SystemExit as exited:
            code = exited.code
    if isinstance(code, str):  # what Python itself would write and return
        err.write(f"{code}\n")
        code = 1
    return subprocess.CompletedProcess(words, int(code or 0), out.getvalue(), err.getvalue())


def stage_of_dvc(described: Any) -> None:
    """Run the command of a stage in this process, as `stage` does."""
    _, _, module, *words = shlex.split(described.cmd)
    done = stage(Path(described.wdir), module.removeprefix("stages."), *words)
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    if done.returncode:
        raise StageCmdFailedError(described.cmd, done.returncode)


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator["subprocess.Popen[str]"]:
    """Start a command that runs beside the test, and kill it if the test ends first.

    Otherwise a test that is out of time would wait for it.
    """
    with subprocess.Popen(command, text=True, encoding="utf-8", **options) as process:
        try:
            yield process
        finally:
            process.kill()


def on_terminal(command: Sequence[str], folder: Path, **env: str) -> str:
    """Run a command whose output is a terminal, and return what that shows."""
    ours, theirs = os.openpty()
    env = environment(TERM="xterm", **env)
    with started(command, cwd=folder, stdout=theirs, stderr=theirs, env=env) as process:
        os.close(theirs)
        shown = b""
        try:
            while block := os.read(ours, 65536):
                shown += block
        except OSError:  # what Linux raises at the end of a pseudo-terminal
            pass
    os.close(ours)
    assert process.returncode == 0, shown.decode()
    return shown.decode()


class Project:
    """A copy of the project, and commands run in it."""

    def __init__(self, path: Path, env: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.env = dict(env or environment(DVC_SITE_CACHE_DIR=str(path.parent / "site")))

    def run(
        self, *command: str, code: int = 0, given: str | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the project, with a text as its stdin, and check its exit code."""
        done = subprocess.run(
            command,
            cwd=self.path,
            env=self.env | env,
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
        return done

    def mlp(self, *words: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run a command of `mlp` in this process, which has imported what it needs, and check its code.

        None takes any code.
        That saves most of its time. What is particular to a process of its own is tested with `run`.
        """
        return self._here("mlp", words, lambda: main(words), code)

    def dvc(
        self, *words: str, code: int | None = 0, run: dvc_here.Run = stage_of_dvc
    ) -> subprocess.CompletedProcess[str]:
        """Likewise for a command of DVC; for a stage it calls a function: see dvc_here.py."""
        return self._here("dvc", words, lambda: dvc_here.dvc(words, run), code)

    def in_one_process(self) -> "Project":
        """Return the same project, whose commands find a `dvc` that starts no process for a stage."""
        return Project(
            self.path, self.env | {"PATH": f"{ONE_PROCESS}{os.pathsep}{self.env['PATH']}"}
        )

    def _here(
        self, name: str, words: Sequence[str], call: Callable[[], int], code: int | None
    ) -> subprocess.CompletedProcess[str]:
        out, err = io.StringIO(), io.StringIO()
        with (
            chdir(self.path),
            patch.dict(os.environ, self.env, clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
            dvc_here.in_memory(),
        ):
            try:
                found = call()
            except SystemExit as exited:  # argparse's way out
                found = int(exited.code or 0)
        done = subprocess.CompletedProcess(words, found, out.getvalue(), err.getvalue())
        assert code in {None, found}, f"{name} {words}\n{done.stdout}\n{done.stderr}"
        return done

    def commit(self, message: str) -> None:
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", message)

    def copy(self, to: Path) -> "Project":
        """Return a copy with the same git history, cache and results.

        `cp` takes a third of the time of `shutil.copytree`.
        """
        to.parent.mkdir(parents=True, exist_ok=True)
        if shutil.which("cp"):
            subprocess.run(["cp", "-a", str(self.path), str(to)], check=True)
        else:
            shutil.copytree(self.path, to, symlinks=True)
        return Project(to)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one place where a text stands in a file."""
        path = self.path / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {text.count(old)} times: {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def params(self) -> Any:
        """Return the content of params.yaml, comments included."""
        return YAML().load(self.path / "params.yaml")

    def write(self, params: Any) -> None:
        """Write params.yaml."""
        YAML().dump(params, self.path / "params.yaml")

    def put(self, key: str, value: object) -> None:
        """Give a parameter, named by its dotted key, another value in params.yaml."""
        path = self.path / "params.yaml"
        content = section = YAML().load(path)
        *parts, last = key.split(".")
        for part in parts:
            section = section[part]
        section[last] = value
        YAML().dump(content, path)


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made once, by whichever test process comes first."""
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            make(folder)
            (folder / "done").touch()
    return folder


def tracked() -> list[str]:
    """Return the files of this project that git tracks or would track."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def checkout(to: Path) -> Project:
    """Return the project as a fresh clone has it: what git tracks, in a repository of its own.

    It shares this project's bytecode, which holds for files of the same time and size.
    """
    for name in tracked():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to / name)
        if name.startswith(PACKAGES) and name.endswith(".py"):
            bytecode = cache_from_source(name)
            compile_file(ROOT / name, quiet=1)  # if its bytecode is out of date
            (to / bytecode).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / bytecode, to / bytecode)
    project = Project(to)
    project.run("git", "init", "--quiet", "--initial-branch", "main")
    project.commit("Start")
    project.run("git", "gc", "--quiet")  # one pack is copied faster than a file an object
    return project
