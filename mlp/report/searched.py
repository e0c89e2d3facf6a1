"""The answer of the search, as the page shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from mlp.core import whole
from mlp.core.json_file import read_json
from mlp.report import picture
from mlp.report.picture import Picture


@dataclass(frozen=True)
class Search:
    """The answer of the search.

    Attributes
    ----------
    sentences : sequence of str
    pictures : sequence of Picture
        The score of every candidate, a picture an argument.
    drawn, fixed : collection of str
        Arguments of search.space and of search.fixed.
    """

    sentences: Sequence[str]
    pictures: Sequence[Picture]
    drawn: Collection[str] = ()
    fixed: Collection[str] = ()


def read(answer: Path, candidates: Path, figures: Path) -> Search | None:
    """Read what the stage summary wrote; return None where nothing was searched.

    Parameters
    ----------
    answer, candidates, figures : Path
        metrics/search.json, plots/search.csv and data/figures/search.
    """
    content = read_json(answer)
    if not content:
        return None
    columns = set(whole.text(candidates).partition("\n")[0].split(","))
    rungs = {"max_iter"} if content["strategy"] == "halving" else set()  # a column, but not drawn
    drawn = content["best"].keys() & (columns - rungs)
    pictures = [
        Picture(picture.read(figures / f"{name}.png"), f"Score of every candidate by its {name}.")
        for name in sorted(drawn)
    ]
    return Search(content["sentences"], pictures, drawn, content["best"].keys() - drawn)
