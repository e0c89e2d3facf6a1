"""compare and gate on whatever state a repository is in: an answer or a sentence, and no change."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from project import ROOT, Project

from mlp.history import digest
from mlp.report import since

pytestmark = pytest.mark.slow
SCORES, PREDICTIONS = "metrics/tuned.json", "plots/tuned/predictions.csv"
EVIDENCE = "gate/oof/tuned.json"
REPEATS = "gate/repeats/tuned.json"
OLDER = "96edd974756c87afef729800b1c3acc0a4e73143"  # the last commit with all metrics in one file


def snapshot(project: Project) -> dict[str, tuple[int, bytes]]:
    """Return every file with its time and content, but for DVC's own scratch folder."""
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes())
        for path in project.path.rglob("*")
        if path.is_file() and ".dvc/tmp" not in str(path)
    }


def commit_again(project: Project) -> Project:
    """Add a commit with the same results to main."""
    project.run("git", "commit", "--quiet", "--allow-empty", "--message", "Two")
    return project


@pytest.fixture
def two(copy: Project) -> Project:
    """Two commits with the same results, to change at will."""
    return commit_again(copy)


@pytest.fixture(scope="module")
def kept(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two commits with the same results, which no test changes."""
    return commit_again(built.copy(tmp_path_factory.mktemp("kept") / "a copy"))


@pytest.fixture
def lent(kept: Project) -> Iterator[Project]:
    """The same, where a test may edit files that git tracks: they are given back."""
    yield kept
    kept.run("git", "checkout", "--quiet", "--", ".")


def put_result(project: Project, name: str, text: str) -> None:
    """Replace a result as a run would: in its file and in the lock file."""
    path = project.path / name
    old = digest.md5(path)
    path.write_text(text, encoding="utf-8", newline="\n")
    recorded = project.path / ("gate/dvc.lock" if name.startswith("gate/") else "dvc.lock")
    content = recorded.read_text(encoding="utf-8")
    recorded.write_text(content.replace(str(old), str(digest.md5(path))), encoding="utf-8")


def test_the_first_run_has_no_baseline(copy: Project) -> None:
    done = copy.mlp("compare")
    assert done.stdout == "This is the first commit: there is nothing to compare with.\n"
    assert json.loads(copy.mlp("compare", "--json").stdout) == {"nothing": done.stdout[:-1]}
    judged = copy.mlp("gate").stdout
    assert "accuracy min              pass" in judged
    assert judged.count("this is the first commit: there is nothing before it") == 3
    assert re.search(r"^pass: 6 rules hold, 3 not judged\.$", judged, re.MULTILINE)


def test_two_commits_of_the_same_results(two: Project) -> None:
    before = snapshot(two)
    compared = two.mlp("compare").stdout
    assert "(the commit before the last)" in compared
    assert "No parameter and no file that a stage reads." in compared
    assert compared.count("unchanged: every prediction is as before.") == 3
    judged = json.loads(two.mlp("gate", "--json").stdout)
    assert (judged["result"], judged["code"], judged["unjudged"]) == ("pass", 0, [])
    outcomes = {verdict["outcome"] for verdict in judged["verdicts"]}
    assert outcomes == {"pass"}
    seen, then, now, level, tag = judged["notes"]
    assert re.match(
        r"With 5 \+ 5 trainings since \w{7} these losses would be seen \(80 % power\): ", seen
    )
    assert then.startswith("5 of 5 trainings of tuned at ")
    assert now == "5 of 5 trainings of tuned stopped before they converged."
    assert "at most 0.03 + 0.01 + 0.01 = 0.05." in level
    assert tag == "There is no tag gate-baseline, a second baseline that `git tag` would set."
    two.mlp("explain")
    two.mlp("verify", "--quick")
    assert snapshot(two) == before


def test_another_question_has_its_own_tests(lent: Project) -> None:
    judged = lent.mlp("gate", "--question", "file").stdout
    assert "Gate: the file of tuned, judged by its predictions of the test split" in judged
    assert "0 rows broken and 0 fixed of 450 since" in judged
    assert "With 450 test rows a drop of " in judged
    assert "trainings" not in judged
    lent.put("gate.question", "file")
    assert "Gate: the file of tuned" in lent.mlp("gate").stdout


def test_repeated_trainings_that_are_missing_cannot_be_judged(two: Project) -> None:
    """On either side, with the command that makes them, and without falling back on the file."""
    two.run("git", "checkout", "--quiet", "-b", "change")
    (two.path / REPEATS).unlink()
    done = two.mlp("gate", code=2)
    assert f"Cannot judge: the evidence {REPEATS} is missing." in done.stdout
    assert f"Run {RUN_GATE}, so that there are results to judge." in done.stdout
    two.run("git", "checkout", "--quiet", "main")
    two.run("git", "rm", "--quiet", REPEATS)
    two.commit("Lose the repeated trainings")
    two.run("git", "checkout", "--quiet", "change", "--", REPEATS)
    two.commit("Make them again")
    judged = " ".join(two.mlp("gate", code=2).stdout.split())
    assert "brier_score significance cannot judge no repeated trainings to compare with" in judged
    assert f"{REPEATS} of " in judged
    assert "is missing. Check that revision out, run `make gate` with gate.evidence: " in judged
    assert "accuracy min pass" in judged  # what needs no baseline is judged all the same
    compared = " ".join(two.mlp("compare").stdout.split())
    assert f"Is the configuration worse? Cannot judge: {REPEATS} of " in compared
    two.mlp("gate", "--question", "file")


def test_repeated_trainings_from_before_a_change_cannot_be_judged(lent: Project) -> None:
    lent.put("gate.repeats", 4)
    done = lent.mlp("gate", code=2)
    assert "Cannot judge: gate.repeats is 4; the results were made with 5." in done.stdout
    lent.put("gate.repeats", 1)
    error = lent.mlp("gate", code=2).stderr
    assert error.startswith("error: params.yaml: gate.repeats is 1; it should be")


def test_a_worse_configuration_fails(two: Project) -> None:
    """All five trainings got worse, by more than they and the rows differ by luck."""
    scores = json.loads((two.path / REPEATS).read_text(encoding="utf-8"))
    scores["tuned"]["scores"]["brier_score"] = [0.08, 0.085, 0.09, 0.08, 0.085]
    put_result(two, REPEATS, json.dumps(scores))
    two.commit("Make it worse")
    judged = two.mlp("gate", code=1).stdout
    assert re.search(
        r"^brier_score significance +FAIL +mean 0\.\d+ to 0\.084000", judged, re.MULTILINE
    )
    assert "FAIL: 1 of 9 rules failed." in judged
    compared = two.mlp("compare").stdout
    assert re.search(r"^brier_score .* worse$", compared, re.MULTILINE)
    page = two.path / "data/report.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(f"{since.BEGIN}{since.END}</html>", encoding="utf-8")
    two.mlp("report")
    card = (two.path / "data/changes.html").read_text(encoding="utf-8").partition("<details")[0]
    assert "<p>brier_score significance: mean 0." in card  # what failed, at a glance


def test_a_calibration_that_cannot_be_is_said(lent: Project) -> None:
    error = lent.mlp("gate", "--calibrate", "9", code=2).stderr
    assert error == (
        "error: --calibrate 9 is too few: with gate.repeats 5 it takes at least 15 networks, three "
        "times as many.\n"
    )
    error = lent.mlp("gate", "HEAD", "--calibrate", code=2).stderr
    assert error == "error: --calibrate judges no change: leave out REV and --question.\n"
    lent.put("gate", {**MINIMAL, "model": "mlp", "evidence": "test"})
    error = lent.mlp("gate", "--calibrate", code=2).stderr
    assert "gate has no significance, so there is nothing to calibrate" in error
    lent.run("git", "checkout", "--quiet", "params.yaml")
    lent.put("linear.alpha", 0.5)
    error = lent.mlp("gate", "--calibrate", code=2).stderr
    assert "linear.alpha is 0.5; the results were made with" in error
    assert error.endswith("; run `dvc repro` (or `dvc pull`) first.\n")


def test_out_of_fold_evidence(lent: Project) -> None:
    lent.put("gate.evidence", "oof")
    stale = "Cannot judge: gate.evidence is oof; the results were made with test."
    assert stale in lent.mlp("gate", code=2).stdout
    lent.put("gate.question", "file")
    judged = lent.mlp("gate").stdout
    assert "Gate: the file of tuned, judged by its out-of-fold predictions, against" in judged
    assert re.search(
        r"^beats linear +pass +1754 of 1797 rows right, and 1719 with", judged, re.MULTILINE
    )
    assert "With 1797 out-of-fold rows a drop of " in judged
    compared = [lent.mlp("compare", *words).stdout for words in ((), ("--evidence", "test"))]
    assert "With 1797 out-of-fold rows" in " ".join(compared[0].split())
    assert "With 450 test rows" in " ".join(compared[1].split())
    (lent.path / "gate/oof/tuned.csv").unlink()
    done = lent.mlp("gate", code=2)
    assert "Cannot judge: the evidence gate/oof/tuned.csv is missing." in done.stdout
    assert f"Run {RUN_GATE}, so that there are results to judge." in done.stdout


RUN_GATE = "`dvc repro`, then `make gate` (`dvc repro gate/dvc.yaml`)"


def test_evidence_of_another_network_was_never_made(lent: Project) -> None:
    lent.put("gate", {**MINIMAL, "model": "mlp", "evidence": "oof"})
    done = lent.mlp("gate", code=2)
    assert "Cannot judge: the evidence gate/oof/mlp.json is missing." in done.stdout
    compared = lent.mlp("compare").stdout
    assert re.search(r"^Out-of-fold evidence gone since \w{7}: tuned\.$", compared, re.MULTILINE)
    assert "linear\n------\n\nIs the configuration worse? Cannot judge: " in compared
    assert "Is this model file worse on these rows? unchanged: " in compared


MINIMAL = {"beats": ["majority"], "question": "file", "repeats": 5}


def test_evidence_that_is_older_than_the_model_is_not_judged(lent: Project) -> None:
    """`dvc repro` trained anew, and `make gate` has not run since."""
    lock = lent.path / "dvc.lock"
    model = str(digest.md5(lent.path / "data/models/tuned"))
    lock.write_text(
        lock.read_text(encoding="utf-8").replace(model, f"{0:032}.dir"), encoding="utf-8"
    )
    lent.mlp("gate", "--question", "file", "--unchecked")
    lent.put("gate.evidence", "oof")
    lent.put("gate.question", "file")
    stale = "gate/dvc.yaml:crossval@tuned has not run since data/models/tuned changed."
    done = lent.mlp("gate", code=2)
    assert f"Cannot judge: {stale}" in " ".join(done.stdout.split())
    compared = " ".join(lent.mlp("compare", "--unchecked").stdout.split())
    assert f"Out of date: {stale} Run {RUN_GATE}." in compared
    assert stale[:-1] in lent.mlp("verify", "--quick", code=1).stdout


def test_without_a_lock_of_the_gate_there_is_no_evidence(lent: Project) -> None:
    (lent.path / "gate/dvc.lock").unlink()
    lent.mlp("gate", "--question", "file")
    assert "Cannot judge: gate/dvc.lock is missing." in lent.mlp("gate", code=2).stdout
    lent.mlp("verify", "--quick")
    lent.put("gate.evidence", "oof")
    assert "Cannot judge: gate/dvc.lock is missing." in lent.mlp("gate", code=2).stdout
    error = lent.mlp("compare", code=2).stderr
    assert error == "error: gate/dvc.lock of this workspace is missing.\n"


def test_a_tag_is_a_second_baseline(two: Project) -> None:
    two.run("git", "tag", "gate-baseline", "HEAD^")
    alone = two.mlp("gate").stdout  # the tag is the commit before
    assert "gate-baseline" not in alone
    assert "> 0.03" in alone
    two.run("git", "commit", "--quiet", "--allow-empty", "--message", "Three")
    judged = two.mlp("gate").stdout
    assert judged.count("since gate-baseline (") == 4  # three rules, and what would be seen
    assert "> 0.015" in judged  # two baselines share the level 0.03


def test_a_slow_slide_fails_against_the_tag_alone(two: Project) -> None:
    """Each step loses little; together they lose what the gate does not allow."""
    two.put("gate.metrics.accuracy.max_drop", 0.02)
    two.commit("Allow little")
    two.run("git", "tag", "gate-baseline")
    for worse in (0.013, 0.026):
        scores = json.loads((two.path / SCORES).read_text(encoding="utf-8"))
        scores["tuned"]["accuracy"] = 0.975556 - worse
        put_result(two, SCORES, json.dumps(scores))
        two.commit("Lose a little")
    found = json.loads(two.mlp("gate", "--json", code=1).stdout)["verdicts"]
    failed = [verdict["reason"] for verdict in found if verdict["outcome"] == "FAIL"]
    assert len(failed) == 1
    assert "since gate-baseline (" in failed[0]
    assert failed[0].endswith("worse by 0.026000 > 0.020000")


def test_a_detached_head(two: Project) -> None:
    two.run("git", "checkout", "--quiet", "--detach")
    assert "(the commit before the last)" in two.mlp("compare").stdout
    two.mlp("gate")


def test_a_clone_has_what_git_stores_alone(two: Project, tmp_path: Path) -> None:
    """No DVC cache, no data, no remote: the predictions are in git."""
    two.run("git", "clone", "--quiet", str(two.path), str(tmp_path / "clone"))
    clone = Project(tmp_path / "clone")
    clone.mlp("gate")
    page = tmp_path / "page.html"
    clone.put("mlp.alpha", 0.5)
    clone.mlp("compare", "--html", str(page))
    assert "Out of date: mlp.alpha is 0.5" in page.read_text(encoding="utf-8")


def test_a_result_is_read_from_wherever_it_is(two: Project, tmp_path: Path) -> None:
    """From git, from DVC's cache, and from its remote; and it is said where it is nowhere."""
    code = (
        "from mlp.history import results, revisions\n"
        "then = results.at(revisions.named('HEAD'))\n"
        "print(len(then.read('data/schema.json')), then.has('data/schema.json'))"
    )
    expected = f"{(two.path / 'data/schema.json').stat().st_size} True\n"
    two.run("dvc", "remote", "add", "--default", "store", str(tmp_path / "store"))
    two.commit("Add a remote")
    two.run("dvc", "push", "data/schema.json")
    shutil.rmtree(two.path / "data")
    assert two.run("python", "-c", code).stdout == expected
    shutil.rmtree(two.path / ".dvc/cache")
    assert two.run("python", "-c", code).stdout == expected
    shutil.rmtree(tmp_path / "store")
    done = two.run("python", "-c", code.replace("len(then.read('data/schema.json')), ", ""))
    assert done.stdout == "False\n"


def test_pictures_need_the_rows(two: Project, tmp_path: Path) -> None:
    predictions = (two.path / PREDICTIONS).read_text(encoding="utf-8")
    put_result(two, PREDICTIONS, predictions.replace("\n2,2,2,", "\n2,2,7,"))
    page = tmp_path / "page.html"
    two.mlp("compare", "--html", str(page))
    text = page.read_text(encoding="utf-8")
    assert (
        text.count("data:image/png;base64,") == 5
    )  # three matrices, the learning curve and the broken row
    assert "Confusion matrix before: 439 of 450 rows on the diagonal." in text
    assert "The row that was broken." in text
    (two.path / "data/test.parquet").unlink()
    two.mlp("compare", "--html", str(page))
    text = page.read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") == 4
    assert "No rows are drawn: data/test.parquet is missing" in text


def test_a_shallow_clone_says_what_is_missing(two: Project, tmp_path: Path) -> None:
    two.run(
        "git", "clone", "--quiet", "--depth", "1", f"file://{two.path}", str(tmp_path / "clone")
    )
    clone = Project(tmp_path / "clone")
    for command in ("compare", "gate"):
        done = clone.mlp(command, code=2)
        assert done.stderr.startswith(
            "error: the parent of HEAD is not here; this clone is shallow"
        )
    assert done.stdout == ""


def test_a_revision_older_than_the_pipeline(two: Project) -> None:
    two.run("git", "checkout", "--quiet", "--orphan", "old")
    two.run("git", "rm", "-r", "--quiet", "--cached", ".")
    two.run("git", "add", "LICENSE")
    two.run("git", "commit", "--quiet", "--message", "Before")
    two.run("git", "checkout", "--quiet", "--force", "main")
    done = two.mlp("compare", "old")
    assert re.fullmatch(
        r"old \(\w{7}\) has no dvc.yaml: it is older than the pipeline\.\n", done.stdout
    )
    judged = two.mlp("gate", "old").stdout
    assert judged.count("it is older than the pipeline") >= 1
    assert "pass: " in judged


def test_a_revision_of_an_older_layout(two: Project) -> None:
    """Its metrics are in metrics/scores.json; it is from before params.yaml named the networks."""
    if subprocess.run(["git", "cat-file", "-e", OLDER], cwd=ROOT, check=False).returncode:
        pytest.skip("this clone lacks the history")
    two.run("git", "fetch", "--quiet", str(ROOT), f"{OLDER}:refs/heads/older")
    why = f"params.yaml of older ({OLDER[:7]}) has no section networks: its results are stored in an older layout and cannot be compared"
    assert two.mlp("compare", "older", code=2).stderr == f"error: {why}.\n"
    judged = " ".join(two.mlp("gate", "older", code=2).stdout.split())
    assert "accuracy min pass 0.975556 >= 0.9" in judged
    assert f"Cannot judge: {why}." in judged
    two.run("git", "tag", "gate-baseline", "older")
    judged = " ".join(two.mlp("gate", code=2).stdout.split())
    assert f"Cannot judge: params.yaml of gate-baseline ({OLDER[:7]}) has no section" in judged


def add_network(project: Project) -> None:
    """Add a network wide with the results of mlp: its files, parameters and entry in dvc.lock."""
    project.put("networks.wide", "params.yaml")
    project.put("wide", {"hidden_layer_sizes": [50]})
    names = ("metrics/mlp.json", "plots/mlp/details.json", "plots/mlp/predictions.csv")
    entry = "  evaluate@wide:\n    cmd: x\n    outs:\n"
    for name in names:
        copied = project.path / name.replace("mlp", "wide")
        copied.parent.mkdir(exist_ok=True)
        text = (project.path / name).read_text(encoding="utf-8")
        copied.write_text(text.replace('"mlp"', '"wide"'), encoding="utf-8")
        entry += f"    - path: {name.replace('mlp', 'wide')}\n      md5: {digest.md5(copied)}\n"
    with (project.path / "dvc.lock").open("a", encoding="utf-8") as lock:
        lock.write(entry)


def test_networks_that_one_side_lacks(two: Project) -> None:
    add_network(two)
    compared = two.mlp("compare").stdout
    assert re.search(r"^Networks new since \w{7}, so not compared: wide\.$", compared, re.MULTILINE)
    assert compared.count("unchanged: every prediction is as before.") == 3
    two.put("gate.model", "wide")
    judged = " ".join(two.mlp("gate", code=2).stdout.split())
    assert (
        "Cannot judge: networks.wide is params.yaml; the results were made with nothing." in judged
    )
    two.commit("Add a network")
    assert two.mlp("compare", "HEAD").stdout.count("unchanged: every prediction is as before.") == 4
    two.run("git", "checkout", "--quiet", "HEAD^", "--", "params.yaml")  # dvc.lock keeps its stage
    compared = two.mlp("compare", "HEAD").stdout
    assert "\nNetworks gone since HEAD (" in compared
    assert "Out of date" not in compared
    two.mlp("gate", "HEAD^")
    two.run("rm", "-r", "metrics/wide.json", "plots/wide")
    two.commit("Drop the network")
    two.mlp("gate", "HEAD^^")
    two.mlp("verify", "--quick")


def test_edited_files_are_named(two: Project) -> None:
    """Of a folder that stages depend on, those that git finds edited; and none that no stage uses."""
    for name in ("mlp/data/labels.py", "mlp/data/new.py", "mlp/gate/rules.py"):
        with (two.path / name).open("a", encoding="utf-8") as file:
            file.write("# Edited.\n")
    (two.path / "mlp/data/__pycache__").mkdir(exist_ok=True)
    (two.path / "mlp/data/__pycache__/x.pyc").touch()
    found = json.loads(two.mlp("compare", "--json").stdout)
    assert found["files"] == []  # no stage has run since
    edited = ["mlp/data/labels.py", "mlp/data/new.py"]
    assert found["notes"] == [
        f"Out of date: {name} was changed since the results were made. Run `dvc repro`."
        for name in edited
    ]
    recorded = two.path / "dvc.lock"
    text = recorded.read_text(encoding="utf-8")
    (before,) = set(re.findall(r"path: mlp/data\n\s+hash: md5\n\s+md5: (\w+\.dir)", text))
    with chdir(two.path):
        now = digest.md5(Path("mlp/data"))
    recorded.write_text(text.replace(before, str(now)), encoding="utf-8")  # as a run would
    found = json.loads(two.mlp("compare", "--json").stdout)
    assert found["notes"] == []
    assert [(change["name"], change["reran"]) for change in found["files"]] == [
        (name, ["load", "split"]) for name in edited
    ]


ALL = "train@linear, evaluate@linear, train@mlp, evaluate@mlp, train@tuned, evaluate@tuned"
OF_LINEAR, OF_TUNED = (
    ", ".join(f"gate/dvc.yaml:{stage}@{name}" for stage in ("crossval", "evidence", "repeat"))
    for name in ("linear", "tuned")
)
CROSSVAL = ", ".join(
    f"gate/dvc.yaml:{stage}@{name}"
    for name in ("linear", "tuned")
    for stage in ("crossval", "repeat")
)
SCORED = "gate/dvc.yaml:evidence@linear, gate/dvc.yaml:evidence@tuned"
EXPLAINED = {
    "mlp.alpha": ["a change of it runs check, train@mlp.", "Where their outputs change, it then runs evaluate@mlp, report."],
    "search.n_iter": [
        "a change of it runs check, search.",
        "Where their outputs change, it then runs summary, train@tuned, evaluate@tuned, report.",
        f"`make gate` would then run {OF_TUNED}.",
    ],
    "report.errors": [
        "a change of it runs check, evaluate@linear, evaluate@mlp, evaluate@tuned.",
        "Where their outputs change, it then runs report.",
    ],
    "networks.mlp": [
        "a change of it runs check, train@mlp, report.",
        "Where their outputs change, it then runs split, search, summary, evaluate@mlp, train@tuned, evaluate@tuned.",
        f"`make gate` would then run {OF_TUNED}.",
    ],
    "networks.wide": ["a new network runs check, train@wide, evaluate@wide, report."],
    "networks": [
        "a change of it runs check, train@linear, train@mlp, train@tuned, report.",
        "Where their outputs change, it then runs split, search, summary, evaluate@linear, evaluate@mlp, evaluate@tuned.",
        f"`make gate` would then run {OF_LINEAR}, {OF_TUNED}.",
    ],
    "load.source": [
        "a change of it runs check, load.",
        f"Where their outputs change, it then runs split, search, summary, {ALL}, report.",
        f"`make gate` would then run {OF_LINEAR}, {OF_TUNED}.",
    ],
    "load.image_shape": [
        "a change of it runs check, load.",
        f"Where their outputs change, it then runs split, search, summary, {ALL}, report.",
        f"`make gate` would then run {OF_LINEAR}, {OF_TUNED}.",
    ],
    "crossval": ["a change of it runs check, split.", f"`make gate` would then run {CROSSVAL}, {SCORED}."],
    "gate.model": [
        "a change of it runs check.",
        "`make gate` would then make the evidence of another gate.model, if it is new.",
    ],
    "mlp/gate/rules.py": ["a change of it runs check."],
    "mlp/report/page.py": ["a change of it runs check, report."],
    "gate/dvc.yaml": ["a change of a stage's entry runs that stage."],
    "README.md": ["a change of it runs nothing: no stage reads it."],
}  # fmt: skip


@pytest.fixture(scope="module")
def explained(kept: Project) -> str:
    """All that is said of them, by one command, which reads the pipeline once."""
    return kept.mlp("explain", *EXPLAINED).stdout


@pytest.mark.parametrize("key", EXPLAINED)
def test_explained(explained: str, key: str) -> None:
    (lines,) = re.findall(rf"^{key}: .*\n(?:  .*\n)*", explained, re.MULTILINE)
    first, *others = EXPLAINED[key]
    assert lines.splitlines() == [f"{key}: {first}", *(f"  {line}" for line in others)]


def test_nothing_else_is_explained(explained: str) -> None:
    assert re.findall(r"^(\S.*?): ", explained, re.MULTILINE) == list(EXPLAINED)


def test_a_file_in_a_folder_that_a_stage_depends_on_is_explained(kept: Project) -> None:
    first, _, gate = kept.mlp("explain", "mlp/training/fit.py").stdout.splitlines()
    assert first.endswith(
        ": a change of it runs check, search, train@linear, train@mlp, train@tuned."
    )
    assert "gate/dvc.yaml:crossval@tuned" in gate


def test_pending_stages_of_the_gate_are_told_apart(lent: Project) -> None:
    assert lent.mlp("explain").stdout == "Nothing is pending: `dvc repro` would run no stage.\n"
    lent.put("crossval.seed", 7)
    lent.put("mlp.alpha", 0.5)
    said = lent.mlp("explain").stdout
    assert "check would run:\n  params.yaml: modified\n" in said
    assert "train@mlp would run:\n  mlp.alpha: 0.5, was 0.0001\n" in said
    assert (
        "gate/dvc.yaml:crossval@tuned would run by `make gate`:\n  crossval.seed: 7, was 0\n"
        in said
    )
    assert said.endswith(
        "Where their outputs change, it then runs evaluate@mlp, report.\n"
        "`make gate` would then run gate/dvc.yaml:evidence@linear, gate/dvc.yaml:evidence@tuned.\n"
    )


def test_predict_takes_the_networks_of_params(two: Project) -> None:
    header = ",".join(f"pixel_{row}_{column}" for row in range(8) for column in range(8))
    (two.path / "rows.csv").write_text(f"{header}\n{','.join('0' * 64)}\n", encoding="utf-8")

    def predict(*model: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        return two.mlp("predict", "rows.csv", *model, code=code)

    tuned = predict("--model", "tuned").stdout
    assert predict().stdout == predict("--model", "data/models/tuned/model.onnx").stdout == tuned
    two.put("gate.model", "mlp")
    assert predict().stdout == predict("--model", "mlp").stdout != tuned
    assert predict("--model", "tunde", code=1).stderr == (
        "error: 'tunde' is not a network of params.yaml or an ONNX file; did you mean tuned?\n"
    )
    add_network(two)
    error = predict("--model", "wide", code=1).stderr
    assert error.startswith("error: data/models/wide/model.onnx is missing; `dvc repro` makes it")


def test_stale_results_are_not_judged(lent: Project) -> None:
    lent.put("mlp.alpha", 0.5)
    with (lent.path / "mlp/data/splits/splitting.py").open("a", encoding="utf-8") as file:
        file.write("# Edited.\n")
    done = lent.mlp("gate", code=2)
    assert "Cannot judge: mlp.alpha is 0.5; the results were made with 0.0001." in done.stdout
    assert (
        "Cannot judge: mlp/data/splits/splitting.py was changed since the results were made."
        in done.stdout
    )
    assert "Out of date: mlp.alpha is 0.5" in lent.mlp("compare").stdout


def test_an_edited_dvc_yaml_makes_results_stale(lent: Project) -> None:
    lent.edit("dvc.yaml", "python -m stages.check", "python -B -m stages.check")
    lent.edit("dvc.yaml", "    - stages/split.py\n", "    - stages/split.py\n    - README.md\n")
    done = lent.mlp("gate", code=2)
    for name in ("check", "split"):
        assert f"Cannot judge: the entry of {name} in dvc.yaml was changed." in done.stdout
    assert f"Run {RUN_GATE}, so that there are results to judge.\n\ncannot judge.\n" in done.stdout
    assert "the entry of split in dvc.yaml was changed" in lent.mlp("compare").stdout
    assert "the entry of split" in lent.mlp("verify", "--quick", code=1).stdout


def test_a_change_of_the_gate_alone_is_judged_and_shown(lent: Project) -> None:
    lent.put("gate.metrics.accuracy.min", 0.99)
    done = lent.mlp("gate", code=1)
    assert re.search(r"^accuracy min +FAIL +0.975556 < 0.99$", done.stdout, re.MULTILINE)
    assert re.search(r"^gate.metrics.accuracy.min +0.9 +0.99$", done.stdout, re.MULTILINE)
    assert "FAIL: 1 of " in done.stdout


def missing(project: Project) -> None:
    (project.path / SCORES).unlink()


def nan(project: Project) -> None:
    project.edit(SCORES, '"accuracy": 0.975556', '"accuracy": NaN')


def cut_off(project: Project) -> None:
    text = (project.path / SCORES).read_text(encoding="utf-8")
    (project.path / SCORES).write_text(text[:40], encoding="utf-8")


def edited(project: Project) -> None:
    project.edit(SCORES, '"accuracy": 0.975556', '"accuracy": 0.999999')


def null(project: Project) -> None:
    text = (project.path / SCORES).read_text(encoding="utf-8")
    put_result(project, SCORES, text.replace('"accuracy": 0.975556', '"accuracy": null'))


def not_metrics(project: Project) -> None:
    put_result(project, SCORES, "[1, 2]\n")


def no_network(project: Project) -> None:
    put_result(project, SCORES, "{}\n")


def no_column(project: Project) -> None:
    text = (project.path / PREDICTIONS).read_text(encoding="utf-8")
    put_result(project, PREDICTIONS, text.replace("predicted", "guessed", 1))


def no_table(project: Project) -> None:
    put_result(project, PREDICTIONS, "")


def a_row_less(project: Project) -> None:
    text = (project.path / PREDICTIONS).read_text(encoding="utf-8")
    (project.path / PREDICTIONS).write_text("".join(text.splitlines(keepends=True)[:-1]))


BROKEN: list[tuple[Callable[[Project], None], str]] = [
    (missing, "metrics/tuned.json of this workspace is missing."),
    (nan, "metrics/tuned.json of this workspace holds NaN, which is not a number."),
    (cut_off, "metrics/tuned.json of this workspace is cut off or not JSON"),
    (edited, "metrics/tuned.json of this workspace is not what the pipeline wrote"),
    (null, "accuracy is missing, not a number"),
    (not_metrics, "metrics/tuned.json of this workspace should hold metrics below the key tuned."),
    (no_network, "metrics/tuned.json of this workspace should hold metrics below the key tuned."),
    (no_column, "plots/tuned/predictions.csv of this workspace lacks the column predicted."),
    (no_table, "plots/tuned/predictions.csv of this workspace is not a table of predictions"),
    (a_row_less, "plots/tuned/predictions.csv of this workspace is not what the pipeline wrote"),
]


@pytest.mark.parametrize(("spoil", "reason"), BROKEN, ids=[row[0].__name__ for row in BROKEN])
def test_broken_results_fail(lent: Project, spoil: Callable[[Project], None], reason: str) -> None:
    spoil(lent)
    before = snapshot(lent)
    done = lent.mlp("gate", code=1)
    assert reason in " ".join(done.stdout.split())
    assert "Traceback" not in done.stderr
    assert snapshot(lent) == before


def test_broken_results_of_the_baseline_cannot_judge(two: Project) -> None:
    nan(two)
    two.commit("Spoil")
    two.run("git", "checkout", "--quiet", "HEAD^", "--", SCORES)
    two.commit("Mend")
    done = two.mlp("gate", code=2)
    assert "Cannot judge: metrics/tuned.json of " in done.stdout
    assert "holds NaN, which is not a number" in done.stdout
    assert "\ncannot judge.\n" in done.stdout
    error = two.mlp("compare", code=2).stderr
    assert re.match(r"error: metrics/tuned.json of \w{7} holds NaN", error)


def test_other_rows_cannot_be_judged(lent: Project) -> None:
    for name in ("linear", "mlp", "tuned"):
        path = f"plots/{name}/predictions.csv"
        text = (lent.path / path).read_text(encoding="utf-8")
        put_result(lent, path, re.sub(r"^2,2,", "1795,2,", text, flags=re.MULTILINE))
    done = lent.mlp("gate", code=2)
    assert "the rows differ (450 before, 450 now, 449 in common)" in " ".join(done.stdout.split())
    compared = lent.mlp("compare").stdout
    assert "Not comparable: the rows differ (450 before, 450 now, 449 in common)." in compared


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        (
            "gate",
            {"model": "tuned", "evidence": "test", "question": "file", "repeats": 5},
            "gate has no rule",
        ),
        ("gate.metrics.acuracy", {"direction": "higher", "min": 0.5}, "did you mean accuracy?"),
        ("gate.metrics.accuracy", {"direction": "higher"}, "should have one of min, max"),
        ("gate.significance", 5, "gate.significance is 5; it should be less than 1."),
        ("gate.metrics.accuracy.max_drop", 2, "it should be less than or equal to 1."),
        ("gate.metrics.accuracy.direction", "lower", "it should be 'higher'"),
        ("gate.beats", ["linear", "linear"], "beats should name each network once"),
        ("gate.baseline", "-x", "gate.baseline is"),
        ("gate.evidence", "train", "gate.evidence is \"train\"; it should be 'test' or 'oof'."),
        ("gate.model", "linear", "beats should not name linear, the model that is judged"),
        (
            "gate.model",
            "tunde",
            "gate.model is tunde; it should be one of linear, mlp, tuned; did you mean tuned?",
        ),
        ("gate.classes", {"min_support": 3}, "should have one of min_recall, significance"),
    ],
)
def test_wrong_rules(lent: Project, key: str, value: object, sentence: str) -> None:
    lent.put(key, value)
    done = lent.mlp("gate", code=1 if "no rule" in sentence else 2)
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["gait"], "invalid choice: 'gait'"),
        (["gate", "--md", "--json"], "not allowed with argument"),
        (["gate", ""], "error: '' is not a revision of this repository.\n"),
        (["gate", "^HEAD"], "error: '^HEAD' is not a revision of this repository.\n"),
        (["compare", "--html", "params.yaml"], "the name of the page should end in .html"),
        (["compare", "--rows", "-1"], "it should be a number from 0"),
        (["explain", "mlp.nosuch"], "error: 'mlp.nosuch' is not a parameter of params.yaml and not a file.\n"),
        (["verify", "--quick", "--keep", "x"], "not allowed with argument"),
        (["gate", "nope"], "error: 'nope' is not a revision of this repository.\n"),
        (["compare", "--rows", "many"], "it should be a number from 0"),
        (["compare", "--html", "none/page.html"], "should be a file in an existing folder"),
        (["explain", "mlp.alhpa"], "error: 'mlp.alhpa' is not a parameter of params.yaml and not a file; did you mean mlp.alpha?\n"),
        (["explain", "alpha"], "error: 'alpha' is not a parameter of params.yaml and not a file; did you mean mlp.alpha?\n"),
        (["report", "--html", "params.yaml"], "the name of the page should end in .html"),
        (["report", "--html", "none/page.html"], "should be a file in an existing folder"),
        (["verify", "--keep", "docs"], "docs exists; name a folder that does not.\n"),
    ],
)  # fmt: skip
def test_wrong_usage(kept: Project, arguments: list[str], sentence: str) -> None:
    done = kept.mlp(*arguments, code=2)
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["compare", "report", "gate", "explain", "verify"])
def test_help(kept: Project, command: str) -> None:
    assert "Exit code: 0" in kept.mlp(command, "--help").stdout
    assert command in kept.mlp("--help").stdout


def test_outside_a_project(kept: Project, tmp_path: Path) -> None:
    done = Project(tmp_path, kept.env).mlp("gate", code=2)
    assert done.stderr == (
        "error: no folder from here up has dvc.yaml and params.yaml; run mlp in a project.\n"
    )


def test_in_a_folder_of_the_project(two: Project) -> None:
    for folder in ("docs", "gate"):  # gate has a dvc.yaml of its own
        Project(two.path / folder, two.env).mlp("gate")
    Project(two.path / "docs", two.env).mlp("compare", "--html", "page.html")
    assert (two.path / "docs/page.html").exists()


CONFLICT = "<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n"
UNREADABLE = {
    "dvc.lock": ["", "[1, 2]\n", "stages: 5\n", "stages:\n  load: 5\n", "{{{[", "\0\1\2", CONFLICT,
                 "schema: '2.0'\nstages:\n  load:\n    cmd: x\n    outs:\n    - path: a\n      hash:\n"],
    "params.yaml": ["", "[1, 2]\n", "{{{[", CONFLICT, None],
    "dvc.yaml": ["[1, 2]\n", "{{{[", CONFLICT],
}  # fmt: skip
CASES = [(name, text) for name, texts in UNREADABLE.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_a_file_that_cannot_be_read_is_no_traceback(
    lent: Project, name: str, text: str | None
) -> None:
    if text is None:
        (lent.path / name).unlink()
    else:
        (lent.path / name).write_text(text, encoding="utf-8")
    others = [["compare"], ["verify", "--quick"]] if text == CONFLICT else []
    for command in (["gate"], ["explain"], *others):
        done = lent.mlp(*command, code=2)
        said = done.stdout + done.stderr
        if text == CONFLICT and name != "dvc.yaml" and command[0] in {"gate", "compare"}:
            assert "holds a merge conflict (<<<<<<<): resolve it." in said


def test_a_lock_that_lacks_stages_is_found(lent: Project) -> None:
    (lent.path / "dvc.lock").write_text("schema: '2.0'\n", encoding="utf-8")
    assert "does not record metrics/tuned.json; it is cut off" in lent.mlp("gate", code=1).stdout
    assert "the stage evaluate@tuned has not run" in lent.mlp("verify", "--quick", code=1).stdout


def test_a_missing_result_of_git_is_found(two: Project) -> None:
    (two.path / "metrics/search.json").unlink()
    shutil.rmtree(two.path / "data")  # DVC's, which a fresh clone lacks too
    done = two.mlp("verify", "--quick", code=1)
    assert done.stdout == "metrics/search.json is missing\n1 difference\n"


def test_a_tag_of_no_commit_cannot_judge(two: Project) -> None:
    two.run("git", "tag", "gate-baseline", "HEAD:LICENSE")
    done = two.mlp("gate", code=2)
    assert done.stderr == "error: the tag gate-baseline should be of a commit, and is not.\n"


def test_a_project_without_dvc(tmp_path: Path, kept: Project) -> None:
    for name in ("dvc.yaml", "params.yaml"):
        (tmp_path / name).touch()
    for command in ("gate", "compare", "explain", "verify"):
        done = Project(tmp_path, kept.env).mlp(command, code=2)
        assert done.stderr.startswith("error: ")
        assert "Traceback" not in done.stderr


def test_no_output_at_all(kept: Project) -> None:
    for command in ("mlp gate >&-", "mlp compare --json >&-"):
        done = kept.run("bash", "-c", command)
        assert done.stderr == ""


def test_a_missing_lock(lent: Project) -> None:
    (lent.path / "dvc.lock").unlink()
    assert "Cannot judge: dvc.lock is missing." in lent.mlp("gate", code=2).stdout
    assert lent.mlp("compare", code=2).stderr == ("error: dvc.lock of this workspace is missing.\n")
    assert "check would run" in lent.mlp("explain").stdout
    assert "dvc.lock" in lent.mlp("verify", "--quick", code=2).stderr


def test_a_reader_that_stops_early_gets_no_traceback(kept: Project) -> None:
    command = "mlp compare --json | head -c 1"
    done = kept.run("bash", "-c", command)
    assert (done.stdout, done.stderr) == ("{", "")


def test_in_a_process_of_its_own(lent: Project) -> None:
    assert "pass: 9 rules hold." in lent.run("mlp", "gate").stdout
    assert lent.run("python", "-m", "commands", "gate", "nope", code=2).stderr.startswith("error: ")
    lent.put("gate.metrics.accuracy.min", 0.99)
    lent.run("mlp", "gate", code=1)


def test_nothing_slow_is_imported(kept: Project) -> None:
    for command in ("compare", "gate"):
        code = (
            "import sys; from commands.__main__ import main; "
            f"main(['{command}']); print({SLOW} & set(sys.modules))"
        )
        assert kept.run("python", "-c", code).stdout.endswith("\nset()\n")


SLOW = {"sklearn", "matplotlib", "onnxruntime", "dvc", "scipy.stats", "scipy.optimize"}


def test_rotten_cache_is_found(two: Project) -> None:
    """DVC restores an object of mode 0444 unseen, and calls it up to date."""
    model = two.path / "data/models/mlp/model.onnx"
    md5 = str(digest.md5(model))
    kept = two.path / ".dvc/cache/files/md5" / md5[:2] / md5[2:]
    assert "hashed: every" in two.mlp("verify", "--quick").stdout
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes()[:-1] + b"X")
    kept.chmod(0o444)
    done = two.mlp("verify", "--quick", code=1)
    assert done.stdout.startswith("data/models/mlp/model.onnx: its copy in DVC's cache, ")
    assert done.stdout.endswith("has rotted; delete it\n1 difference\n")
    model.unlink()
    two.run("dvc", "checkout")
    assert "up to date" in two.run("dvc", "status").stdout
    done = two.mlp("verify", "--quick", code=1)
    assert "data/models/mlp is not what dvc.lock records\n" in done.stdout
    refusal = (
        "data/models/mlp of this workspace is not what the pipeline wrote: dvc.lock has another"
    )
    assert refusal in two.mlp("compare", code=2).stderr
    assert refusal in two.mlp("predict", "-", "--model", "mlp", code=1).stderr
    two.mlp("compare", "--unchecked")


def test_the_gate_fails_for_a_model_that_is_not_the_judged_one(two: Project) -> None:
    """Its scores are those of the file that the pipeline wrote, so they say nothing of this one."""
    model = two.path / "data/models/tuned/model.onnx"
    other = (two.path / "data/models/mlp/model.onnx").read_bytes()
    model.unlink()
    model.write_bytes(other)
    judged = " ".join(two.mlp("gate", code=1).stdout.split())
    assert "results FAIL data/models/tuned of this workspace is not what the pipeline" in judged
    assert "pass: 9 rules hold." in two.mlp("gate", "--unchecked").stdout
    shutil.rmtree(model.parent)
    assert "pass: 9 rules hold." in two.mlp("gate").stdout  # as in CI, which has no models


def test_an_edited_metric_is_found(two: Project) -> None:
    edited(two)
    two.commit("Improve")
    done = two.mlp("verify", "--quick", code=1)
    assert "metrics/tuned.json is not what dvc.lock records\n" in done.stdout
    two.edit(EVIDENCE, '"accuracy": 0.976071', '"accuracy": 0.999999')
    done = two.mlp("verify", "--quick", code=1)
    assert "gate/oof/tuned.json is not what gate/dvc.lock records\n" in done.stdout


def test_a_rebuild_that_fails_says_where(two: Project, tmp_path: Path) -> None:
    two.edit("stages/sources/digits.py", "def load", "raise SystemExit('no data')\ndef load")
    two.commit("Break the source")
    done = two.mlp("verify", "--keep", str(tmp_path / "kept"), code=2)
    assert "error: the rebuild failed:" in done.stderr
    assert "no data" in done.stderr
    assert "Traceback" not in done.stderr
    shutil.rmtree(tmp_path / "kept")
