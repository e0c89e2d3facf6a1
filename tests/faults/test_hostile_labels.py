"""Labels that would act in a page, a pull request or a terminal are shown there and do nothing."""

import re
import unicodedata
from pathlib import Path

import browser
import numpy as np
from dvc_render import render_html
from dvc_render.vega import VegaRenderer

from commands import offline_plots
from mlp.core.shown import in_script
from mlp.evaluate.classification import examination
from mlp.report.document import Document, Heading, Paragraph, Table, to_html, to_markdown, to_text

SCRIPT = "document.title = 'run'"
RUN = [f"</script><script>{SCRIPT}</script>", f"</SCRIPT ><script>{SCRIPT}</script>"]
SWALLOW = "<!--<script>"  # after which the end of a script is none
LABELS = [
    *RUN,
    SWALLOW,
    f'<!--<script></script><img src=x onerror="{SCRIPT}">',
    f"\u2028{SCRIPT}//\u2029",
    f"'];{SCRIPT};//\"",
    f'\\";{SCRIPT}//',
    "{scripts}{plot_divs}{refresh_tag}<DVC_METRIC_TITLE>",
]


def page_of(labels: list[str], template: Path | None, to: Path) -> Path:
    """Return the page that `dvc plots show` makes of recalls, by its own code."""
    rows = [{"class": label, "recall": "0.5", "rev": "workspace"} for label in labels]
    bars = VegaRenderer(rows, "classes.csv", x="recall", y="class", template="bar_horizontal")
    render_html([bars], to, template)
    return to


@browser.needed
def test_no_label_runs_in_the_pages_of_dvc_plots(tmp_path: Path) -> None:
    page, offline = tmp_path / "page.html", tmp_path / "template.html"
    offline.write_text(offline_plots.template(), encoding="utf-8")
    with browser.opened(800) as seen:
        for template in (None, offline):
            for label in RUN:  # which shows that the test would see it
                seen.open(page_of([label], template, page))
                assert seen.page.title() == "run"
            seen.open(page_of([in_script(label) for label in LABELS], template, page))
            assert seen.page.title() in {"DVC Plot", "Plots"}
            assert seen.page.locator("img").count() == 0
            assert seen.page.locator("body > div").count() == 1
        seen.page.wait_for_selector("svg")  # of the template that carries Vega
        shown = seen.page.locator("svg text").all_text_contents()
        assert any(text.startswith("<\u2060/script>") for text in shown)
        seen.open(page_of([SWALLOW], offline, page))
        assert seen.page.locator("svg").count() == 0


DOCUMENT: list[str] = [
    *LABELS,
    "a\x1b[2J\x1b]0;title\x07b\r\nc\x9b31m\x08",
    "\u202efdp.exe\u2066",
    "| a | b |\n|---|---|",
    "`code` **bold** ~~gone~~ $x$ &lt;b&gt;",
    "[link](javascript:alert(1)) ![picture](https://example.org/x.png)",
    "@owner #1 !2 owner/name#3 https://example.org www.example.org me@example.org",
    "\n# Heading\n/close\n> quoted",
]


def document_of(labels: list[str]) -> Document:
    rows = [[label, "1"] for label in labels]
    blocks = [block for label in labels for block in (Heading(label), Paragraph(label))]
    return Document(labels[0], [*blocks, Table(["class", "rows"], rows)])


def test_a_terminal_obeys_no_label() -> None:
    text = to_text(document_of(DOCUMENT))
    assert not {c for c in text if unicodedata.category(c) in {"Cc", "Zl", "Zp"}} - {"\n"}
    assert not set("\u202e\u2066") & set(text)
    assert r"a\x1b[2J\x1b]0;title\x07b\r\nc\x9b31m\x08" in text


def test_markdown_shows_labels_and_nothing_else() -> None:
    lines = to_markdown(document_of(DOCUMENT)).splitlines()
    assert len(lines) == 5 * len(DOCUMENT) + 4  # each label is on a line of its own
    for line in lines:
        plain = re.sub(r"\\.", "", line)
        assert plain.count("|") in {0, 3}
        assert not re.search(r"[<>`*\[\]~$&]|@\w|#\d|!\d|\w://|www\.", plain)
        assert not line.startswith(("/", ">", "- ", "+ "))


def test_a_page_of_labels_has_no_elements_of_theirs() -> None:
    page = to_html(document_of(DOCUMENT))
    assert not re.search(r"<(script|img|/script|!--)", page)
    assert page.count("<h2") == len(DOCUMENT)


def test_tables_for_plots_hold_harmless_labels_and_numbers_as_they_are() -> None:
    table = {"class": np.array(RUN, dtype=object), "recall": np.array([0.5, 1.0])}
    found = examination.plotted(table)
    assert found["class"].tolist() == [in_script(label) for label in RUN]
    assert not any("</" in label for label in found["class"])
    assert found["recall"] is table["recall"]
    labels = {"class": np.array(["=1+1", "-1", "@a", "a"], dtype=object)}
    assert examination.plotted(labels)["class"].tolist() == ["'=1+1", "-1", "'@a", "a"]
