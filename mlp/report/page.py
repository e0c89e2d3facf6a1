"""Render the report: one HTML page that holds its pictures and asks for nothing else."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from mlp.figures import losses
from mlp.figures.labels import are_numbers
from mlp.report import graph, provenance, score_table, searches, steps
from mlp.report import networks as page_network
from mlp.report.document import Picture
from mlp.report.networks import Network


@dataclass(frozen=True)
class Run:
    """What was run.

    Attributes
    ----------
    load, split : mapping
        The sections of params.yaml.
    data : mapping
        metrics/data.json.
    versions : mapping of str to str
        Of the packages that can change a number.
    edges : sequence of (str, str)
        A stage, and a stage that reads what it writes.
    """

    load: Mapping[str, Any]
    split: Mapping[str, Any]
    data: Mapping[str, Any]
    versions: Mapping[str, str]
    edges: Sequence[tuple[str, str]]


def render(  # noqa: PLR0913 - each is one part of the page
    *,
    template: str,
    title: str,
    run: Run,
    networks: Sequence[Network],
    search: Mapping[str, Any],
    candidates: pd.DataFrame,
    pixels: pd.DataFrame | None,
    most_errors: int,
) -> str:
    """Return the page.

    Parameters
    ----------
    template : str
        The text of the Jinja2 template; all values are escaped.
    title : str
    run : Run
    networks : sequence of Network
        At least ``linear``, the floor of the others.
    search : mapping
        metrics/search.json.
    candidates : DataFrame
        plots/search.csv.
    pixels : DataFrame of float64, shape (test rows, pixels), optional
        Indexed by row number, where rows are pictures.
    most_errors : int
        How many of each network's errors to show.
    """
    shape = run.load["image_shape"]
    labels = networks[0].labels
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(template)
    return page.render(
        title=title,
        inputs=provenance.inputs(run.load, run.split, run.data),
        arguments=provenance.arguments({one.name: one.training for one in networks}),
        versions=run.versions,
        rows=len(networks[0].predictions),
        labels=labels,
        numbered=are_numbers(labels),
        networks=[_network(one, pixels, shape, most_errors) for one in networks],
        scores=score_table.table(networks),
        curves=_curves(networks),
        search=searches.section(search, candidates),
        profile=provenance.profile(run.data),
        graph=Markup(graph.svg(run.edges, "The stages in their order, listed below.")),  # noqa: S704 - it escapes their names
        stages=_predecessors(run.edges),
    )


def _network(
    network: Network, pixels: pd.DataFrame | None, shape: Sequence[int] | None, most_errors: int
) -> dict[str, Any]:
    return {
        "name": network.name,
        "verdict": network.words["verdict"],
        "findings": network.words["findings"],
        "layers": [(name.replace("_", " "), one) for name, one in network.health["layers"].items()],
        "confusion": page_network.confusion(network),
        "classes": page_network.classes(network),
        "errors": page_network.errors(network, pixels, shape, most_errors),
        "calibration": page_network.calibrated(network),
        "steps": steps.section(network, shape),
    }


def _curves(networks: Sequence[Network]) -> Picture:
    chance = math.log(len(networks[0].labels))
    ends = [
        f"{one.name} ends at {score_table.value(one.metrics['final_loss'])}, "
        f"epoch {one.metrics['n_iter']}"
        for one in networks
    ]
    alt = (
        f"Training loss by epoch: {', '.join(ends)}; to give each of {len(networks[0].labels)} "
        f"classes the same probability costs {chance:.4f}."
    )
    histories = {
        one.name: (one.history["iteration"].to_numpy(), one.history["loss"].to_numpy())
        for one in networks
    }
    return Picture(losses.draw(histories, chance), alt)


def _predecessors(edges: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return for every stage those whose files it reads, in alphabetical order."""
    names = sorted({name for edge in edges for name in edge})
    return {name: sorted(start for start, end in edges if end == name) for name in names}
