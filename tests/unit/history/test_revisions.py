"""Which revision a change is compared with, in repositories of a few commits."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from project import environment

from mlp.core.errors import InputError
from mlp.history import revisions

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git in an empty repository, which is the current folder."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run(*arguments: str) -> str:
        command = ["git", *arguments]
        return subprocess.run(
            command, env=environment(), capture_output=True, text=True, check=True
        ).stdout.strip()

    run("init", "--quiet", "--initial-branch", "main")
    return run


def commit(git: Git, text: str) -> str:
    Path("file").write_text(text, encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", text)
    return git("rev-parse", "HEAD")


def clone(git: Git, monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
    git("clone", "--quiet", *options, f"file://{Path.cwd()}", "../clone")
    monkeypatch.chdir(Path.cwd().parent / "clone")


def test_a_branch_is_compared_with_where_it_left_main(git: Git) -> None:
    left = commit(git, "one")
    git("checkout", "--quiet", "-b", "branch")
    commit(git, "two")
    git("checkout", "--quiet", "main")
    commit(git, "three")
    git("checkout", "--quiet", "branch")
    found = revisions.previous()
    assert found == revisions.Revision(left, left[:7], "where this branch left main")


def test_main_is_compared_with_the_commit_before(git: Git) -> None:
    first = commit(git, "one")
    commit(git, "two")
    assert revisions.previous() == revisions.Revision(
        first, first[:7], "the commit before the last"
    )


def test_changed_files_on_main_are_compared_with_the_last_commit(git: Git) -> None:
    commit(git, "one")
    last = commit(git, "two")
    Path("file").write_text("three", encoding="utf-8")
    found = revisions.previous()
    assert found is not None
    assert (found.sha, found.why) == (last, "the last commit, whose files were changed since")


def test_a_merge_on_main_is_compared_with_its_first_parent(git: Git) -> None:
    commit(git, "one")
    git("checkout", "--quiet", "-b", "branch")
    commit(git, "two")
    git("checkout", "--quiet", "main")
    git("commit", "--quiet", "--allow-empty", "--message", "three")
    first_parent = git("rev-parse", "HEAD")
    git("merge", "--quiet", "--no-edit", "branch")
    found = revisions.previous()
    assert found is not None
    assert found.sha == first_parent


def test_a_detached_head(git: Git) -> None:
    first = commit(git, "one")
    commit(git, "two")
    git("checkout", "--quiet", "--detach")
    found = revisions.previous()
    assert found is not None
    assert found.sha == first


def test_a_pull_request_as_ci_checks_it_out(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge commit, detached, with main at origin alone: the baseline is main."""
    commit(git, "one")
    git("checkout", "--quiet", "-b", "branch")
    git("commit", "--quiet", "--allow-empty", "--message", "two")
    git("checkout", "--quiet", "main")
    main = commit(git, "three")
    clone(git, monkeypatch)
    git("checkout", "--quiet", "--detach")
    git("branch", "--quiet", "-D", "main")
    git("merge", "--quiet", "--no-edit", "origin/branch")
    found = revisions.previous()
    assert found is not None
    assert found.sha == main


def test_nothing_is_before_the_first_commit(git: Git) -> None:
    assert revisions.previous() is None
    commit(git, "one")
    assert revisions.previous() is None


def test_a_shallow_clone_says_what_it_lacks(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    first = commit(git, "one")
    commit(git, "two")
    git("tag", "v1", first)
    clone(git, monkeypatch, "--depth", "1")
    brings = "this clone is shallow, and `git fetch --unshallow --tags` fetches the rest"
    with pytest.raises(InputError, match=brings):
        revisions.previous()
    with pytest.raises(InputError, match=brings):
        revisions.tag("v1")
    with pytest.raises(InputError, match=brings):
        revisions.named(first)
    git("fetch", "--quiet", "--unshallow", "--tags")
    assert (
        revisions.tag("v1")
        == revisions.named("v1")
        == revisions.Revision(first, f"v1 ({first[:7]})")
    )


def test_a_shallow_branch_says_what_it_lacks(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, "one")
    git("checkout", "--quiet", "-b", "branch")
    commit(git, "two")
    git("checkout", "--quiet", "main")
    commit(git, "three")
    clone(git, monkeypatch, "--depth", "1", "--no-single-branch", "--branch", "branch")
    with pytest.raises(InputError, match="have no common ancestor; this clone is shallow"):
        revisions.previous()


def test_a_repository_without_a_main_branch(git: Git) -> None:
    commit(git, "one")
    git("branch", "--quiet", "--move", "trunk")
    with pytest.raises(InputError, match="there is no branch main or master"):
        revisions.previous()
    assert revisions.named("trunk").name.startswith("trunk (")


@pytest.mark.parametrize("name", ["nope", "--output=x", "HEAD:file", "-h", "", "a b"])
def test_a_name_that_is_no_revision(git: Git, name: str) -> None:
    commit(git, "one")
    with pytest.raises(InputError, match="is not a revision of this repository"):
        revisions.named(name)


def test_a_tag_that_is_not_there(git: Git) -> None:
    commit(git, "one")
    assert revisions.tag("gate-baseline") is None
    assert revisions.tag("main") is None  # a branch is no tag


def test_no_repository_and_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="not in a git repository"):
        revisions.previous()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="git is not installed"):
        revisions.previous()
