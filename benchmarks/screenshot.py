"""Draw the first screen of the report for the README: ``python -m benchmarks.screenshot``.

Writes docs/pictures/report-light.png and report-dark.png, each with the MD5 of the page that it
shows, so that a test sees when they are out of date. Needs Chromium (Debian: chromium).
"""

import hashlib
import io
import os
import shutil
import sys
from pathlib import Path
from typing import Literal

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright

PAGE = Path("data/report.html")
PICTURE = "docs/pictures/report-{scheme}.png"
SIZE = {"width": 1000, "height": 640}
COLOURS = 64
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    program = shutil.which("chromium") or sys.exit("error: no Chromium is installed.")
    about = PngInfo()
    about.add_text("md5", hashlib.md5(PAGE.read_bytes(), usedforsecurity=False).hexdigest())
    # Chromium refuses to put root, as which containers run, into its sandbox.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        for scheme in SCHEMES:
            page = browser.new_page(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]  # width and height
            page.goto(PAGE.resolve().as_uri(), wait_until="load")
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(COLOURS).save(
                PICTURE.format(scheme=scheme), pnginfo=about, optimize=True
            )
        browser.close()


if __name__ == "__main__":
    main()
