"""compare and gate on whatever state a repository is in: an answer or a sentence, and no change."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Project

from mlp.history import lock

pytestmark = pytest.mark.slow
SCORES, PREDICTIONS = "metrics/scores.json", "plots/tuned/predictions.csv"


def snapshot(project: Project) -> dict[str, tuple[int, bytes]]:
    """Return every file with its time and content, but for DVC's own scratch folder."""
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes())
        for path in project.path.rglob("*")
        if path.is_file() and ".dvc/tmp" not in str(path)
    }


@pytest.fixture
def two(copy: Project) -> Project:
    """Two commits with the same results, on main."""
    copy.run("git", "commit", "--quiet", "--allow-empty", "--message", "Two")
    return copy


def put_result(project: Project, name: str, text: str) -> None:
    """Replace a result as a run would: in its file and in dvc.lock."""
    path = project.path / name
    old = lock.md5(path)
    path.write_text(text, encoding="utf-8", newline="\n")
    recorded = project.path / "dvc.lock"
    content = recorded.read_text(encoding="utf-8")
    recorded.write_text(content.replace(str(old), str(lock.md5(path))), encoding="utf-8")


def test_the_first_run_has_no_baseline(copy: Project) -> None:
    done = copy.mlp("compare")
    assert done.stdout == "This is the first commit: there is nothing to compare with.\n"
    assert json.loads(copy.mlp("compare", "--json").stdout) == {"nothing": done.stdout[:-1]}
    judged = copy.mlp("gate").stdout
    assert "accuracy min              pass" in judged
    assert judged.count("this is the first commit: there is nothing before it") == 4
    assert re.search(r"^pass: 6 rules hold, 4 not judged\.$", judged, re.MULTILINE)


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
    seen, tag = judged["notes"]
    assert seen.startswith("With 450 test rows a drop of 1.8 points since ")
    assert tag == "There is no tag gate-baseline, a second baseline that `git tag` would set."
    two.mlp("explain")
    two.mlp("verify", "--quick")
    assert snapshot(two) == before


def test_out_of_fold_evidence(two: Project) -> None:
    two.put("gate.evidence", "oof")
    judged = two.mlp("gate").stdout
    assert "Gate: tuned, judged by its out-of-fold predictions, against" in judged
    assert re.search(
        r"^beats linear +pass +1754 of 1797 rows right, and 1719 with", judged, re.MULTILINE
    )
    assert "With 1797 out-of-fold rows a drop of " in judged
    assert "With 1797 out-of-fold rows" in two.mlp("compare").stdout
    assert "With 450 test rows" in two.mlp("compare", "--evidence", "test").stdout
    (two.path / "plots/oof/tuned.csv").unlink()
    done = two.mlp("gate", code=1)
    assert "plots/oof/tuned.csv of this workspace is missing." in done.stdout


def test_a_tag_is_a_second_baseline(two: Project) -> None:
    two.run("git", "tag", "gate-baseline", "HEAD^")
    alone = two.mlp("gate").stdout  # the tag is the commit before
    assert "gate-baseline" not in alone
    assert "> 0.02" in alone
    two.run("git", "commit", "--quiet", "--allow-empty", "--message", "Three")
    judged = two.mlp("gate").stdout
    assert judged.count("since gate-baseline (") == 5  # four rules, and what would be seen
    assert "> 0.01" in judged  # two baselines share the level 0.02


def test_a_slow_slide_fails_against_the_tag_alone(two: Project) -> None:
    """Each step loses little; together they lose what the gate does not allow."""
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
        "from mlp import results, revisions\n"
        "then = results.at(revisions.named('HEAD'))\n"
        "print(len(then.read('data/oof/mlp.csv')), then.has('data/oof/mlp.csv'))"
    )
    expected = f"{(two.path / 'data/oof/mlp.csv').stat().st_size} True\n"
    two.run("dvc", "remote", "add", "--default", "store", str(tmp_path / "store"))
    two.commit("Add a remote")
    two.run("dvc", "push", "data/oof/mlp.csv")
    shutil.rmtree(two.path / "data")
    assert two.run("python", "-c", code).stdout == expected
    shutil.rmtree(two.path / ".dvc/cache")
    assert two.run("python", "-c", code).stdout == expected
    shutil.rmtree(tmp_path / "store")
    done = two.run("python", "-c", code.replace("len(then.read('data/oof/mlp.csv')), ", ""))
    assert done.stdout == "False\n"


def test_pictures_need_the_rows(two: Project, tmp_path: Path) -> None:
    predictions = (two.path / PREDICTIONS).read_text(encoding="utf-8")
    put_result(two, PREDICTIONS, predictions.replace("\n2,2,2,", "\n2,2,7,"))
    page = tmp_path / "page.html"
    two.mlp("compare", "--html", str(page))
    text = page.read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") == 4  # three matrices and the broken row
    assert "Confusion matrix before: 439 of 450 rows on the diagonal." in text
    assert "The row that was broken." in text
    (two.path / "data/test.parquet").unlink()
    two.mlp("compare", "--html", str(page))
    text = page.read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") == 3
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


def test_stale_results_are_not_judged(two: Project) -> None:
    two.put("mlp.alpha", 0.5)
    two.edit("mlp/data/splitting.py", '"""Split', '"""Edited. Split')
    done = two.mlp("gate", code=2)
    assert "Cannot judge: mlp.alpha is 0.5; the results were made with 0.0001." in done.stdout
    assert (
        "Cannot judge: mlp/data/splitting.py was changed since the results were made."
        in done.stdout
    )
    assert "Out of date: mlp.alpha is 0.5" in two.mlp("compare").stdout


def test_an_edited_dvc_yaml_makes_results_stale(two: Project) -> None:
    two.edit("dvc.yaml", "python -m stages.environment", "python -B -m stages.environment")
    two.edit("dvc.yaml", "    - stages/split.py\n", "    - stages/split.py\n    - README.md\n")
    done = two.mlp("gate", code=2)
    for name in ("environment", "split"):
        assert f"Cannot judge: the entry of {name} in dvc.yaml was changed." in done.stdout
    assert "Run `dvc repro`, so that there are results to judge.\n\ncannot judge.\n" in done.stdout
    assert "the entry of split in dvc.yaml was changed" in two.mlp("compare").stdout
    assert "the entry of split" in two.mlp("verify", "--quick", code=1).stdout


def test_a_change_of_the_gate_alone_is_judged_and_shown(two: Project) -> None:
    two.put("gate.metrics.accuracy.min", 0.99)
    done = two.mlp("gate", code=1)
    assert re.search(r"^accuracy min +FAIL +0.975556 < 0.99$", done.stdout, re.MULTILINE)
    assert re.search(r"^gate.metrics.accuracy.min +0.9 +0.99$", done.stdout, re.MULTILINE)
    assert "FAIL: 1 of " in done.stdout


def missing(project: Project) -> None:
    (project.path / SCORES).unlink()


def nan(project: Project) -> None:
    project.edit(SCORES, '"accuracy": 0.975556', '"accuracy": NaN')


def cut_off(project: Project) -> None:
    text = (project.path / SCORES).read_text(encoding="utf-8")
    (project.path / SCORES).write_text(text[:100], encoding="utf-8")


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
    (missing, "metrics/scores.json of this workspace is missing."),
    (nan, "metrics/scores.json of this workspace holds NaN, which is no number."),
    (cut_off, "metrics/scores.json of this workspace is cut off or not JSON"),
    (edited, "metrics/scores.json of this workspace is not what the pipeline wrote"),
    (null, "accuracy is missing, not a number"),
    (not_metrics, "metrics/scores.json of this workspace should hold the metrics of each network."),
    (no_network, "metrics/scores.json of this workspace does not hold tuned."),
    (no_column, "plots/tuned/predictions.csv of this workspace lacks the column predicted."),
    (no_table, "plots/tuned/predictions.csv of this workspace is not such a table"),
    (a_row_less, "plots/tuned/predictions.csv of this workspace is not what the pipeline wrote"),
]


@pytest.mark.parametrize(("spoil", "reason"), BROKEN, ids=[row[0].__name__ for row in BROKEN])
def test_broken_results_fail(two: Project, spoil: Callable[[Project], None], reason: str) -> None:
    spoil(two)
    before = snapshot(two)
    done = two.mlp("gate", code=1)
    assert reason in " ".join(done.stdout.split())
    assert "Traceback" not in done.stderr
    assert snapshot(two) == before


def test_broken_results_of_the_baseline_cannot_judge(two: Project) -> None:
    nan(two)
    two.commit("Spoil")
    two.run("git", "checkout", "--quiet", "HEAD^", "--", SCORES)
    two.commit("Mend")
    done = two.mlp("gate", code=2)
    assert "Cannot judge: metrics/scores.json of " in done.stdout
    assert "holds NaN, which is no number" in done.stdout
    assert "\ncannot judge.\n" in done.stdout
    error = two.mlp("compare", code=2).stderr
    assert re.match(r"error: metrics/scores.json of \w{7} holds NaN", error)


def test_other_rows_cannot_be_judged(two: Project) -> None:
    for name in ("linear", "mlp", "tuned"):
        text = (two.path / f"plots/{name}/predictions.csv").read_text(encoding="utf-8")
        other = re.sub(r"^2,2,", "1795,2,", text, flags=re.MULTILINE)
        put_result(two, f"plots/{name}/predictions.csv", other)
    done = two.mlp("gate", code=2)
    assert "the rows differ (450 before, 450 now, 449 in common)" in " ".join(done.stdout.split())
    compared = two.mlp("compare").stdout
    assert "Not comparable: the rows differ (450 before, 450 now, 449 in common)." in compared


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("gate", {"model": "tuned", "evidence": "test"}, "gate has no rule"),
        ("gate.metrics.acuracy", {"direction": "higher", "min": 0.5}, "did you mean accuracy?"),
        ("gate.metrics.accuracy", {"direction": "higher"}, "should have one of min, max"),
        ("gate.significance", 5, "gate.significance is 5; it should be less than 1."),
        ("gate.metrics.accuracy.max_drop", 2, "it should be less than or equal to 1."),
        ("gate.metrics.accuracy.direction", "lower", "it should be 'higher'"),
        ("gate.beats", ["linear", "linear"], "beats should name each network once"),
        ("gate.baseline", "-x", "gate.baseline is"),
        ("gate.evidence", "train", "gate.evidence is \"train\"; it should be 'test' or 'oof'."),
        ("gate.model", "linear", "beats should not name linear, the model that is judged"),
        ("gate.classes", {"min_support": 3}, "should have one of min_recall, significance"),
    ],
)
def test_wrong_rules(two: Project, key: str, value: object, sentence: str) -> None:
    two.put(key, value)
    done = two.mlp("gate", code=1 if "no rule" in sentence else 2)
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["gait"], "invalid choice: 'gait'"),
        (["gate", "--md", "--json"], "not allowed with argument"),
        (["gate", ""], "error: '' is no revision of this repository.\n"),
        (["gate", "^HEAD"], "error: '^HEAD' is no revision of this repository.\n"),
        (["compare", "--html", "params.yaml"], "the name of the page should end in .html"),
        (["compare", "--rows", "-1"], "it should be a number from 0"),
        (["explain", "mlp.nosuch"], "error: 'mlp.nosuch' is no parameter of params.yaml and no file.\n"),
        (["verify", "--quick", "--keep", "x"], "not allowed with argument"),
        (["gate", "nope"], "error: 'nope' is no revision of this repository.\n"),
        (["compare", "--rows", "many"], "it should be a number from 0"),
        (["compare", "--html", "none/page.html"], "No such file or directory"),
        (["explain", "mlp.alhpa"], "error: 'mlp.alhpa' is no parameter of params.yaml and no file; did you mean mlp.alpha?\n"),
        (["verify", "--keep", "docs"], "docs exists; name a folder that does not.\n"),
    ],
)  # fmt: skip
def test_wrong_usage(two: Project, arguments: list[str], sentence: str) -> None:
    done = two.mlp(*arguments, code=2)
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["compare", "gate", "explain", "verify"])
def test_help(two: Project, command: str) -> None:
    assert "Exit code: 0" in two.mlp(command, "--help").stdout
    assert command in two.mlp("--help").stdout


def test_outside_a_project(two: Project, tmp_path: Path) -> None:
    done = Project(tmp_path, two.env).mlp("gate", code=2)
    assert done.stderr == "error: there is no dvc.yaml here or above; run mlp inside a project.\n"


def test_in_a_folder_of_the_project(two: Project) -> None:
    Project(two.path / "docs", two.env).mlp("gate")
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
    two: Project, name: str, text: str | None
) -> None:
    if text is None:
        (two.path / name).unlink()
    else:
        (two.path / name).write_text(text, encoding="utf-8")
    others = [["compare"], ["verify", "--quick"]] if text == CONFLICT else []
    for command in (["gate"], ["explain"], *others):
        done = two.mlp(*command, code=2)
        said = done.stdout + done.stderr
        if text == CONFLICT and name != "dvc.yaml" and command[0] in {"gate", "compare"}:
            assert "holds a merge conflict (<<<<<<<): resolve it." in said


def test_a_lock_that_lacks_stages_is_found(two: Project) -> None:
    (two.path / "dvc.lock").write_text("schema: '2.0'\n", encoding="utf-8")
    assert "does not record metrics/scores.json; it is cut off" in two.mlp("gate", code=1).stdout
    assert "the stage evaluate has not run" in two.mlp("verify", "--quick", code=1).stdout


def test_a_missing_result_of_git_is_found(two: Project) -> None:
    (two.path / "metrics/search.json").unlink()
    shutil.rmtree(two.path / "data")  # DVC's, which a fresh clone lacks too
    done = two.mlp("verify", "--quick", code=1)
    assert done.stdout == "metrics/search.json is missing\n1 difference\n"


def test_a_tag_of_no_commit_cannot_judge(two: Project) -> None:
    two.run("git", "tag", "gate-baseline", "HEAD:LICENSE")
    done = two.mlp("gate", code=2)
    assert done.stderr == "error: the tag gate-baseline should be of a commit, and is not.\n"


def test_a_project_without_dvc(tmp_path: Path, two: Project) -> None:
    for name in ("dvc.yaml", "params.yaml"):
        (tmp_path / name).touch()
    for command in ("gate", "compare", "explain", "verify"):
        done = Project(tmp_path, two.env).mlp(command, code=2)
        assert done.stderr.startswith("error: ")
        assert "Traceback" not in done.stderr


def test_no_output_at_all(two: Project) -> None:
    for command in ("mlp gate >&-", "mlp compare --json >&-"):
        done = two.run("bash", "-c", command)
        assert done.stderr == ""


def test_a_missing_lock(two: Project) -> None:
    (two.path / "dvc.lock").unlink()
    assert "Cannot judge: dvc.lock is missing." in two.mlp("gate", code=2).stdout
    assert two.mlp("compare", code=2).stderr == ("error: dvc.lock of this workspace is missing.\n")
    assert "check would run" in two.mlp("explain").stdout
    assert "dvc.lock" in two.mlp("verify", "--quick", code=2).stderr


def test_a_reader_that_stops_early_gets_no_traceback(two: Project) -> None:
    command = "mlp compare --json | head -c 1"
    done = two.run("bash", "-c", command)
    assert (done.stdout, done.stderr) == ("{", "")


def test_in_a_process_of_its_own(two: Project) -> None:
    assert "pass: 10 rules hold." in two.run("mlp", "gate").stdout
    assert two.run("python", "-m", "commands", "gate", "nope", code=2).stderr.startswith("error: ")
    two.put("gate.metrics.accuracy.min", 0.99)
    two.run("mlp", "gate", code=1)


def test_no_scikit_learn_is_imported(two: Project) -> None:
    for command in ("compare", "gate"):
        code = (
            "import sys; from commands.__main__ import main; "
            f"main(['{command}']); print('sklearn' in sys.modules)"
        )
        assert two.run("python", "-c", code).stdout.endswith("\nFalse\n")


def test_rotten_cache_is_found(two: Project) -> None:
    """DVC restores an object of mode 0444 unseen, and calls it up to date."""
    model = two.path / "data/models/mlp/model.onnx"
    md5 = str(lock.md5(model))
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
    assert "data/models/mlp/model.onnx is not what dvc.lock records\n" in done.stdout


def test_an_edited_metric_is_found(two: Project) -> None:
    edited(two)
    two.commit("Improve")
    done = two.mlp("verify", "--quick", code=1)
    assert "metrics/scores.json is not what dvc.lock records\n" in done.stdout


def test_a_rebuild_that_fails_says_where(two: Project, tmp_path: Path) -> None:
    two.edit("stages/sources/digits.py", "def load", "raise SystemExit('no data')\ndef load")
    two.commit("Break the source")
    done = two.mlp("verify", "--keep", str(tmp_path / "kept"), code=2)
    assert "error: the rebuild failed:" in done.stderr
    assert "no data" in done.stderr
    assert "Traceback" not in done.stderr
    shutil.rmtree(tmp_path / "kept")
