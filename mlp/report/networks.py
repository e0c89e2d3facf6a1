"""One network on the page: its details as the template takes them, and its figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlp.core.json_file import read_json
from mlp.report import picture
from mlp.report.picture import Picture


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
    """

    name: str
    details: Mapping[str, Any]
    pictures: Mapping[str, Picture]


def read(name: str, tables: Path, figures: Path) -> Network:
    """Read one network.

    Parameters
    ----------
    name : str
    tables, figures : Path
        The folders plots and data/figures, with a folder a network.
    """
    details = read_json(tables / name / "details.json")
    alts: Mapping[str, str] = details["figures"]
    pictures = {
        file: Picture(picture.read(figures / name / file), alt) for file, alt in alts.items()
    }
    return Network(name, details, pictures)


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


def section(network: Network) -> dict[str, Any]:
    """Return the values that the template needs for one network, of any task."""
    details, pictures = network.details, network.pictures
    layers = details["health"]["layers"]
    return {
        "name": network.name,
        **{key: details[key] for key in ("verdict", "findings", "warnings")},
        "layers": [(name.replace("_", " "), layer) for name, layer in layers.items()],
        "loss": pictures["loss.png"],
        "errors_drawn": pictures.get("errors.png"),
        "has_hidden": len(layers) > 1,
        "projections": [pictures[f] for f in ("inputs.png", "hidden.png") if f in pictures],
        "weights": pictures.get("weights.png"),
    }
