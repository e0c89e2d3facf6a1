"""Verify the bytes of results, here and in DVC's cache, against a lock file."""

import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from mlp.core.errors import InputError
from mlp.history import digest, lock, lock_check
from mlp.history.lock import Lock


def rehash(
    content: Lock, file: str, in_cache: Callable[[str], Path], tracked: Collection[str]
) -> Iterator[str]:
    """Return a sentence for every output whose bytes are not those that a lock file records.

    Parameters
    ----------
    content : mapping
        The content of the lock file.
    file : str
        Its name.
    in_cache : callable
        Returns the path of an MD5 hash in DVC's cache.
    tracked : collection of str
        The files that git stores. Others may be missing, as in a fresh clone: DVC restores them.

    Notes
    -----
    DVC itself trusts a read-only file in its cache without reading it.
    """
    for path, recorded in lock.outputs(content).items():
        now = digest.md5(Path(path))
        if now is None and path in tracked:
            yield f"{path} is missing"
        elif now not in {None, recorded}:
            yield f"{path} is not what {file} records"
        for part, md5 in _parts(path, recorded, in_cache):
            kept = in_cache(md5)
            if kept.is_file() and digest.md5(kept) != md5.removesuffix(digest.DIR):
                yield f"{part}: its copy in DVC's cache, {kept}, has rotted; delete it"


def _parts(path: str, recorded: str, in_cache: Callable[[str], Path]) -> Iterator[tuple[str, str]]:
    """Return an output and, if it is a folder whose listing is in the cache, its files."""
    yield path, recorded
    listing = in_cache(recorded)
    if recorded.endswith(digest.DIR) and digest.md5(listing) == recorded.removesuffix(digest.DIR):
        for name, md5 in _listed(listing):
            yield f"{path}/{name}", md5


def _listed(listing: Path) -> list[tuple[str, str]]:
    """Return the files of a folder and their hashes; raise InputError if DVC did not list them."""
    try:
        files = [(file["relpath"], file["md5"]) for file in json.loads(listing.read_bytes())]
    except (ValueError, TypeError, KeyError):
        files = [(None, None)]
    if all(isinstance(name, str) and lock_check.is_md5(md5) for name, md5 in files):
        return files
    raise InputError(f"{listing} should be DVC's list of a folder's files; delete it.")
