"""Decide whether DVC can read the content of one of its lock files."""

from collections.abc import Mapping
from typing import Any

EMPTY = "is empty"
CONFLICT = "holds a merge conflict (<<<<<<<)"
SCHEMA = "2.0"  # the one version of lock files that DVC reads


class NotYAMLError(Exception):
    """The content of a file is not YAML."""


def fault(content: bytes) -> str | None:
    r"""Return what is wrong with the content of a lock file, or None.

    DVC writes it in place, so a signal can cut it off anywhere. A part that ends with a whole
    entry does no harm: DVC runs the stages that it lacks.

    >>> fault(b""), fault(b"schema: '2.0'\nstages:\n  split:\n    cm")
    ('is empty', 'is cut off')
    >>> fault(b"schema: '2.0'\nstages: {}\n") is None
    True
    """
    if not content.strip(b"\0\t\r\n "):
        return EMPTY
    if b"\n<<<<<<< " in b"\n" + content:
        return CONFLICT
    if not content.endswith(b"\n"):
        return "is cut off"
    try:
        parsed = _parsed(content)
    except NotYAMLError:
        return "is cut off or damaged"
    return None if _is_lock(parsed) else "is cut off, or not a lock file of DVC"


def outputs(content: bytes) -> list[str]:
    """Return the paths of the outputs that a readable lock file names."""
    stages = _parsed(content).get("stages", {})
    return [out["path"] for entry in stages.values() for out in entry.get("outs") or ()]


def _parsed(content: bytes) -> Any:
    """Return what DVC reads; raise NotYAMLError."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - a file that equals its copy is not parsed
    from ruamel.yaml.error import YAMLError  # noqa: PLC0415 - likewise

    try:
        return YAML(typ="safe").load(content.decode("utf-8"))
    except (YAMLError, ValueError, LookupError, RecursionError):
        raise NotYAMLError from None


def _is_lock(parsed: object) -> bool:
    if not isinstance(parsed, dict) or parsed.get("schema") != SCHEMA:
        return False
    stages = parsed.get("stages", {})
    return isinstance(stages, dict) and all(map(_is_entry, stages.values()))


def _is_entry(entry: Any) -> bool:
    """Return whether DVC takes the entry of a stage: LOCK_FILE_STAGE_SCHEMA of dvc/schema.py."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("cmd"), str | list):
        return False
    params = entry.get("params", {})
    return (
        isinstance(params, dict)
        and all(isinstance(values, dict) for values in params.values())
        and all(_is_list_of_files(entry.get(key, [])) for key in ("deps", "outs"))
    )


def _is_list_of_files(files: object) -> bool:
    """Return whether each item has a path and a hash, as what a stage reads or writes has."""
    return isinstance(files, list) and all(
        isinstance(file, dict) and "path" in file and None not in file.values() for file in files
    )
