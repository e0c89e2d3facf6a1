"""Hash files and folders as DVC hashes them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from mlp.core import disk
from mlp.history.git import git

DIR = ".dir"  # what DVC appends to the hash of a folder


def md5(path: Path) -> str | None:
    """Return the MD5 hash that DVC records of a file or folder, None if there is neither."""
    if path.is_dir():
        hashes = {file.relative_to(path).as_posix(): _of_file(file) for file in _files(path)}
        return of_listing(hashes)
    return _of_file(path) if path.is_file() else None


def of_listing(hashes: Mapping[str, str]) -> str:
    """Return the hash of a folder.

    Parameters
    ----------
    hashes : mapping of str to str
        The MD5 hash of each file, by its path in the folder.

    Notes
    -----
    ``dvc_data.hashfile.tree.Tree.digest`` does the same, and takes a quarter of a second to import.
    """
    listing = [{"md5": hashes[path], "relpath": path} for path in sorted(hashes)]
    text = json.dumps(listing, sort_keys=True).encode()
    return hashlib.md5(text, usedforsecurity=False).hexdigest() + DIR


def _of_file(path: Path) -> str:
    with disk.named(path), path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, except those that .dvcignore excludes."""
    ignored = _ignored(folder)
    for path in folder.rglob("*"):
        if path.is_file() and path.absolute() not in ignored:
            yield path


def _ignored(folder: Path) -> set[Path]:
    """Return the files that .dvcignore excludes; its syntax is that of .gitignore, so git knows."""
    which = ("--cached", "--others", "--ignored", "--exclude-per-directory=.dvcignore")
    listed = git("ls-files", "-z", *which, "--", str(folder)) or ""
    return {Path(path).absolute() for path in listed.split("\0") if path}
