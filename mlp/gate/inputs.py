"""Read the rules of the gate and the results that it judges."""

from pathlib import Path

from mlp.core import params_file
from mlp.core.errors import InputError
from mlp.gate.network import Network
from mlp.gate.params import Gate
from mlp.history import pending
from mlp.history.lock import BASELINE
from mlp.history.results import PREDICTIONS, SCORES, Results
from mlp.history.revisions import Revision
from mlp.history.snapshot import PARAMS


def gate(here: Results) -> Gate:
    """Return the rules of params.yaml; raise InputError if they are wrong."""
    section = params_file.read_section(Path(PARAMS), "gate", Gate)
    if section.model not in here.networks:
        names = ", ".join(here.networks)
        guess = params_file.guess(section.model, here.networks)
        raise InputError(
            f"{PARAMS}: gate.model is {section.model}; it should be one of {names}{guess}"
        )
    return section


def network(side: Results, rules: Gate, name: str) -> Network:
    """Return a network's metrics and predictions; its size is among the scores of the test split.

    Raises
    ------
    InputError
        If they are missing or broken, or are not those that the stages wrote.
    """
    side.require(name)
    sizes, scores = (side.metrics(evidence, name) for evidence in ("test", rules.evidence))
    return Network({**sizes, **scores}, side.predictions(rules.evidence, name))


def unready(here: Results, rules: Gate, earlier: Revision | None) -> list[str]:
    """Return in words why there are no results to judge: out of date, or never made."""
    stale = pending.since_the_run(here, rules.evidence, earlier)
    if stale or rules.evidence == "test":
        return stale
    files = [
        path[rules.evidence].format(name)
        for name in (rules.model, BASELINE)
        for path in (SCORES, PREDICTIONS)
    ]
    return [f"the evidence {file} is missing" for file in files if not here.has(file)]
