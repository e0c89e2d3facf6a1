"""Remembered answers: a search that is run again copies its files, and need not load scikit-learn.

They stand in the store of fits, and are no more than a speed-up either.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from mlp.fits.environment import digests, environment
from mlp.fits.fold_fit import NO_MEMORY
from mlp.fits.memory import FitMemory
from mlp.search.params import Search

# What makes an answer of fits. What makes the fits is in the environment.
SOURCES = (
    "mlp.candidates",
    "mlp.folds",
    "mlp.importance",
    "mlp.network_params",
    "mlp.params_file",
    "mlp.scoring",
    "mlp.search",
    "mlp.search_params",
    "mlp.section",
    "mlp.space",
    "mlp.stats",
    "mlp.tables",
    "mlp.trainer",
    "mlp.trial_table",
)


def key(params: Search, train: Path) -> str:
    """Return what stands for all that decides an answer: parameters, rows, packages and code.

    Parameters
    ----------
    params : Search
    train : Path
        The file with the train split.
    """
    section = params.model_dump(exclude_unset=True)
    rows = hashlib.sha256(train.read_bytes()).hexdigest()
    decides = dict(environment()) | digests(SOURCES)
    given = json.dumps([section, rows, decides], sort_keys=True)
    return hashlib.sha256(given.encode()).hexdigest()


def recall(memory: FitMemory, key: str, outputs: Mapping[str, Path]) -> bool:
    """Write the files of a remembered answer; return False, and write none, if there is none.

    Parameters
    ----------
    memory : FitMemory
    key : str
    outputs : mapping of str to Path
        What each file is, and where it is to be.
    """
    known = memory.recall_files(key)
    if known is None or known.keys() != outputs.keys():
        return False
    for name, path in outputs.items():
        path.write_bytes(known[name])
    return True


def keep(memory: FitMemory, key: str, outputs: Mapping[str, Path]) -> None:
    """Remember the files of an answer, unless memory was short: another time it may not be."""
    files = {name: path.read_bytes() for name, path in outputs.items()}
    if not any(NO_MEMORY.encode() in content for content in files.values()):
        memory.keep_files(key, files)
