"""Lock files that DVC did not write, or that were cut off, are refused by the name of a stage."""

from typing import Any

import pytest

from mlp.core.errors import InputError
from mlp.history import lock_check
from mlp.history.runs import Runs

MD5 = "0123456789abcdef" * 2


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "load": {
            "cmd": "run",
            "deps": [{"path": "mlp/core", "md5": f"{MD5}.dir"}],
            "params": {"params.yaml": {"split": {"seed": 0}}},
            "outs": [{"path": "data/train", "md5": MD5}],
            **changes,
        }
    }


@pytest.mark.parametrize("stages", [entry(), entry(deps=None, params=None, outs=None), None, {}])
def test_what_dvc_writes_is_taken(stages: Any) -> None:
    content = {"schema": "2.0", "stages": stages}
    assert lock_check.check(content, "dvc.lock of x") is content


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        (5, "is not a lock file of DVC: stages should hold an entry a stage."),
        ({"load": 5}, "see its stage load, where a name or its keys are missing."),
        ({5: {}}, "see its stage 5, where a name or its keys are missing."),
        (entry(outs=[{"path": "a"}]), "a should have an md5 of 32 hexadecimal digits."),
        (entry(deps=[None]), "deps should hold a path and an md5 each."),
        (entry(deps={"path": "a", "md5": MD5}), "deps should be a list."),
        (entry(deps=[{"path": 5, "md5": MD5}]), "deps should hold a path and an md5 each."),
        (entry(deps=[{"path": "a", "md5": int("1" * 32)}]), "the md5 of a is read as a number; put it in quotes."),
        (entry(outs=[{"path": "a", "md5": "../../../etc/passwd"}]), "a should have an md5 of 32"),
        (entry(outs=[{"path": "/", "md5": MD5}]), "the output / should be a path inside the project."),
        (entry(outs=[{"path": "a/../..", "md5": MD5}]), "should be a path inside the project."),
        (entry(outs=[{"path": ".", "md5": MD5}]), "should be a path inside the project."),
        (entry(deps=[{"path": "a\0", "md5": MD5}]), "deps should hold a path and an md5 each."),
        (entry(outs=[{"path": "a", "md5": MD5, "hash": "sha"}]), "a should have the hash md5."),
        (entry(params=["a"]), "params should hold the values of each file by key."),
        (entry(params={"params.yaml": None}), "params should hold the values of each file by key."),
        (entry(params={"params.yaml": {5: 1}}), "a key of params should be text; put it in quotes."),
    ],
)  # fmt: skip
def test_a_broken_lock_is_named(stages: Any, reason: str) -> None:
    with pytest.raises(InputError, match=r"^dvc\.lock of x is .*not a lock file of DVC") as caught:
        lock_check.check({"stages": stages}, "dvc.lock of x")
    assert reason in str(caught.value)


def test_stages_in_a_circle_are_refused() -> None:
    """DVC writes no such lock; a merge by hand can."""
    one, other = ({"path": name, "md5": MD5} for name in ("one", "other"))
    stages = {"a": {"deps": [one], "outs": [other]}, "b": {"deps": [other], "outs": [one]}}
    with pytest.raises(InputError, match=r"^the stages in dvc\.lock form a circle"):
        _ = Runs({}, {"stages": stages}).reran
