"""What changed since a commit, put on the report."""

import pytest
from pages import HOSTILE, render

from mlp.core.errors import InputError
from mlp.report import since
from mlp.report.document import (
    Card,
    Document,
    Fold,
    Heading,
    Paragraph,
    Table,
    folded,
    to_html,
    to_markdown,
    to_text,
)

CARD = Card("mlp", "bad", "worse", "0.9", "accuracy", ["2 rows broken."], id="change-mlp")
FOLD = Fold("mlp", [Paragraph("Inside."), Table(["a"], [["b"]])], "change-mlp")


def test_the_section_on_changes_is_replaced_and_nothing_else() -> None:
    page = render(["a", "b"])
    changed = since.put(page, Document(f"Since {HOSTILE[0]}", [CARD, FOLD]))
    before, after = page.split(since.BEGIN)[0], page.split(since.END)[1]
    assert changed.startswith(before)
    assert changed.endswith(after)
    section = changed.removeprefix(before).removesuffix(after)
    assert "Since &lt;script&gt;" in section
    assert section.count('id="changes"') == 1
    assert '<article class="card bad">' in section
    assert '<details id="change-mlp">\n<summary><h3><bdi>mlp</bdi></h3></summary>' in section
    assert since.put(changed, Document("Since b", [])) != changed


@pytest.mark.parametrize("cut", [0, 500, -1])
def test_a_page_that_is_cut_short_is_refused(cut: int) -> None:
    page = render(["a", "b"])
    with pytest.raises(InputError, match=r"damaged or of another version; `dvc repro` writes it"):
        since.put(page[:cut], Document("t", []))


def test_what_follows_a_heading_is_folded() -> None:
    one, two = Paragraph("one"), Paragraph("two")
    blocks = folded([one, Heading("h", "i"), two, Heading("k")])
    assert blocks == [one, Fold("h", [two], "i"), Fold("k", [])]
    assert folded([one, two]) == [one, two]


def test_cards_and_folds_are_on_pages_alone() -> None:
    document = Document("t", [CARD, FOLD, Heading("h", "i")])
    assert to_text(document) == "t\n\nh\n-\n"
    assert to_markdown(document) == "## t\n\n### h\n"
    html = to_html(document)
    assert '<a href="#i"><bdi>h</bdi></a>' in html
    assert '<a href="#change-mlp"><bdi>mlp</bdi></a>' in html
