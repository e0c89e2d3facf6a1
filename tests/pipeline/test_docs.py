"""What the documentation prints is what its commands print, and every output is described."""

import re
import shlex
import shutil
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image
from project import ROOT, Project, once

# A command of dvc or mlp, and where its output goes.
CALLED = re.compile(
    r"(?P<called>(dvc|mlp) [^|;<>]+?)"
    r"((?P<both> 2>&1)? \| (?P<pipe>.+)|(?P<echo>; echo \"exit code \$\?\")| 2> (?P<file>\w+))?"
)


def sessions(text: str) -> list[tuple[str, str]]:
    """Return the commands of the console blocks and what each is said to print, in order."""
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(blocks), re.MULTILINE)


def pattern(expected: str) -> str:
    """Return a regular expression: the line ... stands for any lines, 0000000 for any commit."""
    parts = re.split(r"^\.\.\.\n", expected, flags=re.MULTILINE)
    whole = r"(?:.*\n)*".join(re.escape(part) for part in parts)
    return whole.replace("0000000", "[0-9a-f]{7}")


def printed(project: Project, command: str, *, in_shell: bool) -> str:
    """Run a command as a reader types it, and return its stdout.

    Without a shell, `dvc` and `mlp` are called in this process (`Project.dvc`, `Project.mlp`), which
    saves half of the time. A shell has what follows a pipe.
    """
    if " && " in command and not in_shell:
        parts = command.split(" && ")
        return "".join(printed(project, part, in_shell=False) for part in parts)
    found = None if in_shell else CALLED.fullmatch(command)
    if found is None:
        return project.in_one_process().run("bash", "-c", command).stdout
    program, *words = shlex.split(found["called"])
    call = project.dvc if program == "dvc" else project.mlp
    done = call(*words, code=None if found["pipe"] or found["echo"] else 0)
    if found["file"]:
        (project.path / found["file"]).write_text(done.stderr, encoding="utf-8")
    if found["echo"]:
        return f"{done.stdout}exit code {done.returncode}\n"
    if found["pipe"]:
        text = done.stderr + done.stdout if found["both"] else done.stdout
        return project.run("bash", "-c", found["pipe"], given=text).stdout
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/gate.md",
        "docs/new-project.md",
        "docs/notebook.md",
        "docs/own-data.md",
        "docs/scale.md",
        "examples/README.md",
    ],
)
def test_sessions(built: Project, copy: Project, shared: Path, name: str) -> None:
    """Every command, in its order, prints what the page says, in a log's 100 characters.

    Those of the README run in a shell. The pages share fits, except where it is about them.
    """
    if name != "docs/scale.md":
        fits = once(
            shared / "fits", partial(shutil.copytree, built.path / ".cache", dirs_exist_ok=True)
        )
        copy.env["MLP_CACHE_DIR"] = str(fits / "fits")
    text = (ROOT / name).read_text(encoding="utf-8")
    found = sessions(text)
    assert len(found) == text.count("\n$ ") > 1
    copy.env["COLUMNS"] = "100"
    for command, expected in found:
        text = printed(copy, command, in_shell=name == "README.md")
        shown = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
        assert re.fullmatch(pattern(expected), shown), f"$ {command}\n{shown}"


@pytest.mark.slow
def test_every_output_and_column_is_described(built: Project) -> None:
    text = (ROOT / "docs/outputs.md").read_text(encoding="utf-8")
    outputs = built.run("git", "ls-files", "metrics", "plots", "gate/oof").stdout.split()
    outputs += [str(p.relative_to(built.path)) for p in built.path.glob("data/**/*.*")]
    for output in outputs:
        name = re.sub(r"(linear|mlp|tuned)(?=[./])", "NAME", output)
        name = re.sub(r"(?<=^data/figures/search/)\w+", "ARGUMENT", name)
        if name.startswith("data/figures/NAME/"):
            name = name.removeprefix("data/figures/NAME/")
        if output.endswith(".gitignore"):
            continue
        assert f"`{name}`" in text, output
        if output.endswith(".csv"):
            section = text.split(f"`{name}`")[1].split("\n## ")[0]
            for column in pd.read_csv(built.path / output).columns:
                described = re.sub(r"fold_\d+", "fold_1", column)
                assert f"`{described}`" in section, f"{output}: {column}"


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/outputs.md",
        "docs/recovery.md",
        "docs/gate.md",
        "docs/glossary.es.md",
        "docs/glossary.md",
        "docs/index.md",
        "docs/new-project.md",
        "docs/notebook.md",
        "docs/notebook.es.md",
        "docs/own-data.md",
        "docs/scale.md",
        "docs/trust.md",
        "SECURITY.md",
        "examples/README.md",
    ],
)
def test_links_and_paths_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert ((ROOT / name).parent / link).exists(), link


@pytest.mark.digits
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screenshots_are_of_the_committed_report(scheme: str) -> None:
    """If not: python -m benchmarks.screenshot."""
    lock = (ROOT / "dvc.lock").read_text(encoding="utf-8")
    recorded = re.search(r"path: data/report.html\n +hash: md5\n +md5: (\w+)", lock)
    assert recorded is not None
    with Image.open(ROOT / f"docs/pictures/report-{scheme}.png") as picture:
        assert picture.info["md5"] == recorded[1]


def test_every_page_says_for_whom_it_is_and_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        if page.name != "index.md":
            assert f"]({page.name})" in index
            third = page.read_text(encoding="utf-8").splitlines()[2]
            assert third.startswith(("*For ", "*Para ")), page.name
