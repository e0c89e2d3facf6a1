"""Dates and ordered texts become features in load, and the same ones in predict, or are refused."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from data_stages import EARLIER, parameters, run, write
from project import ROOT, Project

from mlp.core import dataset_file, params_file
from mlp.data import derive
from mlp.model import export, saved
from mlp.predict import rows as new_rows
from mlp.training.fit import fit

ROWS = 240
RNG = np.random.default_rng(0)
START = datetime(2024, 11, 1, 6, tzinfo=UTC).replace(tzinfo=None)
SOLD = [START + timedelta(minutes=int(m)) for m in RNG.integers(0, 400 * 1440, ROWS)]
SIZES = RNG.choice(["small", "medium", "large"], ROWS)
LATE = np.array([sold.weekday() >= 4 for sold in SOLD])
TABLE = pd.DataFrame(
    {
        "price": RNG.normal(size=ROWS).round(3),
        "sold am": [sold.strftime("%d.%m.%Y %H:%M") for sold in SOLD],
        "due": [f"{sold + timedelta(days=9):%Y-%m-%d}" for sold in SOLD],
        "size": SIZES,
        "note": [f"n{i % 5}" for i in range(ROWS)],
        "kind": np.where(LATE ^ (SIZES == "large"), "yes", "no"),
        "cost": (np.arange(ROWS) % 17 + 3.0 * LATE).round(2),
    }
)
DECLARED = {
    "order": {"size": ["small", "medium", "large"]},
    "dates": {"sold am": ["weekday", "hour", "elapsed"], "due": ["month", "year"]},
    "date_formats": {"sold am": "%d.%m.%Y %H:%M"},
    "drop": ["note"],
}
TASKS = {
    "classification": {"target": "kind", "drop": ["note", "cost"]},
    "regression": {"task": "regression", "target": "cost", "drop": ["note", "kind"]},
}
FEATURES = [
    "price", "sold am.weekday", "sold am.hour", "sold am.elapsed", "due.month", "due.year", "size",
]  # fmt: skip
SECTION = {"hidden_layer_sizes": [8], "scale": "standard", "random_state": 0, "max_iter": 20}
CSV = TABLE.to_csv(index=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each task, with a network that was trained on all rows."""
    folders = {}
    for task, load in TASKS.items():
        folder = folders[task] = tmp_path_factory.mktemp(task)
        write(folder, CSV, "data.csv")
        parameters(folder, DECLARED | load)
        assert run(folder, "load", 0) == ""
        model = folder / "data/models/tuned/model.onnx"
        model.parent.mkdir(parents=True)
        export.export(fit(SECTION, dataset_file.read(folder / "dataset.parquet")), model)
        (folder / "dvc.yaml").touch()
        whole = params_file.parse(ROOT / "params.yaml")
        kept = {name: whole[name] for name in ("load", "networks", "gate")}
        params_file.write(folder / "params.yaml", kept)
    return folders


def predicted(folder: Path, content: Any, name: str = "new.csv") -> tuple[list[str], str]:
    """Return the answers for the rows of a file, and what is said on stderr."""
    write(folder, content, name)
    done = Project(folder).mlp("predict", name)
    table = pd.read_csv(io.StringIO(done.stdout), dtype=str)
    return table["predicted"].tolist(), done.stderr


def test_the_features_are_as_declared(made: dict[str, Path]) -> None:
    rows = dataset_file.read(made["classification"] / "dataset.parquet")
    assert rows.columns.features == FEATURES
    assert rows.columns.sources == ["price", "sold am", "due", "size"]
    wanted = [
        [s.isoweekday(), s.hour + s.minute / 60, (s - datetime(1970, 1, 1)) / timedelta(days=1)]  # noqa: DTZ001 - as written
        for s in SOLD
    ]
    assert np.array(rows.features[:, 1:4], float) == pytest.approx(np.array(wanted))
    places = [DECLARED["order"]["size"].index(size) for size in SIZES]
    assert rows.features[:, 6].tolist() == places


@pytest.mark.parametrize("task", TASKS)
def test_predict_takes_the_raw_columns(
    task: str, made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made[task]
    rows = dataset_file.read(folder / "dataset.parquet")
    model = saved.load(folder / "data/models/tuned/model.onnx")
    answers = model.table(rows.features)["predicted"]
    wanted = pd.Series(answers).map(
        lambda v: v if isinstance(v, str) else f"{v:.{model.decimals}f}"
    )
    raw = TABLE.drop(columns=["note", "kind", "cost"])
    assert predicted(folder, CSV)[0] == wanted.tolist()
    monkeypatch.setattr(new_rows, "BATCH_BYTES", 1000)
    assert predicted(folder, raw[raw.columns[::-1]].to_csv(index=False)) == (wanted.tolist(), "")
    zipped = gzip.compress(raw.to_csv(index=False).encode())
    assert predicted(folder, zipped, "new.csv.gz")[0] == wanted.tolist()
    typed = raw.assign(**{"sold am": SOLD, "due": pd.to_datetime(raw["due"]).dt.date})
    typed = typed.astype({"size": "category"})
    assert predicted(folder, typed, "new.parquet") == (wanted.tolist(), "")
    assert predicted(folder, raw, "new.parquet")[0] == wanted.tolist()


def test_summaries_say_what_was_declared(made: dict[str, Path]) -> None:
    folder = made["classification"]
    whole = (folder / "params.yaml").read_bytes()
    parameters(folder, DECLARED | TASKS["classification"], {"time": "sold am"})
    sentence = "column 'sold am', which split.time names, is also a feature; add it to load.drop"
    assert sentence in run(folder, "split", 0)
    (folder / "params.yaml").write_bytes(whole)
    for name in ("schema.json", "data.json"):
        content = json.loads((folder / name).read_text(encoding="utf-8"))
        assert {key: content[key] for key in ("order", "dates", "date_formats")} == {
            key: value for key, value in DECLARED.items() if key != "drop"
        }
    test = dataset_file.read(folder / "test.parquet")
    assert sorted(test.rows) == sorted(np.argsort(np.array(SOLD), kind="stable")[-60:])


def test_drift_is_told_by_feature(made: dict[str, Path]) -> None:
    later = TABLE.assign(due="2031-05-17")
    said = predicted(made["classification"], later.to_csv(index=False))[1]
    assert "outside the range of the training rows: due.year in 240 rows (2024 to 2025)." in said
    assert "do not use these columns: note, cost." in said.replace("does not use", "do not use")


def changed(name: str, value: object, row: int = 7) -> str:
    column = TABLE[name].astype(object).where(TABLE.index != row, value)
    return TABLE.assign(**{name: column}).to_csv(index=False)


NO_DATE = "it should be a date such as 2026-01-31 or 2026-01-31T10:30."
WRONG = {
    "no date": (changed("due", "soon"), f"column 'due', row 7 holds 'soon'; {NO_DATE}"),
    "no day of the calendar": (changed("due", "2025-02-29"), f"column 'due', row 7 holds '2025-02-29'; {NO_DATE}"),
    "another format": (changed("sold am", "2025-03-04 10:30"), "column 'sold am', row 7 holds '2025-03-04 10:30'; it should be a date written %d.%m.%Y %H:%M."),
    "American": (changed("sold am", "12.31.2025 10:30"), "column 'sold am', row 7 holds '12.31.2025 10:30'; it should be a date"),
    "no place in the order": (changed("size", "Large"), "column 'size', row 7 holds 'Large'; it should be one of 'small', 'medium', 'large' (load.order)."),
    "a number": (changed("size", 3), "column 'size', row 7 holds '3'; it should be one of"),
    "blank": (changed("size", "large "), "column 'size', row 7 holds 'large '; it should be one of"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_refused_in_load_and_in_predict(
    case: str, made: dict[str, Path], tmp_path: Path
) -> None:
    content, sentence = WRONG[case]
    write(tmp_path, content, "data.csv")
    parameters(tmp_path, DECLARED | TASKS["classification"])
    (tmp_path / "dataset.parquet").write_bytes(EARLIER)
    assert run(tmp_path, "load", 1).startswith(f"error: {sentence}")
    assert (tmp_path / "dataset.parquet").read_bytes() == EARLIER
    write(made["classification"], content, "new.csv")
    done = Project(made["classification"]).mlp("predict", "new.csv", "-o", "out.csv", code=1)
    assert done.stderr.startswith(f"error: {sentence}")
    assert done.stderr.count("\n") == 1
    assert not (made["classification"] / "out.csv").exists()


@pytest.mark.parametrize("batch", [300, 1000, 1 << 20])
def test_the_row_is_that_of_the_file(
    batch: int, made: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_rows, "BATCH_BYTES", batch)
    folder = made["classification"]
    write(folder, changed("due", "soon", 200), "new.csv")
    stderr = Project(folder).mlp("predict", "new.csv", code=1).stderr
    assert f"column 'due', row 200 holds 'soon'; {NO_DATE}" in stderr


@pytest.mark.parametrize("gap", ["", "NA", "null"])
def test_gaps_are_refused_or_filled(gap: str, made: dict[str, Path], tmp_path: Path) -> None:
    content = changed("due", gap)
    write(tmp_path, content, "data.csv")
    parameters(tmp_path, DECLARED | TASKS["classification"])
    stderr = run(tmp_path, "load", 1)
    assert stderr.startswith("error: values are missing in 'due' (1 row); set load.impute to")
    write(made["classification"], content, "new.csv")
    done = Project(made["classification"]).mlp("predict", "new.csv", code=1)
    sentence = "row 7: column 'due' is empty, but the model was trained without gaps."
    assert sentence in done.stderr
    parameters(tmp_path, DECLARED | TASKS["classification"] | {"impute": "median"})
    assert run(tmp_path, "load", 0) == ""
    rows = dataset_file.read(tmp_path / "dataset.parquet")
    assert np.isnan(rows.features[7, 4:6]).all()


def test_a_part_that_never_changes_is_dropped_and_not_asked_for(tmp_path: Path) -> None:
    dates = TABLE.assign(due="2025-01-31", extra="2025-01-31")
    write(tmp_path, dates.to_csv(index=False), "data.csv")
    load = {"dates": DECLARED["dates"] | {"extra": ["hour"]}}
    parameters(tmp_path, DECLARED | TASKS["classification"] | load)
    stderr = run(tmp_path, "load", 0)
    names = "columns 'due.month', 'due.year', 'extra.hour' are not used as features (constant)."
    assert stderr == f"warning: {names}\n"
    assert dataset_file.read(tmp_path / "dataset.parquet").columns.sources == [
        "price", "sold am", "size",
    ]  # fmt: skip


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no such column in order": ({"order": {"Size": ["a", "b"]}}, "load.order: there is no column 'Size'; did you mean 'size'?"),
    "no such column in dates": ({"dates": {"dew": ["year"]}}, "load.dates: there is no column 'dew'; did you mean 'due'?"),
    "no such column in date_formats": ({"date_formats": {"x": "%Y"}}, "load.date_formats: there is no column 'x'; the columns are 'price', 'sold am', 'due' and 4 more."),
    "undeclared": ({"dates": {}, "date_formats": {}}, 'column \'sold am\' holds dates such as \'{}\', written %d.%m.%Y %H:%M; set load.dates to {{"sold am": [year, month, weekday, hour]}} and load.date_formats to {{"sold am": "%d.%m.%Y %H:%M"}}'),
    "a format alone": ({"dates": {"due": ["year"]}}, "column 'sold am' holds dates, such as"),
    "no format": ({"date_formats": {}}, "column 'sold am', row 0 holds '{}'; it should be a date such as 2026-01-31 or 2026-01-31T10:30. If its dates are written %d.%m.%Y %H:%M, set load.date_formats to"),
    "dates that are numbers": ({"dates": {"price": ["year"]}, "date_formats": {}}, "column 'price', row 0 holds "),
    "order of dates": ({"order": {"due": ["a", "b"]}, "dates": {}}, "column 'due', row 0 holds "),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_declaration_is_refused(case: str, tmp_path: Path) -> None:
    load, sentence = REFUSED[case]
    write(tmp_path, CSV, "data.csv")
    parameters(tmp_path, DECLARED | TASKS["classification"] | load)
    (tmp_path / "dataset.parquet").write_bytes(EARLIER)
    stderr = run(tmp_path, "load", 1)
    assert stderr.startswith(f"error: {sentence.format(TABLE['sold am'][0])}")
    assert (tmp_path / "dataset.parquet").read_bytes() == EARLIER


def test_a_feature_may_not_have_the_name_of_a_column(tmp_path: Path) -> None:
    write(tmp_path, CSV.replace("price", "due.year", 1), "data.csv")
    parameters(tmp_path, DECLARED | TASKS["classification"])
    sentence = "load.dates: 'due' gives a feature 'due.year', but there is a column of that name"
    assert sentence in run(tmp_path, "load", 1)


@pytest.mark.parametrize(
    ("load", "sentence"),
    [
        ({"order": {"size": ["small"]}}, 'load.order.size is ["small"]; it should have at least 2 items'),
        ({"order": {"size": ["a", "b", "a"]}}, "should hold each item once"),
        ({"order": {"size": [1, 2]}}, "load.order.size[0] is 1; it should be a valid string"),
        ({"order": ["size"]}, 'load.order is ["size"]; it should be a section of keys and values'),
        ({"dates": {"due": ["yeer"]}}, 'load.dates.due[0] is "yeer"; it should be '),
        ({"dates": {"due": []}}, "load.dates.due is []; it should have at least 1 item"),
        ({"dates": {"due": "year"}}, 'load.dates.due is "year"; it should be a valid list'),
        ({"date_formats": {"due": "dd/mm/yyyy"}}, 'load.date_formats.due is "dd/mm/yyyy"; it should hold %Y or %y for the year'),
        ({"date_formats": {"due": "%d/%m/%Q"}}, "it should not hold %Q; the directives are %Y"),
        ({"dates": {"note": ["year"]}}, "drop and dates both name note: take it out of one."),
        ({"order": {"due": ["a", "b"]}}, "order and dates both name due: take it out of one."),
        ({"dates": {"kind": ["year"]}}, "dates should not name kind, the target"),
        ({"order": {"kind": ["no", "yes"]}}, "order should not name kind, the target"),
    ],
)  # fmt: skip
def test_wrong_params_are_refused(load: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    write(tmp_path, CSV, "data.csv")
    parameters(tmp_path, DECLARED | TASKS["classification"] | load)
    stderr = run(tmp_path, "load", 1)
    assert all(line.startswith("error: params.yaml: load") for line in stderr.splitlines())
    assert sentence in stderr


def typed(*, sold: Callable[[], Any]) -> pa.Table:
    return pa.Table.from_pandas(TABLE.assign(**{"sold am": sold()}))


SHOWN = {
    "datetime": (lambda: SOLD, "holds dates, such as", "[year, month, weekday, hour]"),
    "date": (lambda: [sold.date() for sold in SOLD], "holds dates, such as", "[year, month, day, weekday]"),
    "zone": (lambda: pd.to_datetime(SOLD).tz_localize("Asia/Kolkata"), "holds dates, such as", "[year, month, weekday, hour]"),
    "ISO text": (lambda: [sold.isoformat() for sold in SOLD], "holds dates such as '", "[year, month, weekday, hour]"),
    "category": (lambda: pd.Categorical([f"{sold:%m/%d/%Y}" for sold in SOLD]), "', written %m/%d/%Y; set", "[year, month, day, weekday]"),
    "time": (lambda: [sold.time() for sold in SOLD], "holds times of day, such as", "[hour]"),
    "month names": (lambda: [f"{sold:%d-%b-%y}" for sold in SOLD], "', written %d-%b-%y; set", "[year, month, day, weekday]"),
    "whole numbers as text": (lambda: [f"{sold:%Y%m%d}" for sold in SOLD], "', written %Y%m%d; set", "[year, month, day, weekday]"),
}  # fmt: skip


@pytest.mark.parametrize("categories", ["none", "onehot"])
@pytest.mark.parametrize("case", SHOWN)
def test_undeclared_dates_are_refused_with_a_line_to_paste(
    case: str, categories: str, tmp_path: Path
) -> None:
    sold, words, parts = SHOWN[case]
    write(tmp_path, typed(sold=sold), "data.parquet")
    load = DECLARED | TASKS["classification"] | {"source": "data.parquet", "categories": categories}
    load |= {"dates": {"due": ["year"]}, "date_formats": {}}
    parameters(tmp_path, load)
    stderr = run(tmp_path, "load", 1)
    assert stderr.startswith("error: column 'sold am' holds ")
    assert words in stderr
    pasted = stderr.split("set load.dates to ")[1]
    assert pasted.startswith(f'{{"sold am": {parts}}}')
    parts_given = json.loads(parts.replace("[", '["').replace(", ", '", "').replace("]", '"]'))
    formats = {}
    if "load.date_formats to " in stderr:
        formats = {"sold am": stderr.split('load.date_formats to {"sold am": "')[1].split('"')[0]}
    dates = {"dates": {"due": ["year"], "sold am": parts_given}, "date_formats": formats}
    parameters(tmp_path, load | dates)
    run(tmp_path, "load", 0)


def test_a_duration_is_refused(tmp_path: Path) -> None:
    write(tmp_path, typed(sold=lambda: [sold - START for sold in SOLD]), "data.parquet")
    load = {"source": "data.parquet", "dates": {"due": ["year"]}, "date_formats": {}}
    parameters(tmp_path, DECLARED | TASKS["classification"] | load)
    assert "column 'sold am' holds durations, which are no numbers" in run(tmp_path, "load", 1)


def test_an_order_takes_what_can_be_written_as_text() -> None:
    column = pa.chunked_array([pa.array([True, None, False])])
    assert derive.places("x", column, ["false", "true"]).to_pylist() == [1, None, 0]
    column = pa.chunked_array([pa.array(["NA", "b", "nan"])])
    assert derive.places("x", column, ["NA", "b"]).to_pylist() == [0, 1, None]


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%b %d, %Y", "%Y-%m-%d", "%Y%m%d"])
@pytest.mark.parametrize("test_size", [0.1, 0.5])
def test_split_time_takes_the_format_of_a_dropped_column(
    form: str, test_size: float, tmp_path: Path
) -> None:
    days = [START + timedelta(days=7 * i % 240) for i in range(ROWS)]
    dated = TABLE.assign(when=[day.strftime(form) for day in days])
    write(tmp_path, dated.to_csv(index=False), "data.csv")
    load = DECLARED | TASKS["classification"] | {"drop": ["note", "cost", "when"]}
    load["date_formats"] = DECLARED["date_formats"] | {"when": form}
    parameters(tmp_path, load, {"time": "when", "test_size": test_size})
    run(tmp_path, "load", 0)
    assert run(tmp_path, "split", 0) == ""
    test = dataset_file.read(tmp_path / "test.parquet")
    newest = np.argsort(np.array(days))[-int(ROWS * test_size) :]
    assert sorted(test.rows) == sorted(newest)
    assert test.columns.features == FEATURES


def test_a_group_of_dates_stays_together(tmp_path: Path) -> None:
    days = [str((START + timedelta(days=i % 12)).date()) for i in range(ROWS)]
    write(tmp_path, TABLE.assign(due=days).to_csv(index=False), "data.csv")
    parameters(tmp_path, DECLARED | TASKS["classification"], {"group": "due"})
    run(tmp_path, "load", 0)
    run(tmp_path, "split", 0)
    parts = [dataset_file.read(tmp_path / f"{name}.parquet").groups for name in ("train", "test")]
    assert not set(parts[0]) & set(parts[1])
    assert len(set(parts[0]) | set(parts[1])) == 12
