"""Read the rules of the gate and the results that it judges."""

from collections.abc import Iterable
from pathlib import Path

from mlp.core import params_file, residuals, task
from mlp.core.errors import InputError
from mlp.evidence.averages import Averages
from mlp.gate.network import Network
from mlp.gate.params import Gate, check_task
from mlp.history import as_recorded, pending
from mlp.history.lock import BASELINE, OUT_OF_FOLD, REPEATED
from mlp.history.results import PREDICTIONS, REPEATS, SCORES, Results
from mlp.history.revisions import Revision
from mlp.history.snapshot import PARAMS


def gate(here: Results, question: str | None = None) -> Gate:
    """Return the rules of params.yaml; raise InputError if they are wrong.

    Parameters
    ----------
    here : Results
    question : str, optional
        configuration or file, in place of gate.question.
    """
    section = params_file.read_section(Path(PARAMS), "gate", Gate)
    if section.model not in here.networks:
        names = ", ".join(here.networks)
        guess = params_file.guess(section.model, here.networks)
        raise InputError(
            f"{PARAMS}: gate.model is {section.model}; it should be one of {names}{guess}"
        )
    try:
        check_task(section, here.task)
    except ValueError as error:
        raise InputError(f"{PARAMS}: {error}.") from None
    return section.model_copy(update={"question": question}) if question else section


def network(side: Results, rules: Gate, name: str) -> Network:
    """Return a network's metrics and predictions; its size is among the scores of the test split.

    Scores that are not stored of every table are computed.

    Raises
    ------
    InputError
        If they are missing or broken, or are not those that the stages wrote.
    """
    side.require(name)
    sizes, scores = (side.metrics(evidence, name) for evidence in ("test", rules.evidence))
    predictions = side.predictions(rules.evidence, name)
    scores |= task.part("mlp.gate", residuals.task(predictions)).computed(predictions)
    if rules.question == "file" or name != rules.model:
        return Network({**sizes, **scores}, predictions)
    return Network({**sizes, **scores}, predictions, _repeats(side, rules))


def check_models(here: Results, names: Iterable[str]) -> None:
    """Raise InputError if the model file of a network is not the one that dvc.lock records.

    A model that is missing passes: its scores and predictions are stored beside it.
    """
    for name in names:
        as_recorded.check(here, as_recorded.MODEL.format(name))


def _repeats(side: Results, rules: Gate) -> Averages | str:
    """Return what repeated training of the judged network gave, or why there is nothing."""
    try:
        return side.repeats(rules.evidence, rules.model)
    except InputError as error:
        return str(error).removesuffix(".")


def graphs(rules: Gate) -> str:
    """Return whose stages make what is judged: those of dvc.yaml (test), or of both (oof)."""
    return "oof" if rules.question == "configuration" else rules.evidence


def _ignored(rules: Gate) -> tuple[str, ...]:
    """Return the stages of gate/dvc.yaml that the question and the evidence do without."""
    if rules.question == "file":
        return REPEATED
    return OUT_OF_FOLD if rules.evidence == "test" else ()


def unready(here: Results, rules: Gate, earlier: Revision | None) -> list[str]:
    """Return in words why there are no results to judge: out of date, or never made."""
    stale = pending.since_the_run(here, graphs(rules), earlier, _ignored(rules))
    if stale:
        return stale
    files = [
        path[rules.evidence].format(name)
        for name in (rules.model, BASELINE)
        for path in (SCORES, PREDICTIONS)
        if rules.evidence == "oof"
    ]
    if rules.question == "configuration":
        files += [path.format(rules.model) for path in REPEATS]
    return [f"the evidence {file} is missing" for file in files if not here.has(file)]
