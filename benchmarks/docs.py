"""Write docs/benchmarks.md from what the benchmarks measured: ``python -m benchmarks.docs``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import NAMES, record

PAGE = Path(__file__).parents[1] / "docs/benchmarks.md"
HEAD = """\
# Benchmarks

*For maintainers, and for whoever doubts a figure.*

The cost of this project, and how often its gate is wrong. Each section has the output of its
command, on the machine that it names. `make bench` runs all of them and writes this page; let
nothing else run meanwhile.
"""


def main() -> None:
    measured = [record.read(name) for name in NAMES if record.path(name).exists()]
    PAGE.write_text(page(measured), encoding="utf-8", newline="\n")


def page(measured: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join([HEAD, *(_section(content) for content in measured)])


def _section(content: Mapping[str, Any]) -> str:
    paragraphs = [
        f"## {content['title']}",
        f"`{content['command']}` on {machine(content['machine'])}.",
        content["compares"],
    ]
    for table in content["tables"]:
        paragraphs += [f"{table['caption']}:"] if table["caption"] else []
        paragraphs.append("\n".join(_line(row) for row in _rows(table)))
    return "\n\n".join(paragraphs) + "\n"


def machine(described: Mapping[str, Any] | None) -> str:
    """Return a machine in words."""
    if described is None:
        return "a machine that was not recorded"
    packages = ", ".join(f"{name} {version}" for name, version in described["packages"].items())
    return (
        f"{described['cores']} cores ({described['processor']}), {described['memory_gb']} GB, "
        f"{described['system']}, Python {described['python']}: {packages}"
    )


def _rows(table: Mapping[str, Any]) -> list[Sequence[str]]:
    columns = table["columns"]
    return [columns, ["---"] * len(columns), *table["rows"]]


def _line(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


if __name__ == "__main__":
    main()
