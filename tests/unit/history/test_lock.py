"""What dvc.lock says of two runs, and of what has changed since."""

from pathlib import Path
from typing import Any

import pytest

from mlp.history import lock

EMPTY = "d41d8cd98f00b204e9800998ecf8427e"


def stage(deps: str = "", params: Any = None, outs: str = "", cmd: str = "run") -> dict[str, Any]:
    """Return an entry of dvc.lock; a file is written name:hash."""

    def files(text: str) -> list[dict[str, str]]:
        pairs = (word.split(":") for word in text.split())
        return [{"path": path, "md5": md5, "hash": "md5"} for path, md5 in pairs]

    entry: dict[str, Any] = {"cmd": cmd, "deps": files(deps), "outs": files(outs)}
    return entry | ({"params": {"params.yaml": params}} if params else {})


def content(seed: int = 0, alpha: float = 0.1, code: str = "c1") -> dict[str, Any]:
    """Return a lock in which train reads what split writes, and evaluate what train writes."""
    return {
        "schema": "2.0",
        "stages": {
            "check": stage("", {"split": {"seed": seed}, "mlp": {"alpha": alpha}}, "ok:0"),
            "evaluate": stage(f"model:m{seed}{alpha}", None, f"scores:s{seed}{alpha}"),
            "split": stage(f"ok:0 split.py:{code}", {"split": {"seed": seed}}, f"train:t{seed}"),
            "train@mlp": stage(
                f"train:t{seed}", {"mlp": {"alpha": alpha}}, f"model:m{seed}{alpha}"
            ),
        },
    }


def test_changed_values_by_dotted_key() -> None:
    old = {"mlp": {"alpha": 0.1, "hidden_layer_sizes": [50], "gone": 1}, "gate": {}}
    new = {"mlp": {"alpha": 0.2, "hidden_layer_sizes": [50]}, "gate": {"model": "mlp"}}
    assert lock.changed(old, new) == {
        "mlp.alpha": (0.1, 0.2),
        "mlp.gone": (1, lock.MISSING),
        "gate.model": (lock.MISSING, "mlp"),
    }


def test_a_number_is_not_a_truth_value_and_1_is_1_0() -> None:
    assert lock.changed({"a": 1, "b": 1}, {"a": True, "b": 1.0}) == {"a": (1, True)}


def test_reran_in_the_order_of_the_graph() -> None:
    assert lock.reran(content(), content()) == []
    assert lock.reran(content(), content(seed=1)) == ["split", "train@mlp", "evaluate"]
    assert lock.reran(content(), content(alpha=0.2)) == ["train@mlp", "evaluate"]
    assert lock.reran(content(), content(code="c2")) == ["split"]  # it wrote the same
    assert lock.reran({}, content()) == ["split", "train@mlp", "evaluate"]


def test_readers() -> None:
    everything = {"split", "train@mlp", "evaluate"}
    assert lock.readers_of_key(content(), "params.yaml", "split.seed") == everything
    assert lock.readers_of_key(content(), "params.yaml", "mlp.alpha") == {"train@mlp", "evaluate"}
    assert lock.readers_of_key(content(), "params.yaml", "gate.model") == set()
    assert lock.readers_of_file(content(), "split.py") == everything
    assert lock.readers_of_file(content(), "README.md") == set()


def test_edited_files_are_those_that_no_stage_writes() -> None:
    assert lock.edited(content(), content(seed=1, code="c2")) == ["split.py"]


def test_outputs() -> None:
    assert lock.outputs(content()) == {
        "ok": "0",
        "scores": "s00.1",
        "train": "t0",
        "model": "m00.1",
    }


def test_a_lock_without_stages_is_empty() -> None:
    assert lock.stages({"schema": "2.0", "stages": None}) == {}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: params.yaml and an empty split.py."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "params.yaml").write_text("split: {seed: 0}\nmlp: {alpha: 0.1}\ngate: {a: 1}\n")
    (tmp_path / "split.py").touch()
    return tmp_path


TRACKED = {"params.yaml", "split.py"}


@pytest.mark.usefixtures("folder")
def test_results_of_what_is_here_are_not_stale() -> None:
    assert lock.stale(content(code=EMPTY), TRACKED) == []


def test_a_change_since_the_run_is_stale(folder: Path) -> None:
    (folder / "split.py").write_text("# edited")
    (folder / "params.yaml").write_text(
        "split: {seed: 3}\nmlp: {alpha: 0.1, new: 2}\ngate: {a: 9}\n"
    )
    assert lock.stale(content(code=EMPTY), TRACKED) == [
        "split.seed is 3; the results were made with 0",
        "split.py was changed since the results were made",
        "mlp.new is 2; the results were made with nothing",
    ]


def test_a_deleted_dependency_is_stale(folder: Path) -> None:
    (folder / "split.py").unlink()
    assert lock.stale(content(code=EMPTY), TRACKED) == [
        "split.py was changed since the results were made"
    ]


def test_md5(folder: Path) -> None:
    assert lock.md5(folder / "split.py") == EMPTY
    assert lock.md5(folder / "none") is None
    assert lock.md5(folder) is None
