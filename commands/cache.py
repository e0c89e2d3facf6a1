"""Show how many fits the search remembers, or delete them.

A fit is a network that was trained for one fold. The store is .cache/fits, or the folder that
MLP_CACHE_DIR names. Above MLP_CACHE_LIMIT (1G by default) it evicts the least recently used fits.
Forgetting fits costs time and changes no result.
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
        print(f"{_content(size)} deleted.")
    else:
        print(f"{_content(size)} remembered, at most {size.limit / 1e6:,.1f} MB.")
    return 0


def _content(size: Size) -> str:
    return f"{size.folder}: {size.fits:,} fits ({size.size / 1e6:,.1f} MB)"
