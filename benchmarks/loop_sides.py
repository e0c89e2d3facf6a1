"""The two sides of `benchmarks.loop`: copies of the project under DVC and Snakemake, and scripts.

All run with the numeric kernels that the stages pin (`mlp.core.numerics`), so that the scripts give
the same scores to the last digit: one BLAS thread, which is also the fastest for networks so small.
"""

import csv
import hashlib
import json
import platform
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks import snakefile
from benchmarks.clone import Clone, Done, call
from benchmarks.peers import environment
from mlp.core import numerics

PEERS = Path(__file__).with_name("peers")
SNAKEMAKE = (str(environment.SNAKEMAKE), "--cores", "all")
GATE = {
    "model": "mlp",
    "evidence": "test",
    "question": "configuration",
    "repeats": 5,
    "metrics": {"brier_score": {"direction": "lower", "significance": 0.05}},
}
OF_NUMBERS = {
    "model": "mlp",
    "evidence": "test",
    "question": "file",
    "repeats": 2,
    "beats": ["mean"],
}
EPOCHS = 200  # more than the notebook's network takes
AUTHOR = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@localhost")
STAMP = ".snakemake_timestamp"  # Snakemake's own file in each folder that it writes


class Copy:
    """A copy of the project with its results, and its params.yaml as it was committed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.params = YAML().load(folder / "params.yaml")

    def copied(self, to: Path) -> "Copy":
        shutil.copytree(self.folder, to, symlinks=True)
        return Copy(to)

    def gated(self, to: Path) -> "Copy":
        """Return a copy whose gate judges the configuration of mlp, with the evidence committed."""
        copy = self.copied(to)
        copy.edit(gate=GATE)
        copy.repro()
        copy.repro("gate/dvc.yaml")
        call("git", "add", "--all", folder=to)
        call("git", *AUTHOR, "commit", "--quiet", "--message", "Judge mlp", folder=to)
        return Copy(to)

    def of_numbers(self, to: Path) -> "Copy":
        """Return a copy that predicts the digits as numbers, mlp in all epochs that it is given."""
        copy = self.copied(to)
        params = copy.params
        scaled = {"scale": "standard", "scale_target": "standard", "learning_rate_init": 0.01}
        copy.edit(
            load=dict(params["load"]) | {"task": "regression"},
            search=dict(params["search"])
            | {
                "scoring": "r2",
                "fixed": dict(params["search"]["fixed"]) | {"scale_target": "standard"},
            },
            linear=dict(params["linear"]) | scaled,
            mlp=dict(params["mlp"]) | scaled | {"max_iter": EPOCHS, "n_iter_no_change": EPOCHS},
            gate=OF_NUMBERS,
        )
        copy.repro()
        return Copy(to)

    def edit(self, **changes: Any) -> None:
        """Write params.yaml as committed, but for these sections."""
        YAML().dump(self.params | changes, self.folder / "params.yaml")

    def section(self, alpha: float) -> dict[str, Any]:
        """Return the section mlp with another alpha."""
        return dict(self.params["mlp"]) | {"alpha": alpha}

    def repro(self, *options: str) -> Done:
        return call("dvc", "repro", *options, folder=self.folder)

    def snakemake(self, *options: str) -> Done:
        return call(*SNAKEMAKE, *options, folder=self.folder)

    def metric(self, network: str, name: str) -> float:
        """Return a number that ``dvc metrics`` shows of a network."""
        path = self.folder / f"metrics/{network}.json"
        return float(json.loads(path.read_text(encoding="utf-8"))[network][name])

    def search(self) -> tuple[int, int, float]:
        """Return the search's candidates, folds and best score."""
        with (self.folder / "data/search/trials.csv").open(encoding="utf-8", newline="") as file:
            trials = list(csv.DictReader(file))
        folds = sum(name.startswith("fold_") for name in trials[0])
        return len(trials), folds, max(float(trial["mean_score"]) for trial in trials)

    def forget(self) -> None:
        """Forget every fit."""
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)

    def digests(self, paths: Sequence[str]) -> dict[str, str]:
        """Return the hash of each file that these outputs are or hold."""
        files = [file for path in paths for file in _files(self.folder / path)]
        return {
            str(file.relative_to(self.folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
            if file.name != STAMP
        }


def built(folder: Path, project: Path) -> Copy:
    """Clone a project's last commit and run its pipeline."""
    clone = Clone(folder, project)
    clone.run("dvc", "repro")
    return Copy(folder)


def with_snakemake(built: Copy, folder: Path) -> Copy:
    """Copy a project that ran, and run it anew under Snakemake."""
    copy = built.copied(folder)
    text = snakefile.snakefile(snakefile.stages(folder))
    (folder / "Snakefile").write_text(text, encoding="utf-8")
    copy.snakemake("--forceall")
    return copy


def script(name: str, *words: str) -> tuple[dict[str, Any], float]:
    """Return the scores that a script printed last, and its seconds."""
    pins = numerics.pins(platform.machine(), "pinned")
    done = call(sys.executable, str(PEERS / f"{name}.py"), *words, **pins)
    return json.loads(done.output.splitlines()[-1]), done.seconds


def ran_by_dvc(log: str) -> list[str]:
    return re.findall(r"^Running stage '(.+)':", log, re.MULTILINE)


def ran_by_snakemake(log: str) -> list[str]:
    rules = re.findall(r"^(?:local)?rule (\w+):", log, re.MULTILINE)
    return [rule for rule in rules if rule != "all"]


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
