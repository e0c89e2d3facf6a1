"""A lock file is readable if DVC reads it, wherever it was cut off."""

import pytest
from dvc.schema import COMPILED_LOCKFILE_SCHEMA
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from voluptuous import Invalid

from mlp.repair.lock_content import fault, outputs

LOCK = b"""\
schema: '2.0'
stages:
  split:
    cmd: python -m stages.split
      --train train.csv
    deps:
    - path: data.csv
      hash: md5
      md5: 0f4af71d6f44682f9be841bd69461942
      size: 175473
    params:
      params.yaml:
        split.seed: 0
    outs:
    - path: train.csv
      hash: md5
      md5: 7de6437305e3745d0c16db22e7c8c71e
      size: 186
  report:
    cmd:
    - first
    - second
    outs:
    - path: page
      hash: md5
      md5: 60f1873f749f141b990c81b64bf49d2a.dir
      size: 18427
      nfiles: 3
"""


def dvc_reads(content: bytes) -> bool:
    try:
        COMPILED_LOCKFILE_SCHEMA(YAML(typ="safe").load(content.decode()) or {})
    except (YAMLError, Invalid):
        return False
    return True


def test_it_agrees_with_dvc_wherever_a_file_is_cut_off() -> None:
    """Except that a line which was cut off is a fault, though DVC might read it as another value."""
    for end in range(len(LOCK) + 1):
        content = LOCK[:end]
        readable = dvc_reads(content) and content.endswith(b"\n")
        assert (fault(content) is None) == readable, content[-60:]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\0" * 4096, "is empty"),  # what a power cut leaves on some file systems
        (LOCK[:-1], "is cut off"),
        (LOCK + b"\0" * 10 + b"\n", "is cut off or damaged"),
        (
            LOCK.replace(b"    - second", b"<<<<<<< HEAD\n    - second"),
            "holds a merge conflict (<<<<<<<)",
        ),
        (LOCK + LOCK, "is cut off or damaged"),
        (b"\xff\n", "is cut off or damaged"),
        (b"[" * 10_000 + b"\n", "is cut off or damaged"),
        (b"- 1\n", "is cut off, or not a lock file of DVC"),
        (LOCK.replace(b"'2.0'", b"'1.0'"), "is cut off, or not a lock file of DVC"),
        (
            LOCK.replace(b"    cmd:\n    - first\n    - second\n", b""),
            "is cut off, or not a lock file of DVC",
        ),
    ],
)
def test_faults(content: bytes, said: str) -> None:
    assert fault(content) == said


def test_outputs() -> None:
    assert outputs(LOCK) == ["train.csv", "page"]
