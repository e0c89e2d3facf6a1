"""Lock files of DVC: both pipelines as one, and networks that are gone."""

from typing import Any

from mlp.history import lock

STAGE: dict[str, Any] = {
    "cmd": "run",
    "deps": [{"path": "mlp/core", "md5": "d.dir"}],
    "params": {"params.yaml": {"split": {"seed": 0}}},
    "outs": [{"path": "data/train", "md5": "t"}],
}


def test_outputs_and_paths() -> None:
    assert lock.outputs({"stages": {"split": STAGE}}) == {"data/train": "t"}
    assert lock.paths(STAGE) == ["mlp/core", "data/train", "params.yaml"]


def test_a_lock_without_stages_is_empty() -> None:
    assert lock.stages({"schema": "2.0", "stages": None}) == {}


def test_stages_of_the_gate_have_the_names_that_dvc_gives_them() -> None:
    one = {"stages": {"train@mlp": STAGE}}
    other = {"stages": {"crossval@mlp": STAGE}}
    both = lock.joined({lock.ROOT: one, lock.GATE: other})
    assert list(lock.stages(both)) == ["train@mlp", "gate/dvc.yaml:crossval@mlp"]
    assert [lock.pipeline_of(name) for name in lock.stages(both)] == ["dvc.yaml", "gate/dvc.yaml"]


def test_networks_that_are_gone_have_no_stages() -> None:
    """DVC leaves their entries in dvc.lock, where no run brings them up to date."""
    names = ["load", "train@linear", "train@mlp", "train@gone", "send@mail"]
    living = lock.living({"stages": dict.fromkeys(names, STAGE)}, ["linear", "mlp"])
    assert list(lock.stages(living)) == ["load", "train@linear", "train@mlp", "send@mail"]
