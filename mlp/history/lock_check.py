"""Check that the content of a lock file is what DVC writes, whoever wrote it."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from mlp.core.errors import InputError

MD5 = re.compile(r"[0-9a-f]{32}(\.dir)?")


def check(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the content of a lock file; raise InputError, with its name, if it is broken."""
    entries = content.get("stages") or {}
    if not isinstance(entries, Mapping):
        raise InputError(f"{name} is not a lock file of DVC: stages should hold an entry a stage.")
    for stage, entry in entries.items():
        if fault := next(_faults(stage, entry), None):
            raise InputError(
                f"{name} is cut off or not a lock file of DVC: see its stage {stage}, "
                f"where {fault}."
            )
    return content


def is_md5(value: object) -> bool:
    """Return whether a value is an MD5 hash of a file or, with .dir, of a folder.

    >>> is_md5("d41d8cd98f00b204e9800998ecf8427e"), is_md5("../../etc/passwd")
    (True, False)
    """
    return isinstance(value, str) and MD5.fullmatch(value) is not None


def _faults(stage: object, entry: object) -> Iterator[str]:
    """Yield what is wrong with the entry of a stage."""
    if not isinstance(stage, str) or not isinstance(entry, Mapping):
        yield "a name or its keys are missing"
        return
    for key in ("deps", "outs"):
        files = entry.get(key) or []
        if isinstance(files, list):
            yield from (fault for file in files for fault in _file_faults(key, file))
        else:
            yield f"{key} should be a list"
    yield from _params_faults(entry.get("params") or {})


def _file_faults(key: str, file: object) -> Iterator[str]:
    path = file.get("path") if isinstance(file, Mapping) else None
    if not isinstance(file, Mapping) or not isinstance(path, str) or "\0" in path:
        yield f"{key} should hold a path and an md5 each"
        return
    md5 = file.get("md5")
    if isinstance(md5, int | float):
        yield f"the md5 of {path} is read as a number; put it in quotes"
    elif not is_md5(md5):
        yield f"{path} should have an md5 of 32 hexadecimal digits"
    if file.get("hash", "md5") != "md5":
        yield f"{path} should have the hash md5"
    place = PurePosixPath(path)
    is_inside = place.parts and not place.is_absolute() and ".." not in place.parts
    if key == "outs" and not is_inside:
        yield f"the output {path} should be a path inside the project"


def _params_faults(params: Any) -> Iterator[str]:
    sections: list[Any] = list(params.values()) if isinstance(params, Mapping) else [None]
    if not all(isinstance(section, Mapping) for section in sections):
        yield "params should hold the values of each file by key"
    elif not all(isinstance(name, str) for name in chain(params, *sections)):
        yield "a key of params should be text; put it in quotes"
