"""Show how many fits the search remembers, or forget them.

A fit is a network that was trained for one fold. Those that were used last are kept, up to
MLP_CACHE_LIMIT (1G), in .cache/fits or where MLP_CACHE_DIR says. To forget them costs time and
changes no result.
"""

import argparse

from mlp.fits.memory import FitMemory, Size


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clear", action="store_true", help="forget all of them")


def run(args: argparse.Namespace) -> int:
    memory = FitMemory.of_environment()
    size = memory.size()
    if args.clear:
        memory.clear()
        print(f"{_told(size)} forgotten.")
    else:
        print(f"{_told(size)} remembered, at most {size.limit / 1e6:,.1f} MB.")
    return 0


def _told(size: Size) -> str:
    return f"{size.folder}: {size.fits:,} fits ({size.size / 1e6:,.1f} MB)"
