"""A headless Chromium for tests, without the network and with an eye on what a page asks for."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next((path for path in map(shutil.which, NAMES) if path), None)
needed = pytest.mark.skipif(
    PROGRAM is None, reason="no Chromium is installed (Debian: apt-get install chromium)"
)


@dataclass
class Seen:
    """A page, and what came of it: errors of its console, and requests that leave it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: Path) -> None:
        self.page.goto(path.resolve().as_uri(), wait_until="load")
        self.page.evaluate("document.fonts.ready.then(() => true)")


@contextmanager
def started() -> Iterator[Browser]:
    """Give a browser, which takes a second to start."""
    with sync_playwright() as playwright:
        # Chromium refuses to put root, as which containers run, into its sandbox.
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=flags)
        yield browser
        browser.close()


@contextmanager
def shown(browser: Browser, width: int, scheme: str = "light") -> Iterator[Seen]:
    """Give a page of this width in pixels, whose requests to other hosts are refused and noted.

    It shares nothing with other pages of the browser.
    """
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    seen = Seen(page)
    page.on("console", lambda said: seen.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("requestfailed", lambda request: seen.requests.append(request.url))
    page.route(
        lambda url: not url.startswith(("file:", "data:", "blob:")),
        lambda route: (seen.requests.append(route.request.url), route.abort()),
    )
    yield seen
    page.close()


@contextmanager
def opened(width: int, scheme: str = "light") -> Iterator[Seen]:
    """Give a page, see `shown`, in a browser of its own."""
    with started() as browser, shown(browser, width, scheme) as seen:
        yield seen
