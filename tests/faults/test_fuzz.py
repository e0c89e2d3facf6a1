"""Whatever a file or a name holds, a command answers or says one sentence, soon, and changes no file."""

import io
import json
import shutil
from contextlib import chdir, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import fuzzing
import model_edits
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fuzzing import EDITS, explore, many
from hypothesis import strategies as st
from predicting import folder_of, trained
from project import ROOT, stage
from samples import mixed, numeric

from mlp.compare import growth
from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.fits.fold_fit import FoldFit
from mlp.fits.memory import FitMemory
from mlp.history import digest, lock, parsing, pending, rehash
from mlp.history.runs import Runs
from mlp.history.snapshot import Snapshot

TABLE = mixed(40).features.replace({"u": {"": None}, "v": {"": None}})
NUMBERS = TABLE[["a", "b", "c"]].fillna(0.5)
YAML_TOKENS = [
    b": ", b"- ", b"\n  ", b"\t", b"{", b"}", b"[", b"]", b"&a ", b"*a", b"!!bool ", b"!!python/object:os.system ", b"|", b">", b"'", b'"', b"#", b"%", b"null", b"~", b".nan", b".inf", b"1e999", b"0o17", b"\xff", b"\xe2\x80\xa8", b"<<: ", b"---\n", b"? ", b"data/search/best.yaml", b"../x", b"$(x)", b"\x1b[2J", b"(50, 50)", b"9" * 5000, b"10^400", b"1e-400",
]  # fmt: skip
CSV_TOKENS = [
    b",", b";", b"\n", b"\r", b'"', b'""', b"\0", b"nan", b"inf", b"-1e400", b"1,5", b"=1+1", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"red", b"true", b"1_000", b"9" * 40, b"\x1f\x8b", b"PAR1", b"<html>", b"a,a\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with models of numbers and texts, and of numbers alone, and a lock file of them."""
    folder = tmp_path_factory.mktemp("made")
    trained(folder, mixed(40))
    columns = replace(
        numeric(np.empty((0, 3)), np.empty(0, object)).columns, numbers=["a", "b", "c"]
    )
    labels = mixed(40).target
    trained(folder, replace(numeric(NUMBERS.to_numpy(), labels), columns=columns), "mlp")
    folder_of(folder)
    TABLE.to_csv(folder / "new.csv", index=False)
    outs = [
        {
            "path": f"data/models/{name}",
            "hash": "md5",
            "md5": digest.md5(folder / f"data/models/{name}"),
        }
        for name in ("tuned", "mlp")
    ]
    stages = {
        f"train@{name}": {
            "cmd": "python -m stages.train",
            "deps": [{"path": "new.csv", "hash": "md5", "md5": digest.md5(folder / "new.csv")}],
            "params": {"params.yaml": {"networks.tuned": "params.yaml"}},
            "outs": [out],
        }
        for name, out in zip(("tuned", "mlp"), outs, strict=True)
    }
    params_file.write(folder / "dvc.lock", {"schema": "2.0", "stages": stages})
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "project")


@many
def test_params(inputs: int, folder: Path, tmp_path: Path) -> None:
    outputs = [str(tmp_path / name) for name in ("versions", "searched")]
    words = ("--params", "params.yaml", "--lock", str(ROOT / "requirements.lock"))
    words += ("--versions", outputs[0], "--searched", outputs[1])
    source = folder / "stages/sources/digits.py"
    source.parent.mkdir(parents=True)
    source.touch()

    def check(content: bytes) -> None:
        (folder / "params.yaml").write_bytes(content)
        fuzzing.mlp(folder, "predict", "new.csv", codes=(0, 1))
        done = stage(folder, "check", *words)
        assert done.returncode in {0, 1}
        assert all(line.startswith("error: ") for line in done.stderr.splitlines())
        assert bool(done.stderr) == bool(done.returncode)

    whole = (ROOT / "params.yaml").read_bytes()
    parts = (folder / "params.yaml").read_bytes()
    explore(fuzzing.edited([whole, parts, parts], YAML_TOKENS), check, inputs)


CELLS = st.sampled_from(
    ["", "0", "-1.5", "1e400", "nan", "-inf", "NA", "true", "red", "blue", "Blue ", "=1+1", "@x", "1,5", '"', "a\nb", "\x1b[2J", "é", "\u2028", "9" * 40, "1_000", "2026-01-31", "x" * 5000]
) | st.floats(-3, 3).map(str)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Return a table of the model's columns, most of its cells as they should be."""
    table = TABLE.head(draw(st.integers(1, 6))).astype(object)
    for _ in range(draw(st.integers(0, 3))):
        row, column = draw(st.integers(0, len(table) - 1)), draw(st.integers(0, 4))
        table.iat[row, column] = draw(CELLS)
    names = draw(st.sampled_from([list("abcuv"), list("vucba"), [*"abcuv", "x"], list("abcu")]))
    form = {"quoting": draw(st.sampled_from([0, 1])), "lineterminator": draw(st.sampled_from(["\n", "\r\n", "\r"]))}  # fmt: skip
    return table.reindex(columns=names).to_csv(index=False, **form).encode(errors="replace")


@many
def test_csv(inputs: int, folder: Path) -> None:
    def check(content: bytes) -> None:
        (folder / "new.csv").write_bytes(content)
        fuzzing.mlp(folder, "predict", "new.csv", "--columns", "a,u", codes=(0, 1))

    corpus = [TABLE.head(rows).to_csv(index=False).encode() for rows in (1, 3, 20)]
    explore(tables() | tables() | tables() | fuzzing.edited(corpus, CSV_TOKENS), check, inputs)


ARRAYS = [
    pa.array([0.5, None, -1.0]), pa.array([1, 2**62, None]), pa.array([True, None, False]), pa.array(["red", "", None]),
    pa.array([None] * 3), pa.array([b"a", b"\xff", None]), pa.array([[1], [], None]), pa.array([{"a": 1}, None, {}]),
    pa.array(["red", None, "red"]).dictionary_encode(), pa.array([1, None, 2], pa.decimal128(38, 9)), pa.array([1, None, 2], pa.date32()),
    pa.array([1, None, 2], pa.timestamp("ns", "Asia/Tokyo")), pa.array([1, None, 2], pa.duration("s")), pa.array([0.5, float("nan"), float("inf")], pa.float16()),
    pa.array(["a", None, "b"], pa.large_string()), pa.array(["\x1b[2J", "\u2028", "=1"]), pa.array([2**64 - 1, None, 0], pa.uint64()),
]  # fmt: skip


@st.composite
def parquet_tables(draw: st.DrawFn) -> bytes:
    """Return a table of the model's columns, some of another type."""
    columns = dict(zip("abcuv", [ARRAYS[0]] * 3 + [ARRAYS[3]] * 2, strict=True))
    for _ in range(draw(st.integers(1, 2))):
        columns[draw(st.sampled_from("abcuvx"))] = draw(st.sampled_from(ARRAYS))
    names = [draw(st.sampled_from([*[name] * 12, "a", "x"])) for name in columns]
    out = io.BytesIO()
    pq.write_table(pa.table(list(columns.values()), names=names), out)
    return out.getvalue()


@many
def test_parquet(inputs: int, folder: Path) -> None:
    def check(content: bytes) -> None:
        (folder / "new.parquet").write_bytes(content)
        fuzzing.mlp(folder, "predict", "new.parquet", "--columns", "c,v", codes=(0, 1))

    pages = [TABLE.head(rows).to_parquet(compression=how) for rows, how in ((3, None), (20, "snappy"))]  # fmt: skip
    tokens = [b"PAR1", b"\0\0\0\0", b"\xff\xff\xff\x7f"]
    explore(parquet_tables() | parquet_tables() | fuzzing.edited(pages, tokens), check, inputs)


@many
def test_onnx(inputs: int, folder: Path) -> None:
    NUMBERS.assign(u="red", v="blue").to_csv(folder / "full.csv", index=False)

    def check(content: bytes) -> None:
        (folder / "other.onnx").write_bytes(content)
        fuzzing.mlp(folder, "predict", "full.csv", "--model", "other.onnx", codes=(0, 1))

    names = ("tuned", "mlp")
    corpus = [(folder / f"data/models/{name}/model.onnx").read_bytes() for name in names]
    explore(model_edits.files(corpus), check, inputs)


@many
def test_revisions(inputs: int, folder: Path) -> None:
    """Names that git knows, options of git, and anything else."""
    run = folder_of(folder).run
    run("git", "init", "--quiet")
    run("git", "add", ".")
    run("git", "commit", "--quiet", "--message", "Start")
    run("git", "tag", "v1")
    word = st.sampled_from(
        ["HEAD", "v1", "main", "^", "~1", "@{", "@", "-1}", ":/Start", "..", "...", "--", "--help", "-x", "--output=x", "{/", ":(top)", "refs/", "*", "?", "\\", "\n", " ", "$(touch x)", "\x1b[2J", "\u202e", "\udcff", "é", "0" * 40, "a" * 300]
    )  # fmt: skip
    any_text = st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3
    )
    texts = st.lists(word | any_text, min_size=1, max_size=4).map("".join)

    def check(name: str) -> None:
        for command in ("compare", "gate"):
            fuzzing.mlp(folder, command, "--", name, codes=(0, 1, 2))

    explore(texts, check, inputs)


@many
def test_remembered_fits(inputs: int, tmp_path: Path) -> None:
    """A fit is recalled as it was, or not at all."""
    outputs = np.array([[0.25, 0.75], [0.5, 0.5]])
    kept = FoldFit(outputs, np.array(["a", "b"]), 7, converged=True, failure="")
    memory = FitMemory(tmp_path, 10**9)
    corpus = []
    for alpha in (0.1, 0.2):
        memory.keep({"alpha": alpha}, "fold", replace(kept, outputs=outputs + alpha))
        (entry,) = tmp_path.rglob("output.pkl")
        corpus.append(entry.read_bytes())
        if alpha == 0.1:
            memory.clear()

    def check(content: bytes) -> None:
        entry.parent.mkdir(parents=True, exist_ok=True)
        entry.write_bytes(content)
        fit = memory.recall({"alpha": 0.2}, "fold")
        if fit is not None:
            assert fit.outputs.tolist() == (outputs + 0.2).tolist()
            assert (fit.classes.tolist(), fit.n_iter, fit.converged, fit.failure) == (
                ["a", "b"],
                7,
                True,
                "",
            )

    explore(
        fuzzing.edited(corpus, [b"PK\x03\x04", b"\x93NUMPY", b"<f8", b"|O", b"\0"]), check, inputs
    )


@many
def test_lock_files(inputs: int, folder: Path) -> None:
    """Read by `mlp predict`, and by all that compare, gate and verify make of them."""
    text = (folder / "dvc.lock").read_bytes()
    content = params_file.parse_bytes(text, "dvc.lock")

    def check(changed: bytes) -> None:
        (folder / "dvc.lock").write_bytes(changed)
        fuzzing.mlp(folder, "predict", "new.csv", codes=(0, 1))
        side = Snapshot("here", lambda path: (folder / path).read_bytes())
        with chdir(folder), suppress(InputError):
            read = side.lock_of(lock.ROOT)
            list(rehash.rehash(read, "dvc.lock", lambda md5: Path(".dvc") / md5, {"new.csv"}))
            list(pending.stale(read, {"new.csv"}))
            for runs in (Runs(read, content), Runs(content, read)):
                assert set(runs.reran) <= set(lock.stages(runs.new))
                runs.edited()
                runs.of_key("params.yaml", "networks.tuned")
                runs.of_file("new.csv")

    edits = EDITS.map(lambda e: _dumped(fuzzing.changed(content, e)))
    explore(edits | edits | fuzzing.edited([text], YAML_TOKENS), check, inputs)


def _dumped(content: Any) -> bytes:
    out = io.BytesIO()
    params_file.YAML(typ="safe").dump(content, out)
    return out.getvalue()


@many
def test_results_of_a_revision(inputs: int) -> None:
    """Metrics, predictions and repeated trainings, which git stores of any branch."""
    metrics = (ROOT / "metrics/mlp.json").read_bytes()
    table = b"".join(
        (ROOT / "plots/mlp/predictions.csv").read_bytes().splitlines(keepends=True)[:6]
    )
    repeats = json.loads((ROOT / "gate/repeats/linear.json").read_bytes())["linear"]
    points = [{"rows": n, "mean": 0.9, "scores": [0.9, None]} for n in (100, 200)]
    step = {"difference": 0.0, "low": None, "high": 0.1}
    curve = {"evidence": "test", "judged": 9, "metric": "accuracy", "better": "higher", "points": points, "step": step, "unconverged": 0, "left_out": []}  # fmt: skip
    rows = b"".join((ROOT / "gate/repeats/linear.csv").read_bytes().splitlines(keepends=True)[:6])

    def check(drawn: tuple[bytes, bytes, bytes, Any, Any]) -> None:
        readers = [
            lambda: parsing.metrics(drawn[0], "mlp", "m.json"),
            lambda: parsing.predictions(drawn[1], "p.csv"),
            lambda: parsing.repeats(drawn[3], drawn[2], ("r.json", "r.csv")),
            lambda: growth.sentence("mlp", parsing.curve(drawn[4], "c.json")),
        ]
        for read in readers:
            with suppress(InputError):
                read()

    edits = EDITS.map(lambda e: fuzzing.changed(repeats, e))
    curves = EDITS.map(lambda e: fuzzing.changed(curve, e))
    drawn = st.tuples(
        fuzzing.edited([metrics], [b"NaN", b"{", b"}", b'"', b"1e999", b"null"]),
        fuzzing.edited([table], CSV_TOKENS),
        fuzzing.edited([rows], CSV_TOKENS),
        edits,
        curves,
    )
    explore(drawn, check, inputs)
