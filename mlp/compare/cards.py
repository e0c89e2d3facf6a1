"""Show each compared network at a glance."""

from collections.abc import Iterator

from mlp.compare import narrative
from mlp.compare.changes import Changes, Incomparable
from mlp.compare.comparison import Comparison
from mlp.compare.tables import number, signed
from mlp.core import task
from mlp.report.document import Card

STATES = {"better": "good", "worse": "bad"}


def cards(changes: Changes) -> Iterator[Card]:
    """Yield a card a network: its verdict, and its main score before and now."""
    for name, network in changes.networks.items():
        place = f"change-{name}"
        if isinstance(network, Incomparable):
            yield Card(name, "", "not comparable", lines=[f"{network.why}."], id=place)
        else:
            yield _card(name, network, changes.evidence, place)


def _card(name: str, network: Comparison, evidence: str, place: str) -> Card:
    lead = task.part("mlp.compare", network.task).LEAD
    change = next((one for one in network.metrics if one.metric == lead), None)
    verdict, _, rest = narrative.sentence(network, evidence).partition(": ")
    score = of = ""
    if change is not None:
        score = number(change.new)
        of = f"{lead}, {signed(change.difference)} from {number(change.old)}"
    return Card(name, STATES.get(network.verdict, ""), verdict, score, of, lines=[rest], id=place)
