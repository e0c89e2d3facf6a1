"""A benchmark prints, keeps and shows the same on the page."""

import argparse
import json
import sys
from pathlib import Path

import pytest

from benchmarks import docs, machine, record
from benchmarks.record import Record, Table

RECORD = Record(
    "tiny", "Tiny", "Ours against theirs.", [Table(["what", "ratio"], [["a | b", "2"]], "Two")]
)


@pytest.fixture(autouse=True)
def _results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "RESULTS", tmp_path)


def test_a_whole_benchmark_is_printed_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    record.publish(RECORD, keep=True)
    assert capsys.readouterr().out.split() == [
        "Two", "what", "ratio", "------", "-------", "a", "|", "b", "2",
    ]  # fmt: skip
    kept = record.read("tiny")
    assert kept["command"] == "python -m benchmarks.tiny"
    assert kept["tables"] == [
        {"columns": ["what", "ratio"], "rows": [["a | b", "2"]], "caption": "Two"}
    ]
    assert kept["machine"] == machine.describe()


def test_a_part_is_printed_and_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    record.publish(RECORD, keep=False)
    shown = capsys.readouterr()
    assert "a | b" in shown.out
    assert shown.err == "This was not the whole benchmark: tiny.json is as before.\n"
    assert not record.path("tiny").exists()


def test_an_infinite_number_is_not_kept() -> None:
    infinite = Record("tiny", "", "", [], {"ratio": float("inf")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        record.write(infinite)


@pytest.mark.parametrize(("words", "whole"), [([], True), (["--busy"], False), (["--n=2"], False)])
def test_the_whole_benchmark_is_the_one_without_options(
    words: list[str], *, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["tiny", *words])
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=1)
    record.add_busy(parser)
    assert record.arguments(parser)[1] is whole


def test_a_section_of_the_page() -> None:
    described = {
        "processor": "Some", "cores": 2, "memory_gb": 8, "system": "Linux x86_64",
        "python": "3.11.7", "packages": {"dvc": "3.67.1", "numpy": "2.4.6"},
    }  # fmt: skip
    record.write(RECORD)
    page = docs.page([record.read("tiny") | {"machine": described}])
    assert (
        page.removeprefix(docs.HEAD)
        == r"""
## Tiny

`python -m benchmarks.tiny` on 2 cores (Some), 8 GB, Linux x86_64, Python 3.11.7: dvc 3.67.1, numpy 2.4.6.

Ours against theirs.

Two:

| what | ratio |
| --- | --- |
| a \| b | 2 |
"""
    )


def test_a_machine_is_described_without_its_name() -> None:
    described = machine.describe()
    assert list(described) == ["processor", "cores", "memory_gb", "system", "python", "packages"]
    assert {"dvc", "numpy", "scikit-learn"} <= described["packages"].keys()
    assert json.dumps(described)


def test_a_busy_machine_is_not_measured_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "PATIENCE", 0)
    monkeypatch.setattr("os.getloadavg", lambda: (0.51, 0, 0))
    monkeypatch.setattr("time.sleep", lambda _: None)
    with pytest.raises(SystemExit, match=r"its load average is 0\.51 and should be at most 0\.5"):
        machine.wait_until_idle()
    monkeypatch.setattr("os.getloadavg", lambda: (0.5, 9, 9))
    machine.wait_until_idle()
