"""The rounds of `benchmarks.loop`: time both sides, and check that they did the same."""

import shutil
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks import snakefile
from benchmarks.clone import call
from benchmarks.loop_sides import (
    built,
    ran_by_dvc,
    ran_by_snakemake,
    script,
    with_snakemake,
)

MORE = "fifty"  # the network that is added: mlp, with its 50 units, under another name
DECIMALS = 6  # of a committed metric


class Rounds:
    """Rounds in a folder of their own.

    Attributes
    ----------
    seconds : dict of str to list of float
        What was measured, a number a round.
    ran : dict of str to list of str
        The stages that ran for it.
    """

    def __init__(self, folder: Path, project: Path) -> None:
        self.folder = folder
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.ran: dict[str, list[str]] = {}
        say("cloning the project and running its pipeline")
        self.dvc = built(folder / "dvc", project)
        self.graph = snakefile.stages(self.dvc.folder)
        self.outputs = [path for stage in self.graph for path in stage.outputs]
        say("running the same in a copy under Snakemake")
        self.more = self.dvc.copied(folder / "more")
        self.gated = self.dvc.gated(folder / "gated")
        self.numbers = self.dvc.of_numbers(folder / "numbers")
        self.snakemake = with_snakemake(self.dvc, folder / "snakemake")
        self.same_outputs()

    def edit(self, alpha: float) -> None:
        """Edit mlp.alpha: as one script, under DVC and under Snakemake."""
        picture = self.folder / "confusion.png"
        scores, seconds = script("notebook", repr(alpha), str(picture))
        self._measured("notebook", seconds)
        for side in (self.dvc, self.snakemake):
            side.edit(mlp=side.section(alpha))
        done = self.dvc.repro()
        self._measured("edit", done.seconds)
        self.ran["edit"] = ran_by_dvc(done.log)
        done = self.snakemake.snakemake()
        self._measured("snakemake", done.seconds)
        same("jobs of an edit", _rules(self.ran["edit"]), sorted(ran_by_snakemake(done.log)))
        self.same_outputs()
        for name, score in scores.items():
            same(f"{name} of mlp", self.dvc.metric("mlp", name), round(score, DECIMALS))
        picture.unlink()

    def nothing(self) -> None:
        """Run both again where nothing changed."""
        ours, theirs = self.dvc.repro(), self.snakemake.snakemake()
        self._measured("no-op", ours.seconds)
        self._measured("snakemake no-op", theirs.seconds)
        same("jobs of a no-op", [*ran_by_dvc(ours.log), *ran_by_snakemake(theirs.log)], [])

    def network(self, alpha: float) -> None:
        """Add a network to params.yaml, which is as mlp was edited, and take it away again."""
        networks = dict(self.more.params["networks"]) | {MORE: "params.yaml"}
        self.more.edit(networks=networks, **{MORE: self.more.section(alpha)})
        done = self.more.repro()
        self._measured("network", done.seconds)
        self.ran["network"] = ran_by_dvc(done.log)
        same(
            "stages of a network more",
            sorted(self.ran["network"]),
            sorted(name.replace("@mlp", f"@{MORE}") for name in self.ran["edit"]),
        )
        same("accuracy", self.more.metric(MORE, "accuracy"), self.dvc.metric("mlp", "accuracy"))
        for stage in snakefile.stages(self.more.folder):
            for path in stage.outputs.keys() - set(self.outputs):
                _remove(self.more.folder / path)
        self.more.edit()
        self.more.repro()

    def regression(self, alpha: float) -> None:
        """Edit mlp.alpha where the digits are numbers to predict."""
        epochs = {"max_iter": int(self.dvc.metric("mlp", "n_iter"))}
        self.numbers.edit(mlp=self.numbers.section(alpha) | epochs)
        done = self.numbers.repro()
        self._measured("regression", done.seconds)
        same("stages of an edit", sorted(ran_by_dvc(done.log)), sorted(self.ran["edit"]))
        same("epochs", self.numbers.metric("mlp", "n_iter"), self.dvc.metric("mlp", "n_iter"))

    def gate(self, alpha: float) -> None:
        """Renew the evidence and judge, as `make gate` does, after an edit of what ships."""
        self.gated.edit(mlp=self.gated.section(alpha))
        self.gated.repro()
        evidence = self.gated.repro("gate/dvc.yaml")
        judged = call("mlp", "gate", folder=self.gated.folder)
        self._measured("gate", evidence.seconds + judged.seconds)
        ran = [f"gate/dvc.yaml:{stage}@mlp" for stage in ("crossval", "evidence", "repeat")]
        same("stages of the gate", sorted(ran_by_dvc(evidence.log)), ran)
        same("verdict", judged.output.splitlines()[-1], "pass: 1 rules hold.")

    def cold(self) -> None:
        """Run everything with no fit remembered, and search and networks as one script."""
        self.dvc.edit()
        self.dvc.forget()
        done = self.dvc.repro("--force")
        self._measured("cold", done.seconds)
        same("stages", sorted(ran_by_dvc(done.log)), sorted(stage.name for stage in self.graph))
        scores, seconds = script("search", str(self.folder))
        self._measured("search", seconds)
        search = self.dvc.search()
        same("candidates and folds", search[:2], (scores["candidates"], scores["folds"]))
        same("best score", round(search[2], DECIMALS), round(scores["best_score"], DECIMALS))
        for name in ("accuracy", "macro_f1"):
            for network, score in scores[name].items():
                same(f"{name} of {network}", self.dvc.metric(network, name), round(score, DECIMALS))

    def _measured(self, name: str, seconds: float) -> None:
        self.seconds[name].append(seconds)
        say(f"  {name}: {seconds:.2f} s")

    def same_outputs(self) -> None:
        ours, theirs = (side.digests(self.outputs) for side in (self.dvc, self.snakemake))
        differing = sorted(path for path in ours | theirs if ours.get(path) != theirs.get(path))
        same("outputs that differ between DVC and Snakemake", differing, [])


def same(what: str, ours: Any, theirs: Any) -> None:
    """End the program where both sides did not do the same."""
    if ours != theirs:
        sys.exit(f"error: both sides should do the same, but {what}: {ours} and {theirs}.")


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _rules(stages: list[str]) -> list[str]:
    return sorted(snakefile.rule_name(name) for name in stages)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
