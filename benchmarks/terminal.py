"""Draw a terminal for the README: ``python -m benchmarks.terminal``.

Writes docs/pictures/terminal-light.svg and terminal-dark.svg from console blocks of README.md,
which the tests run; a test draws them again and compares.
"""

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

README = Path("README.md")
PICTURE = "docs/pictures/terminal-{scheme}.svg"
SHOWN = ("dvc exp run --set-param", "mlp compare")  # blocks, by how their first command begins
WIDTH = 100
BACKGROUNDS = {"light": (246, 248, 250), "dark": (22, 27, 34)}
TEXTS = {"light": (31, 35, 40), "dark": (230, 237, 243)}
GREENS = {"light": (17, 99, 41), "dark": (86, 211, 100)}
GREYS = {"light": (89, 99, 110), "dark": (145, 152, 161)}
FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)  # which a browser would download
STYLES = (  # the first that fits a line, and what it colours
    (re.compile(r"^\.\.\.$"), "bright_black"),
    (re.compile(r"^\$ .*$"), "bold"),
    (re.compile(r"\bbetter\b|(?<=  )\+?\d+\.\d+$"), "green"),
)


def main() -> None:
    text = README.read_text(encoding="utf-8")
    for scheme in BACKGROUNDS:
        path = Path(PICTURE.format(scheme=scheme))
        path.write_text(drawn(text, scheme), encoding="utf-8", newline="\n")


def drawn(readme: str, scheme: str) -> str:
    """Return the picture as SVG, for a light or a dark page."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    for line in shown(readme):
        console.print(coloured(line), soft_wrap=False)
    svg = console.export_svg(
        title="mlp-pipeline", theme=theme(scheme), unique_id=f"terminal-{scheme}"
    )
    return FONT_FACE.sub("", svg)


def shown(readme: str) -> list[str]:
    """Return the lines of the blocks to show."""
    blocks = re.findall(r"^```console\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    chosen = [next(block for block in blocks if block.startswith(f"$ {start}")) for start in SHOWN]
    return "\n".join(chosen).splitlines()


def coloured(line: str) -> Text:
    text = Text(line)
    for pattern, style in STYLES:
        for found in pattern.finditer(line):
            text.stylize(style, *found.span())
    return text


def theme(scheme: str) -> TerminalTheme:
    """Return the colours of a scheme: green and grey, the only ones that lines have."""
    text, green, grey = TEXTS[scheme], GREENS[scheme], GREYS[scheme]
    normal = [text, text, green, *[text] * 5]
    return TerminalTheme(BACKGROUNDS[scheme], text, normal, [grey, *normal[1:]])


if __name__ == "__main__":
    main()
