"""Show how many fits the search remembers, or delete them.

A fit is a network trained for one fold. Fits are kept in .cache/fits, or in MLP_CACHE_DIR; the
least recently used are evicted above MLP_CACHE_LIMIT (1G). Deleting them costs time and changes no
result.
"""

import argparse

from mlp.fits.memory import FitMemory, Size


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clear", action="store_true", help="delete all of them")


def run(args: argparse.Namespace) -> int:
    memory = FitMemory.of_environment()
    size = memory.size()
    if args.clear:
        memory.clear()
        print(f"{_told(size)} deleted.")
    else:
        print(f"{_told(size)} remembered, at most {size.limit / 1e6:,.1f} MB.")
    return 0


def _told(size: Size) -> str:
    return f"{size.folder}: {size.fits:,} fits ({size.size / 1e6:,.1f} MB)"
