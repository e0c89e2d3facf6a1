"""Judge predictions: by a floor that they must beat, and by the recall of each class."""

from collections.abc import Iterator

from mlp.compare import comparison
from mlp.evaluate.statistics import balanced, differences, turned, wording
from mlp.gate import thresholds
from mlp.gate.network import Network
from mlp.gate.numbers import is_number, rounded, text
from mlp.gate.params import ClassRules
from mlp.gate.thresholds import FAIL, Verdict


def beats(floor: str, network: Network, linear: Network) -> Verdict:
    """Judge whether a network has more rows right than a floor: linear or the commonest class."""
    if floor == "majority":
        return _beats_majority(network)
    title = f"beats {floor}"
    if why := comparison.why_not_comparable(linear.predictions, network.predictions):
        return Verdict(title, FAIL, f"not comparable with linear: {why}")
    now, other = network.right, linear.right
    groups = differences.groups_of(linear.predictions, network.predictions)
    p_value = turned.of(other.to_numpy(), now.to_numpy(), groups).p_value()
    reason = (
        f"{int(now.sum())} of {len(now)} rows right, and {int(other.sum())} with linear "
        f"({wording.p_value(p_value)})"
    )
    good = int(now.sum()) > int(other.sum())
    return thresholds.verdict(title, reason + (_proves_little(linear) if good else ""), good=good)


def _proves_little(linear: Network) -> str:
    right, share = int(linear.right.sum()), linear.metrics.get("majority_accuracy")
    is_guess = is_number(share) and right <= round(share * len(linear.right))
    return poor(linear, "it has no more rows right than the commonest class" if is_guess else "")


def poor(linear: Network, guess: str) -> str:
    """Return the end of a sentence where linear is so poor that beating it proves little.

    Parameters
    ----------
    linear : Network
    guess : str
        In words that it is no better than a guess; empty if it is.
    """
    if linear.metrics.get("diverged") is True:
        why = "its training diverged"
    elif guess:
        why = guess
    elif linear.metrics.get("converged") is False:
        why = "its training stopped before it converged"
    else:
        return ""
    return f"; that proves little, since linear is poor: {why}"


def _beats_majority(network: Network) -> Verdict:
    """Judge by right answers, or by balanced accuracy where classes are unequal.

    To answer the commonest class has the recall 1 of that class, and 0 of all others.
    """
    title, actual = "beats majority", network.predictions["actual"]
    if balanced.is_declared(actual):
        return _beats_one_class(title, network.metrics.get(balanced.NAME), actual.nunique())
    rows, right = len(network.right), int(network.right.sum())
    share = network.metrics.get("majority_accuracy")
    if not is_number(share):
        return Verdict(title, FAIL, f"majority_accuracy is {text(share)}, not a number")
    commonest = round(share * rows)
    reason = f"{right} of {rows} rows right, and {commonest} with the commonest class"
    return thresholds.verdict(title, reason, good=right > commonest)


def _beats_one_class(title: str, score: object, classes: int) -> Verdict:
    if not is_number(score):
        return Verdict(title, FAIL, f"{balanced.NAME} is {text(score)}, not a number")
    guess = rounded(1 / classes, 1)
    reason = f"balanced accuracy {text(score)}, and {text(guess)} with the commonest class"
    return thresholds.verdict(title, reason, good=score > guess)


def recalls(rules: ClassRules, network: Network) -> Iterator[Verdict]:
    """Judge the recall of every class that has enough rows."""
    if rules.min_recall is None:
        return
    title = "classes min_recall"
    table = network.right.groupby(network.predictions["actual"]).agg(["mean", "size"])
    judged = table[table["size"] >= rules.min_support].sort_values("mean", kind="stable")
    left = len(table) - len(judged)
    note = f"; {left} of {len(table)} classes have fewer than {rules.min_support} rows"
    if judged.empty:
        yield Verdict(title, FAIL, f"no class has {rules.min_support} rows or more")
        return
    below = judged[judged["mean"] < rules.min_recall]
    shown = below if len(below) else judged.head(1)
    parts = [f"class {label} {row['mean']:.6f}" for label, row in shown.iterrows()]
    sign = "<" if len(below) else ">="
    reason = f"{', '.join(parts)} {sign} {rules.min_recall:g}{note if left else ''}"
    yield thresholds.verdict(title, reason, good=below.empty)
