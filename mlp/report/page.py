"""Render the report: one HTML page that holds its pictures and asks for nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from mlp.core import task
from mlp.report import graph, provenance, score_table, since, template
from mlp.report import networks as sections
from mlp.report.networks import Network
from mlp.report.searched import Search

FIRST = (
    ("answer", "Answer", False), ("changes", "What changed", False), ("run", "What was run", False),
    ("scores", "Scores", False), ("networks", "Networks", False),
)  # fmt: skip
MIDDLE = (
    ("search", "Search", False),
    ("steps", "Two steps", False),
    ("appendix", "Appendix", False),
)
LAST = (("data", "Data profile", True), ("again", "Reproduce this page", True))


@dataclass(frozen=True)
class Run:
    """How the results came about.

    Attributes
    ----------
    data : mapping
        metrics/data.json.
    versions : mapping of str to str
        Of the packages that can change a number.
    edges : sequence of (str, str)
        A stage, and a stage that reads what it writes.
    """

    data: Mapping[str, Any]
    versions: Mapping[str, str]
    edges: Sequence[tuple[str, str]]


def render(title: str, run: Run, networks: Sequence[Network], search: Search | None) -> str:
    """Return the page; all values are escaped.

    Parameters
    ----------
    title : str
    run : Run
    networks : sequence of Network
        At least ``linear``, the baseline of the others.
    search : Search, optional
        None where nothing was searched.
    """
    part = task.part("mlp.report", provenance.task_of(run.data))
    shown = [{**sections.section(n, search), **part.section(n)} for n in networks]
    inner = [(f"network-{n.name}", n.name, True) for n in networks]
    return template.render(
        "page.html.j2",
        title=title,
        inputs=provenance.inputs(run.data),
        arguments=provenance.arguments({n.name: n.details["training"] for n in networks}),
        versions=run.versions,
        rows=run.data["test_rows"],
        contents=[*FIRST, *inner, *MIDDLE, *part.CONTENTS, *LAST],
        answer=[
            sections.card(network, section, part.MAIN, part.score)
            for network, section in zip(networks, shown, strict=True)
        ],
        since=since,
        results=f"{part.__name__.rsplit('.', 1)[-1]}.html.j2",
        **part.words(networks[0].details),
        networks=shown,
        scores=score_table.table(networks, part.SCORES, part.score),
        search=search,
        profile=provenance.profile(run.data),
        graph=Markup(graph.svg(run.edges, "The stages in their order, listed below.")),  # noqa: S704 - our own text, escaped there
        stages=_predecessors(run.edges),
    )


def _predecessors(edges: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return for every stage those whose files it reads, in alphabetical order."""
    names = sorted({name for edge in edges for name in edge})
    return {name: sorted(start for start, end in edges if end == name) for name in names}
