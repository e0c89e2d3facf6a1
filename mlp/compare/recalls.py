"""Compare the recall of every class."""

import pandas as pd

from mlp.compare.verdicts import LEVEL, verdict
from mlp.evaluate.statistics import exact

COLUMNS = ["support", "old", "new", "change", "fixed", "broken", "p_value", "verdict"]


def changes(actual: pd.Series, was: pd.Series, now: pd.Series) -> pd.DataFrame:
    """Return one row a class, the largest loss first.

    Its columns are class, support, old, new, change (of recall), fixed, broken, p_value (two-sided
    McNemar, with Holm's correction over the classes that could have a small one) and verdict.

    Parameters
    ----------
    actual : Series of str, shape (rows,)
    was, now : Series of bool, shape (rows,)
        Whether the row is right, before and now.
    """
    table = pd.DataFrame({"class": actual, "was": was, "now": now})
    table = table.assign(fixed=now & ~was, broken=was & ~now)
    by_class = table.groupby("class", sort=True).agg(
        support=("now", "size"),
        old=("was", "mean"),
        new=("now", "mean"),
        fixed=("fixed", "sum"),
        broken=("broken", "sum"),
    )
    counts = list(zip(by_class["broken"], by_class["fixed"], strict=True))
    least = [exact.mcnemar(int(b + f), 0) for b, f in counts]
    tests = [exact.mcnemar(int(b), int(f)) for b, f in counts]
    p_values = exact.holm(tests, exact.comparisons(least, LEVEL))
    judged = by_class.assign(
        change=by_class["new"] - by_class["old"],
        p_value=p_values,
        verdict=[verdict(p, int(f) - int(b)) for p, (b, f) in zip(p_values, counts, strict=True)],
    )
    ordered: pd.DataFrame = judged[COLUMNS].reset_index().sort_values("change", kind="stable")
    return ordered
