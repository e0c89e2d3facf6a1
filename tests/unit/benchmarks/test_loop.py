"""The table of the loop, and how both sides are seen to have done the same."""

from pathlib import Path

import pytest

from benchmarks import loop
from benchmarks.loop_rounds import same
from benchmarks.loop_sides import Copy, ran_by_dvc, ran_by_snakemake

SECONDS = {
    "edit": [4.0, 6.0, 5.0],
    "notebook": [2.0, 2.0, 4.0],
    "snakemake": [5.0, 6.0, 10.0],
    "no-op": [1.0, 1.0, 1.0],
    "snakemake no-op": [2.0, 2.0, 2.0],
    "network": [6.0, 6.0, 6.0],
    "regression": [5.0, 5.0, 5.0],
    "gate": [9.0, 9.0, 9.0],
    "cold": [30.0, 30.0, 30.0],
    "search": [20.0, 20.0, 20.0],
}


def test_a_ratio_is_of_medians_with_those_of_the_rounds_beside_it() -> None:
    first, second, *_ = loop.lines(loop.ROWS, SECONDS)
    # Medians 5 and 2; rounds 4 / 2 = 2, 6 / 2 = 3, 5 / 4 = 1.25.
    assert first[1::2] == ["5.00", "2.00", "1.25 to 3.00"]
    assert first[4::2] == ["2.50", "2.5"]
    # Medians 5 and 6; rounds 0.8, 1 and 0.5.
    assert second[3:] == ["6.00", "0.83", "0.50 to 1.00", "1"]


def test_every_row_has_its_limit() -> None:
    assert [row.most for row in loop.ROWS] == [2.5, 1.0, 0.75, 1.3, 1.2, 6.0, 2.0]
    assert {name for row in loop.ROWS for name in (row.ours, row.theirs)} == SECONDS.keys()


def test_what_ran_is_read_from_the_logs() -> None:
    dvc = "'data/x.dvc' didn't change, skipping\nRunning stage 'train@mlp':\n> python -m a\n"
    assert ran_by_dvc(f"{dvc}Stage 'load' didn't change, skipping\n") == ["train@mlp"]
    assert ran_by_dvc("Stage 'train@mlp' is cached - skipping run, checking out outputs\n") == []
    snakemake = "Job stats:\nlocalrule check:\n    input: a\nrule train_mlp:\n\nlocalrule all:\n"
    assert ran_by_snakemake(snakemake) == ["check", "train_mlp"]


def test_a_difference_ends_the_benchmark() -> None:
    same("accuracy", 0.5, 0.5)
    with pytest.raises(SystemExit, match=r"both sides should do the same, but accuracy: 0\.5 and"):
        same("accuracy", 0.5, 0.25)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    (tmp_path / "params.yaml").write_text("mlp: {alpha: 0.1, solver: sgd}\nload: {}\n")
    return Copy(tmp_path)


def test_an_edit_changes_alpha_alone_and_from_what_was_committed(copy: Copy) -> None:
    copy.edit(mlp=copy.section(0.2), fifty=copy.section(0.3))
    copy.edit(mlp=copy.section(0.25))
    assert Copy(copy.folder).params == {"mlp": {"alpha": 0.25, "solver": "sgd"}, "load": {}}
    copy.edit()
    assert Copy(copy.folder).params == copy.params


def test_outputs_are_compared_by_their_bytes_and_without_snakemakes_stamps(copy: Copy) -> None:
    folder = copy.folder / "models"
    folder.mkdir()
    (folder / "a.onnx").write_bytes(b"a")
    before = copy.digests(["models", "params.yaml"])
    (folder / ".snakemake_timestamp").touch()
    assert copy.digests(["models", "params.yaml"]) == before
    assert list(before) == ["models/a.onnx", "params.yaml"]
    (folder / "a.onnx").write_bytes(b"b")
    assert copy.digests(["models", "params.yaml"]) != before


def test_a_search_is_summed_up_by_its_trials(copy: Copy) -> None:
    (copy.folder / "data/search").mkdir(parents=True)
    (copy.folder / "data/search/trials.csv").write_text(
        "candidate,mean_score,sd_score,fold_1,fold_2\n1,0.5,0,0.5,0.5\n2,0.75,0,0.5,1\n"
    )
    assert copy.search() == (2, 2, 0.75)
