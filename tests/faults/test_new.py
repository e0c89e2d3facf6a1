"""`mlp new` makes a project that runs, or says in a sentence why not and leaves nothing behind."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from project import Project, checkout, environment

from mlp.check import params

NUMBERS = "".join(f"{i % 7},{i % 5},{'abcde'[i % 5]}\n" for i in range(60))
TABLE = f"x,y,kind\n{NUMBERS}"


@pytest.fixture
def folder(tmp_path: Path) -> Project:
    """A folder with one table in it, and no project around it."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/table.csv").write_text(TABLE, encoding="utf-8")
    return Project(tmp_path / "empty")


def test_it_makes_a_project(folder: Project) -> None:
    done = folder.mlp("new", "mine", "--source", "table.csv", "--target", "kind")
    assert done.stdout == (
        "load.task is classification: 'kind' holds no numbers.\n"
        "leak? 'y' alone predicts 'kind' in every row; add it to load.drop if it is not known at the time of prediction.\n"
        "mine: 60 rows, 2 inputs, classification.\n"
        "next: cd mine && make repro\n"
    )
    mine = Project(folder.path / "mine")
    assert sorted(path.name for path in folder.path.iterdir()) == ["mine", "table.csv"]
    assert (mine.path / "data/table.csv").read_text(encoding="utf-8") == TABLE
    assert mine.run("git", "status", "--porcelain").stdout == ""
    log = mine.run("git", "log", "--format=%s").stdout.splitlines()
    assert log[0] == "Begin with table.csv"
    assert log[1].startswith("Take mlp-pipeline at ")
    assert len(log) == 2
    edited = mine.run("git", "diff", "--name-only", "mlp-pipeline", "main").stdout.split()
    assert edited == ["README.md", "data/table.csv", "params.yaml"]
    taken = mine.run("git", "ls-files").stdout.split()
    results = (
        "dvc.lock",
        "metrics/",
        "plots/",
        "gate/curve",
        "gate/oof",
        "gate/repeats",
        "examples/",
    )
    assert not [name for name in taken if name.startswith(results) or "digits" in name]
    assert len((mine.path / "README.md").read_text(encoding="utf-8").splitlines()) < 60
    found = params.read(mine.path / "params.yaml")
    assert (found.load.source, found.load.target) == ("data/table.csv", "kind")


class Typed(io.StringIO):
    """What a person types on a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_next_command_can_be_pasted(folder: Project) -> None:
    done = folder.mlp("new", "Projekt (neu) #1", "--source", "table.csv", "--target", "kind")
    assert done.stdout.endswith("\nnext: cd 'Projekt (neu) #1' && make repro\n")
    done = folder.mlp("new", "--update", "Projekt (neu) #1")
    assert "\nnext: cd 'Projekt (neu) #1' && git merge" in done.stdout


def test_a_terminal_is_asked(folder: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Typed("mine\ntable.csv\nkint\n"))
    asked = folder.mlp("new", code=1).stderr
    assert asked == (
        "DIR, the folder of the new project: --source, a CSV or Parquet file: "
        "--target, the column to predict, of 'x', 'y', 'kind': "
        "error: table.csv: there is no column 'kint'; did you mean 'kind'?\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["mine"], "--source is missing: a CSV or Parquet file."),
        ([], "DIR is missing: the folder of the new project."),
        (["mine", "--source", "table.csv"], "--target is missing: the column to predict, of 'x', 'y', 'kind'."),
        (["mine", "--source", "tabel.csv", "--target", "kind"], "tabel.csv is not a file; name a CSV or Parquet file."),
        (["mine", "--source", "table.txt", "--target", "kind"], "table.txt should be a file that ends in .csv or .csv.gz or .parquet."),
        (["mine", "--source", "table.csv", "--target", "kint"], "table.csv: there is no column 'kint'; did you mean 'kind'?"),
        ([".", "--source", "table.csv", "--target", "kind"], "exists, and is not empty; name a new folder."),
        (["table.csv", "--source", "table.csv", "--target", "kind"], "table.csv exists, and is no folder; name another."),
        (["a/b", "--source", "table.csv", "--target", "kind"], "a is no folder; make it first."),
        (["mine", "--source", "one.csv", "--target", "kind"], "column 'kind', the target, holds only the class 'a'; it should hold two classes or more."),
        (["mine", "--source", "gap.csv", "--target", "kind"], "column 'kind', the target, is empty in 1 row, first in row 1; every row should have a label."),
        (["mine", "--source", "rare.csv", "--target", "kind"], "class b is rare: it has one row in the train split, and search.cv needs two at least; add rows of that class, or remove those that there are."),
        (["mine", "--source", "dirty.csv", "--target", "kind"], "set load.missing: ['-']. Add it to load.texts if it holds categories, or to load.drop."),
        (["mine", "--source", "head.csv", "--target", "kind"], "error: head.csv holds a header but no rows."),
        (["mine", "--source", "short.csv", "--target", "kind"], "error: short.csv, line 62: there are 2 fields, but 3 in the header."),
        (["mine", "--source", "page.csv", "--target", "kind"], "page.csv is a web page"),
        (["mine", "--source", "cut.parquet", "--target", "kind"], "cut.parquet is cut off or damaged: "),
        (["mine", "--source", "name.parquet", "--target", "kind"], "name.parquet is cut off or damaged: 'utf-8' codec can't decode byte 0xff"),
        (["mine", "--source", "table.csv", "--target", "kind", "--task", "regression"], "column 'kind', the target, should hold numbers, since load.task is regression; it holds 'a', 'b', 'c'"),
        (["mine", "--source", "table.csv", "--target", "kind", "-S", "mlp.alhpa=1"], "params.yaml: mlp.alhpa is not a known key; did you mean alpha?"),
        (["mine", "--source", "table.csv", "--target", "kind", "-S", "laod.drop=[x]"], "params.yaml: there is no key laod."),
        (["mine", "--source", "table.csv", "--target", "kind", "-S", "load.delimiter=ab"], 'params.yaml: load.delimiter is "ab"; it should be one ASCII character'),
        (["mine", "--source", "table.csv", "--target", "kind", "-S", "load.encoding=klingon"], 'params.yaml: load.encoding is "klingon"; it should be a text encoding'),
        (["mine", "--source", "table.csv", "--target", "kind", "-S", "load.decimal=,"], "params.yaml: load: delimiter and decimal should differ."),
        (["mine", "--update"], "mine is no folder; --update needs a project that mlp new made."),
        ([".", "--update"], "has no branch mlp-pipeline, which mlp new makes"),
    ],
)  # fmt: skip
def test_refused(folder: Project, words: list[str], sentence: str) -> None:
    rows = TABLE.splitlines(keepends=True)
    tables = {
        "one": "".join([rows[0], *rows[1::5]]),
        "gap": "".join([*rows[:2], "1,2,\n", *rows[2:]]),
        "rare": "".join([rows[0], *rows[1::5], rows[2]]),
        "dirty": TABLE.replace("1,2,c", "-,2,c"),
        "page": "<html>",
        "head": rows[0],
        "short": f"{TABLE}1,2\n",
    }
    for name, text in tables.items():
        (folder.path / f"{name}.csv").write_text(text, encoding="utf-8")
    written = io.BytesIO()
    names = pa.table({"qqqq": [0.5], "kind": ["a"]})
    pq.write_table(names, written, store_schema=False, compression=None)
    whole = written.getvalue()
    (folder.path / "cut.parquet").write_bytes(whole[:100])
    (folder.path / "name.parquet").write_bytes(whole.replace(b"qqqq", b"q\xffqq"))
    before = sorted(folder.path.iterdir())
    done = folder.mlp("new", *words, code=1)
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert sentence in done.stderr
    assert sorted(folder.path.iterdir()) == before


def test_a_refusal_of_the_table_names_the_way_out(folder: Project) -> None:
    dirty = TABLE.replace("1,2,c", "-,2,c")
    (folder.path / "table.csv").write_text(dirty, encoding="utf-8")
    words = ["new", "mine", "--source", "table.csv", "--target", "kind"]
    error = folder.mlp(*words, code=1).stderr
    assert error.endswith(" Set a key by -S, such as -S 'load.drop=[id]'.\n")
    assert "error: Set" not in error
    done = folder.mlp(*words, "-S", "load.missing=['-']")
    assert "load.impute is median: gaps in 'x'.\n" in done.stdout


def test_a_clone_has_the_bytes_of_the_table(folder: Project) -> None:
    """DVC records the hash of a file as it is, so Git must not turn CRLF into LF."""
    table = TABLE.replace("\n", "\r\n").encode()
    (folder.path / "table.csv").write_bytes(table)
    folder.mlp("new", "mine", "--source", "table.csv", "--target", "kind")
    folder.run("git", "clone", "--quiet", "mine", "clone")
    assert (folder.path / "clone/data/table.csv").read_bytes() == table


def test_what_it_decides_about_columns(folder: Project) -> None:
    lines = ["id;sold;town;price;weight"]
    lines += [f"n{i};{i % 28 + 1}/01/2026;{'ab'[i % 2]};{i},5;{i % 9}" for i in range(40)]
    (folder.path / "shop.csv").write_bytes("\n".join(lines).encode("utf-16"))
    done = folder.mlp("new", "shop", "--source", "shop.csv", "--target", "price")
    assert done.stdout == (
        "load.encoding is 'utf-16', by the file.\n"
        "load.delimiter is ';', by the file.\n"
        "load.decimal is ',', by the file.\n"
        "load.task is regression: 'price' holds numbers with decimals.\n"
        "load.drop is [id, sold]: a different text in every row in 'id', dates in 'sold'; docs/own-data.md says how load.dates makes features of them.\n"
        "load.categories is onehot: texts in 'town'.\n"
        "shop: 40 rows, 3 inputs, regression.\n"
        "next: cd shop && make repro\n"
    )
    found = params.read(folder.path / "shop/params.yaml")
    assert (found.load.delimiter, found.load.decimal, found.load.encoding) == (";", ",", "utf-16")
    assert found.load.drop == ["id", "sold"]
    assert found.search.scoring == "r2"


@pytest.mark.parametrize("written", ["load.decimal=,", 'load.decimal=","'])
def test_a_sign_is_set_as_it_is_or_in_quotes(folder: Project, written: str) -> None:
    (folder.path / "table.csv").write_text(TABLE.replace(",", "|"), encoding="utf-8")
    words = ["--source", "table.csv", "--target", "kind", "-S", "load.delimiter=|", "-S", written]
    folder.mlp("new", "mine", *words)
    found = params.read(folder.path / "mine/params.yaml")
    assert (found.load.delimiter, found.load.decimal) == ("|", ",")


def test_dvc_stores_a_large_file(folder: Project) -> None:
    rows = "".join(f"{i},{i / 7:.40f},{'ab'[i % 2]}\n" for i in range(100_000))
    (folder.path / "table.csv").write_text(f"x,y,kind\n{rows}", encoding="utf-8")
    done = folder.mlp("new", "mine", "--source", "table.csv", "--target", "kind")
    assert "DVC stores data/table.csv: CI needs a DVC remote (docs/scale.md).\n" in done.stdout
    mine = Project(folder.path / "mine")
    taken = mine.run("git", "ls-files", "data").stdout.split()
    assert taken == ["data/.gitignore", "data/table.csv.dvc"]
    (mine.path / "data/table.csv").unlink()
    mine.dvc("checkout", "data/table.csv.dvc")
    assert (mine.path / "data/table.csv").stat().st_size > 5_000_000


def test_a_later_version_comes_by_a_merge(folder: Project, tmp_path: Path) -> None:
    """Its code and comments come; what the project made its own stays."""
    folder.mlp("new", "mine", "--source", "table.csv", "--target", "kind")
    mine = Project(folder.path / "mine")
    assert "mine has this version" in folder.mlp("new", "--update", "mine").stdout
    own = (mine.path / "mlp/core/bidi.py").read_text(encoding="utf-8") + "\n# My own.\n"
    (mine.path / "mlp/core/bidi.py").write_text(own, encoding="utf-8")
    mine.commit("Change the code")
    later = checkout(tmp_path / "later")
    later.edit("params.yaml", "# Which rows are held out:", "# Which rows are put aside:")
    (later.path / "mlp/core/later.py").touch()
    later.commit("Move on")
    before = mine.run("git", "rev-parse", "HEAD").stdout
    command = [sys.executable, "-m", "commands", "new", "--update", str(mine.path)]
    env = environment(PYTHONPATH=str(later.path))
    said = subprocess.run(
        command, cwd=later.path, env=env, capture_output=True, text=True, check=True
    )
    assert said.stdout == f"next: cd {mine.path} && git merge mlp-pipeline && make repro\n"
    assert mine.run("git", "rev-parse", "HEAD").stdout == before
    assert mine.run("git", "status", "--porcelain").stdout == ""
    mine.run("git", "merge", "--quiet", "--no-edit", "mlp-pipeline")
    text = (mine.path / "params.yaml").read_text(encoding="utf-8")
    assert "# Which rows are put aside:" in text
    assert "source: data/table.csv" in text
    assert (mine.path / "mlp/core/later.py").is_file()
    assert "My own." in (mine.path / "mlp/core/bidi.py").read_text(encoding="utf-8")
    assert not (mine.path / "examples").exists()


def test_the_copy_brings_tests_that_hold_on_its_data(folder: Project) -> None:
    """Nothing imports, reads or links to what the copy lacks, and tests of the digits are left out."""
    folder.mlp("new", "mine", "--source", "table.csv", "--target", "kind")
    mine = Project(folder.path / "mine")
    for path in mine.path.glob("tests/**/*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"^(from|import) (benchmarks|examples|stages\.sources)", text, re.MULTILINE
        ), path
        assert 'ROOT / "examples' not in text, path
    pages = [*mine.path.glob("*.md"), *mine.path.glob("docs/*.md")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!http)([^)#]+)", text):
            assert (page.parent / link).exists(), f"{page}: {link}"
    words = ["-q", "--collect-only", "-p", "no:cacheprovider", "tests/contract/test_reference.py"]
    listed = mine.run("python", "-m", "pytest", *words).stdout
    assert "test_params_name_their_schema" in listed
    assert "test_the_schema_for_editors_is_current" not in listed
    assert "deselected" in listed
