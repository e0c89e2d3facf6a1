"""Draw what a search found: the score of every candidate against each argument, as PNG bytes."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from mlp.figures.charts import LINES, as_text, png

COLUMNS = 3
WIDE = 30  # from this ratio of the greatest to the least value, an axis is logarithmic
FEW = 6  # values up to which a number is drawn as a choice
FAR = 2  # times as far below the best as the lower quartile is: scores below that are off the axis


@as_text
def slices(trials: pd.DataFrame, arguments: Sequence[str], scoring: str) -> bytes:
    """Draw a panel an argument: each candidate's score, as it was judged last, by its value.

    Parameters
    ----------
    trials : DataFrame
        plots/search.csv: candidate, rung, rank, mean_score and a column an argument.
    arguments : sequence of str
        At least one.
    scoring : str
        The name of the score.
    """
    judged = trials[trials["rank"].notna() & trials["mean_score"].notna()]
    judged = judged.sort_values("candidate")
    columns = min(COLUMNS, len(arguments))
    lines = -(-len(arguments) // columns)
    figure = Figure(figsize=(3.1 * columns, 2.6 * lines), layout="constrained")
    panels = figure.subplots(lines, columns, squeeze=False, sharey=True)
    for panel in panels.ravel()[len(arguments) :]:
        panel.set_axis_off()
    for panel, name in zip(panels.ravel(), arguments, strict=False):
        _panel(panel, judged, name)
    for panel in panels[:, 0]:
        panel.set_ylabel(scoring)
    panels[0, 0].set_ylim(*_span(judged["mean_score"].to_numpy()))
    across = columns if columns < COLUMNS else 2 * columns  # entries of the legend
    handles, labels = panels[0, 0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=across)
    return png(figure)


def _panel(axes: Axes, judged: pd.DataFrame, name: str) -> None:
    values = judged[name]
    places = _on_axis(axes, values)
    axes.set_xlabel(name)
    scores = judged["mean_score"].to_numpy()
    floor, _ = _span(scores)
    low = scores < floor
    to_the_end = (judged["rung"] == judged["rung"].max()).to_numpy()
    groups = {
        "judged to the end": (to_the_end & ~low, LINES[0][0], "o", 16),
        "given up before": (~to_the_end & ~low, LINES[1][0], "o", 16),
        "worse than the axis shows": (low, LINES[2][0], "v", 36),
    }
    for label, (here, color, marker, size) in groups.items():
        if here.any():
            axes.scatter(
                places[here],
                np.maximum(scores[here], floor),
                s=size,
                color=color,
                marker=marker,
                alpha=0.7,
                label=label,
                clip_on=False,
            )
    best = int(judged["rank"].argmin())
    score = judged["mean_score"].iloc[best]
    axes.scatter(
        places[best],
        score,
        s=90,
        facecolors="none",
        edgecolors="black",
        linewidths=1.5,
        label="best",
    )


def _span(scores: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the axis of scores; one far below the others does not stretch it."""
    best, quartile = float(scores.max()), float(np.quantile(scores, 0.25))
    least = max(float(scores.min()), quartile - FAR * (best - quartile))
    room = 0.06 * (best - least) or 0.01
    return least - room, best + room


def _on_axis(axes: Axes, values: pd.Series) -> npt.NDArray[np.float64]:
    """Return the places of values on the x axis, which is set up for them."""
    is_number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    if is_number and values.nunique() > FEW:
        if values.min() > 0 and values.max() / values.min() > WIDE:
            axes.set_xscale("log")
            axes.xaxis.set_major_locator(LogLocator(numticks=4))
            axes.xaxis.set_major_formatter("{x:g}")
        return values.to_numpy(np.float64)
    texts = values.map(str).replace({"True": "true", "False": "false"})  # as params.yaml has them
    choices = sorted(set(texts), key=lambda text: (len(text), text))
    axes.set_xticks(range(len(choices)), choices)
    axes.tick_params(axis="x", rotation=30 if sum(map(len, choices)) > 24 else 0)  # noqa: PLR2004 - letters that stand side by side
    spread = np.linspace(-0.2, 0.2, len(texts))  # so that equal choices are not drawn as one
    return np.array([choices.index(text) for text in texts]) + spread
