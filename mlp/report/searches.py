"""What the report says of the search."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mlp.figures import search as search_figure
from mlp.report.document import Picture
from mlp.search import sentences, summary


def section(search: Mapping[str, Any], candidates: pd.DataFrame) -> dict[str, Any]:
    """Return the search's answer in words and the picture of all candidates.

    Parameters
    ----------
    search : mapping
        metrics/search.json.
    candidates : DataFrame
        plots/search.csv.
    """
    searched = summary.arguments(candidates)
    said = sentences.sentences(search, searched)
    png = search_figure.draw(candidates.to_dict("list"), searched, search["scoring"])
    alt = f"Score of every candidate against its value of {', '.join(searched)}. {said[0]}"
    return {"said": said, "picture": Picture(png, alt)}
