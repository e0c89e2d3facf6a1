"""Which revisions a change can be compared with, in repositories of a few commits."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from project import environment

from mlp.core.errors import InputError
from mlp.history import candidates, revisions
from mlp.history.revisions import Revision

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


def first() -> Revision | None:
    return next(candidates.candidates(None), None)


def found(tagged: str | None = None) -> list[tuple[str, str]]:
    """Return the hash of every candidate, and why it is one."""
    return [(revision.sha, revision.why) for revision in candidates.candidates(tagged)]


def test_a_branch_is_compared_with_where_it_left_main(git: Git) -> None:
    left = commit(git, "one")
    git("checkout", "--quiet", "-b", "branch")
    commit(git, "two")
    git("checkout", "--quiet", "main")
    commit(git, "three")
    git("checkout", "--quiet", "branch")
    assert first() == Revision(left, left[:7], "where this branch left main", "main")


def test_main_is_compared_with_the_commit_before(git: Git) -> None:
    one = commit(git, "one")
    commit(git, "two")
    assert first() == Revision(one, one[:7], "the commit before the last", "HEAD^")


def test_changed_files_on_main_are_compared_with_the_last_commit(git: Git) -> None:
    commit(git, "one")
    last = commit(git, "two")
    Path("file").write_text("three", encoding="utf-8")
    assert found()[0] == (last, "the last commit, whose files were changed since")


def test_a_merge_on_main_is_compared_with_its_first_parent(git: Git) -> None:
    commit(git, "one")
    git("checkout", "--quiet", "-b", "branch")
    commit(git, "two")
    git("checkout", "--quiet", "main")
    git("commit", "--quiet", "--allow-empty", "--message", "three")
    first_parent = git("rev-parse", "HEAD")
    git("merge", "--quiet", "--no-edit", "branch")
    assert found()[0][0] == first_parent


def test_a_detached_head(git: Git) -> None:
    one = commit(git, "one")
    commit(git, "two")
    git("checkout", "--quiet", "--detach")
    assert found()[0][0] == one


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
    assert found()[0][0] == main


def test_own_commits_on_main_are_newer_than_those_of_origin(
    git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clone, commit on main, branch: first where it left the local main, then where origin's."""
    theirs = commit(git, "one")
    clone(git, monkeypatch)
    mine = commit(git, "own data")
    of_origin = (theirs, "where this branch left origin/HEAD")
    assert found() == [of_origin]  # on main, before HEAD^, which is the same commit
    git("tag", "gate-baseline")
    Path("file").write_text("edited", encoding="utf-8")
    assert found() == [(mine, "the last commit, whose files were changed since"), of_origin]
    git("checkout", "--quiet", "-b", "branch")
    changed = commit(git, "a change")
    assert found() == [(mine, "where this branch left main"), of_origin]
    git("tag", "v2", changed)
    assert found("v2") == [*found(), (changed, "the tag v2")]
    assert found("gate-baseline") == found()  # it is where the branch left main


def test_origin_that_is_ahead_is_newer_than_the_local_main(
    git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = commit(git, "one")
    clone(git, monkeypatch)
    monkeypatch.chdir("../repository")
    new = commit(git, "two")
    monkeypatch.chdir("../clone")
    git("fetch", "--quiet")
    git("checkout", "--quiet", "-b", "branch", "origin/main")
    commit(git, "a change")
    whys = ("where this branch left origin/HEAD", "where this branch left main")
    assert found() == [(new, whys[0]), (old, whys[1])]


def test_a_branch_that_is_merged_into_main_is_not_compared_with_itself(git: Git) -> None:
    one = commit(git, "one")
    git("checkout", "--quiet", "-b", "branch")
    commit(git, "two")
    git("branch", "--quiet", "--force", "main")
    assert found() == [(one, "the commit before the last")]


EXPERIMENT = "tidal-weft"


def experiment(git: Git, baseline: str, text: str) -> str:
    """Make a commit that only the reference of an experiment holds, and return its hash."""
    tree = git("rev-parse", "HEAD^{tree}")
    made = git("commit-tree", tree, "-p", baseline, "-m", text)
    git("update-ref", f"refs/exps/{baseline[:2]}/{baseline[2:]}/{EXPERIMENT}", made)
    return made


def test_an_experiment_of_dvc_has_a_name(git: Git) -> None:
    one = commit(git, "one")
    git("update-ref", f"refs/exps/exec/{EXPERIMENT}", one)  # DVC's own, not an experiment
    with pytest.raises(InputError, match="is not a revision"):
        revisions.named(EXPERIMENT)
    old = experiment(git, one, "an experiment")
    two = commit(git, "two")
    assert revisions.named(EXPERIMENT) == Revision(old, f"{EXPERIMENT} ({old[:7]})")
    new = experiment(git, two, "another of the same name")
    assert revisions.named(EXPERIMENT).sha == new  # made from HEAD
    commit(git, "three")
    with pytest.raises(InputError, match="2 experiments are called tidal-weft; name one by its"):
        revisions.named(EXPERIMENT)
    assert revisions.named(old[:9]).sha == old


def test_nothing_is_before_the_first_commit(git: Git) -> None:
    assert first() is None
    commit(git, "one")
    assert first() is None


def test_a_shallow_clone_says_what_it_lacks(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    one = commit(git, "one")
    commit(git, "two")
    git("tag", "v1", one)
    clone(git, monkeypatch, "--depth", "1")
    brings = "this clone is shallow, and `git fetch --unshallow --tags` fetches the rest"
    with pytest.raises(InputError, match=brings):
        first()
    with pytest.raises(InputError, match=brings):
        revisions.tag("v1")
    with pytest.raises(InputError, match=brings):
        revisions.named(one)
    git("fetch", "--quiet", "--unshallow", "--tags")
    assert revisions.tag("v1") == revisions.named("v1") == Revision(one, f"v1 ({one[:7]})")


def test_a_shallow_branch_says_what_it_lacks(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(git, "one")
    git("checkout", "--quiet", "-b", "branch")
    commit(git, "two")
    git("checkout", "--quiet", "main")
    commit(git, "three")
    clone(git, monkeypatch, "--depth", "1", "--no-single-branch", "--branch", "branch")
    with pytest.raises(InputError, match="have no common ancestor; this clone is shallow"):
        first()


def test_a_repository_without_a_main_branch(git: Git) -> None:
    commit(git, "one")
    git("branch", "--quiet", "--move", "trunk")
    with pytest.raises(InputError, match="there is no branch main or master"):
        first()
    assert revisions.named("trunk").name.startswith("trunk (")
    git("tag", "gate-baseline")
    assert found("gate-baseline") == [(git("rev-parse", "HEAD"), "the tag gate-baseline")]


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
        first()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="git is not installed"):
        first()
