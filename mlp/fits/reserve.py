"""Leave some space of a disk to the results, which matter more than remembered fits."""

import errno
import shutil
from pathlib import Path

RESERVE = 200_000_000  # bytes
SHARE = 0.05  # of a small disk


def check(folder: Path, size: int) -> None:
    """Raise OSError if a file of this size would take the last space of the disk.

    200 MB are left, or 5 % of a disk of less than 4 GB.

    Parameters
    ----------
    folder : Path
        Where the file is to be.
    size : int
        In bytes.
    """
    disk = shutil.disk_usage(folder)
    reserve = min(RESERVE, int(SHARE * disk.total))
    if disk.free - size < reserve:
        raise OSError(errno.ENOSPC, f"less than {reserve / 1e6:,.0f} MB of the disk are free")
