"""The report in a browser: it draws all, asks for nothing, fits every screen, and can be read."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import regression_pages
from browser import Seen, needed, shown, started
from pages import HOSTILE, as_pictures, render
from project import ROOT, Project
from regression_pages import predicted

from mlp.core import residuals

pytestmark = [pytest.mark.slow, needed]
WIDTHS = (360, 800, 1600)

# What is wider than the page, and what is wider than its own box; a box that scrolls may be.
OVERFLOWING = """() => {
  const wide = document.documentElement.scrollWidth > window.innerWidth ? ["the page"] : [];
  for (const one of document.querySelectorAll("main *")) {
    const right = one.getBoundingClientRect().right;
    if (!one.closest(".scroll, pre, svg") && right > window.innerWidth + 0.5)
      wide.push(one.outerHTML.slice(0, 80));
    const text = [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (text && !one.closest(".scroll, pre") && one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).display !== "inline")
      wide.push(one.outerHTML.slice(0, 80));
  }
  return wide;
}"""

# The least contrast of a text with what it stands on: https://www.w3.org/TR/WCAG22/#contrast-minimum
CONTRAST = """() => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = color => {
    const [r, g, b] = color.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = one => {
    for (; one; one = one.parentElement) {
      const color = rgb(getComputedStyle(one).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const one of document.querySelectorAll("body *")) {
    if (![...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(behind(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    found.push([ratio, one.outerHTML.slice(0, 80)]);
  }
  return found.sort((a, b) => a[0] - b[0])[0];
}"""
# Pictures are drawn on white, and made dark with the page.
SHEETS = "[...document.images].filter(i => getComputedStyle(i).filter.startsWith('invert')).length"
SHOWN = "document.images.length"
IMAGES = "() => [...document.images].filter(i => !i.complete || !i.naturalWidth || !i.alt).length"


Opened = Callable[..., AbstractContextManager[Seen]]


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    """Open a page, see `browser.shown`, all in one browser."""
    with started() as browser:
        yield partial(shown, browser)


UNFOLDED = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


def check(seen: Seen, page: Path) -> None:
    """Check a page with everything that can be folded out."""
    seen.open(page)
    seen.page.evaluate(UNFOLDED)
    assert seen.errors == []
    assert seen.requests == []
    assert seen.page.evaluate("document.images.length") > 3
    assert seen.page.evaluate(IMAGES) == 0
    assert seen.page.evaluate(OVERFLOWING) == []
    ratio, text = seen.page.evaluate(CONTRAST)
    assert ratio >= 4.5, text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen(opened: Opened, built: Project, scheme: str) -> None:
    for width in WIDTHS:
        with opened(width, scheme) as seen:
            check(seen, built.path / "data/report.html")
            color = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert (color == "rgb(255, 255, 255)") == (scheme == "light")
            assert seen.page.evaluate(SHEETS) == (
                0 if scheme == "light" else seen.page.evaluate(SHOWN)
            )
            seen.page.evaluate("scrollTo(0, 5000)")
            assert (
                0
                <= seen.page.evaluate("document.querySelector('nav').getBoundingClientRect().y")
                < 20
            )


LABELS = {
    "two classes": ["no", "yes"],
    "three classes": ["a", "b", "c"],
    "forty classes": [f"a class of things {i:02}" for i in range(40)],
    "long labels": ["a" * 200, "b " * 100],
    "any script": sorted(HOSTILE),
}


@pytest.mark.parametrize("name", LABELS)
def test_any_labels(opened: Opened, name: str, tmp_path: Path) -> None:
    labels = LABELS[name]
    drawn = as_pictures(labels) if len(labels) == 2 else render(labels, rows=4 * len(labels))
    page = tmp_path / "report.html"
    page.write_text(drawn, encoding="utf-8")
    with opened(360) as seen:
        check(seen, page)
        shown = seen.page.evaluate("document.querySelector('main').textContent")
        assert all(label.strip() in shown for label in labels)


NUMBERS = {
    "few rows": (predicted(7), "y", [2, 2]),
    "many rows": (predicted(20_000), "a price of a long name " * 5, None),
    "huge predictions": (
        residuals.predictions(np.arange(60), np.arange(60.0), -(10.0 ** np.arange(60))),
        HOSTILE[0],
        None,
    ),
}


@pytest.mark.parametrize(
    ("name", "scheme"), [("few rows", "light"), ("many rows", "dark"), ("huge predictions", "light")]
)  # fmt: skip
def test_any_numbers(opened: Opened, name: str, scheme: str, tmp_path: Path) -> None:
    table, target, shape = NUMBERS[name]
    page = tmp_path / "report.html"
    page.write_text(regression_pages.render(table, target, shape), encoding="utf-8")
    assert page.stat().st_size < 2_000_000
    for width in WIDTHS:
        with opened(width, scheme) as seen:
            check(seen, page)
            shown = seen.page.evaluate("document.querySelector('main').textContent")
            assert target.strip() in shown


def test_a_hundred_thousand_rows(opened: Opened, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(["a", "b", "c"], rows=100_000), encoding="utf-8")
    assert page.stat().st_size < 2_000_000
    with opened(800) as seen:
        check(seen, page)


def test_the_checks_see_what_is_wrong(opened: Opened, tmp_path: Path) -> None:
    """The negative control: a page with one fault of each kind."""
    page = tmp_path / "bad.html"
    page.write_text(
        '<body style="background: #fff"><main><p style="color: #999">pale</p>'
        '<div style="width: 3000px">wide</div><img alt="x" src="data:image/png;base64,AAAA">'
        '<img src="https://example.com/a.png"><script>console.error("no")</script></main>',
        encoding="utf-8",
    )
    with opened(800) as seen:
        seen.open(page)
        assert "no" in seen.errors
        assert set(seen.requests) == {"https://example.com/a.png"}
        assert seen.page.evaluate(IMAGES) == 2
        assert "the page" in seen.page.evaluate(OVERFLOWING)
        assert seen.page.evaluate(CONTRAST)[0] < 4.5


def test_the_keyboard_reaches_what_scrolls_and_what_links(opened: Opened, built: Project) -> None:
    with opened(360) as seen:
        seen.open(built.path / "data/report.html")
        reached = set()
        for _ in range(40):
            seen.page.keyboard.press("Tab")
            reached.add(
                seen.page.evaluate(
                    "document.activeElement.className || document.activeElement.tagName"
                )
            )
        assert {"A", "scroll"} <= reached
        levels = seen.page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])"
        )
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        assert seen.page.evaluate("document.documentElement.lang") == "en"


def test_print_shows_all(opened: Opened, built: Project) -> None:
    """Nothing is cut off or folded on paper, where nobody can scroll or click."""
    with opened(800, "dark") as seen:
        seen.page.emulate_media(media="print")
        seen.open(built.path / "data/report.html")
        hidden = "[...document.querySelectorAll('details:not([open]) td')].filter(one => !one.checkVisibility({contentVisibilityAuto: true})).length"
        assert seen.page.evaluate("document.querySelectorAll('details:not([open]) td').length") > 9
        assert seen.page.evaluate(hidden) == 0
        assert seen.page.evaluate(SHEETS) == 0
        check(seen, built.path / "data/report.html")
        assert (
            seen.page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
        )
        cut = "[...document.querySelectorAll('.scroll')].filter(b => getComputedStyle(b).overflowX != 'visible').length"
        assert seen.page.evaluate(cut) == 0


def test_what_changed_is_on_the_page(opened: Opened, copy: Project) -> None:
    """A parameter, the rows that it fixes and breaks, and the verdict of the gate."""
    report = (copy.path / "data/report.html").read_text(encoding="utf-8")
    copy.put("mlp.max_iter", 30)
    copy.dvc("repro", "report")
    copy.mlp("report")
    page = copy.path / "data/changes.html"
    text = page.read_text(encoding="utf-8")
    assert "mlp.max_iter" in text.split('id="changes"')[1].split('id="run"')[0]
    assert "mlp.max_iter" not in report
    assert '<h3><a href="#gate-rules"><bdi>gate</bdi></a></h3>' in text
    assert "tuned: from 674 to 1347 rows the accuracy " in text
    for width in (360, 1600):
        with opened(width, "dark") as seen:
            check(seen, page)


def test_the_stage_writes_the_same_bytes_and_not_too_many(copy: Project) -> None:
    page = copy.path / "data/report.html"
    before = page.read_bytes()
    copy.dvc("repro", "--force", "--single-item", "report")
    assert page.read_bytes() == before
    assert len(before) < 2_000_000


def test_plots_of_dvc_ask_no_server(opened: Opened, copy: Project) -> None:
    """The commands of make offline-plots; without them the pages ask for Vega."""
    commands = ("plots show", "plots diff HEAD --targets plots/mlp/history.csv")

    def drawn(command: str) -> tuple[int, list[str], list[str]]:
        copy.dvc(*command.split())
        with opened(1600) as seen:
            seen.open(copy.path / "dvc_plots/index.html")
            if not seen.requests:
                seen.page.wait_for_selector(".vega-embed canvas, .vega-embed svg")
            marks = seen.page.evaluate(
                "document.querySelectorAll('.vega-embed canvas, .vega-embed svg').length"
            )
            return marks, seen.requests, seen.errors

    assert any("vega" in url for url in drawn(commands[0])[1])  # the negative control
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("offline-plots:")[1]
    for line in recipe.split("\n\n")[0].splitlines()[1:]:
        copy.run(*line.split())
    copy.put("mlp.max_iter", 30)
    copy.dvc("repro", "report")
    for command in commands:
        marks, requests, errors = drawn(command)
        assert (requests, errors) == ([], [])
        assert marks >= 1
    assert copy.run("git", "status", "--short", ".dvc").stdout == ""
