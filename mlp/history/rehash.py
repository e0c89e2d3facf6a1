"""Verify the bytes of results, here and in DVC's cache, against a lock file."""

import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from mlp.history import digest, lock
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
    if recorded.endswith(digest.DIR) and listing.is_file():
        try:
            files = json.loads(listing.read_bytes())
        except ValueError:  # it has rotted, and is named for that
            return
        for entry in files:
            yield f"{path}/{entry['relpath']}", entry["md5"]
