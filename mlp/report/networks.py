"""One network on the page: its details as the template takes them, and its figures."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlp.core.errors import counted
from mlp.core.json_file import read_json
from mlp.core.params_file import OWN
from mlp.report import picture, remedies
from mlp.report.document import Card
from mlp.report.picture import Picture
from mlp.report.remedies import Remedy, Source
from mlp.report.searched import Search

CURVES = ("roc.svg", "precision_recall.svg")


@dataclass(frozen=True)
class Network:
    """The results of one network, as the stage evaluate wrote them; docs/outputs.md explains each.

    Attributes
    ----------
    name : str
    details : mapping
        plots/NAME/details.json.
    pictures : mapping of str to Picture
        data/figures/NAME, by the name of the file.
    file : str
        The file that holds its section.
    """

    name: str
    details: Mapping[str, Any]
    pictures: Mapping[str, Picture]
    file: str = OWN


def read(name: str, section: str, tables: Path, figures: Path) -> Network:
    """Read one network.

    Parameters
    ----------
    name, section : str
        An entry of ``networks``: a name, and the file that holds its section.
    tables, figures : Path
        The folders plots and data/figures, with a folder a network.
    """
    details = read_json(tables / name / "details.json")
    alts: Mapping[str, str] = details["figures"]
    pictures = {
        file: Picture(picture.read(figures / name / file), alt) for file, alt in alts.items()
    }
    return Network(name, details, pictures, section)


def leftovers(names: Collection[str], tables: Path) -> list[str]:
    """Return the networks that have files but that params.yaml no longer names.

    Parameters
    ----------
    names : collection of str
        The networks of params.yaml.
    tables : Path
        The folder plots.
    """
    return sorted(
        path.name for path in tables.iterdir() if path.is_dir() and path.name not in names
    )


def remedies_of(network: Network, search: Search | None) -> list[Remedy]:
    """Return the findings on a network by what to try, the most serious first."""
    written = network.details["training"]["defaults"]
    drawn, fixed = (search.drawn, search.fixed) if search else ((), ())
    source = Source(network.file, written, drawn, fixed)
    return remedies.grouped(network.name, network.details["findings"], source)


def first_commands(network: Network, search: Search | None) -> list[str]:
    """Return what to try first, as commands; none of a network without a finding."""
    return next((remedy.commands for remedy in remedies_of(network, search)), [])


def section(network: Network, search: Search | None) -> dict[str, Any]:
    """Return the values that the template needs for one network, of any task."""
    details, pictures = network.details, network.pictures
    layers = details["health"]["layers"]
    return {
        "name": network.name,
        "state": details["state"],
        "said": said(details),
        "warnings": details["warnings"],
        "remedies": remedies_of(network, search),
        "commands": first_commands(network, search),
        "layers": [(name.replace("_", " "), layer) for name, layer in layers.items()],
        "loss": pictures["loss.png"],
        "curves": [pictures[file] for file in CURVES if file in pictures],
        "errors_drawn": pictures.get("errors.png"),
        "has_hidden": len(layers) > 1,
        "projections": [pictures[f] for f in ("inputs.png", "hidden.png") if f in pictures],
        "weights": pictures.get("weights.png"),
    }


def said(details: Mapping[str, Any]) -> str:
    """Return the state of a network in words."""
    findings = counted(len(details["findings"]), "finding")
    return {
        "good": "Nothing is wrong with its training",
        "warn": f"It works, with {findings}",
        "bad": f"It needs a change: {findings}",
    }[details["state"]]


def card(
    network: Network, shown: Mapping[str, Any], main: tuple[str, str], text: Callable[..., str]
) -> Card:
    """Return a network's card: its main score, its state and what to try first.

    Parameters
    ----------
    network : Network
    shown : mapping
        See `section`.
    main : (str, str)
        The key of the main score, and its name.
    text : callable
        Returns a score of a key as text.
    """
    key, name = main
    details = network.details
    score, bounds = details["scores"][key], details["intervals"].get(key)
    interval = f", 95 % interval {' to '.join(text(key, b) for b in bounds)}" if bounds else ""
    return Card(
        name=network.name,
        state=details["state"],
        said=shown["said"],
        score="not finite" if score is None else text(key, score),
        of=f"{name}{interval}",
        lines=[details["summary"]],
        commands=shown["commands"],
        id=f"network-{network.name}",
    )
