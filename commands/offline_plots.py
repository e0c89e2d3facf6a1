"""Write the HTML template of ``dvc plots`` with Vega in it, so that its pages need no network.

Usage: ``python -m commands.offline_plots FILE``. DVC's own template has a browser
fetch Vega from a server; see https://doc.dvc.org/command-reference/plots/show and the config
section plots.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import vl_convert

from mlp.core import output, stage

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{refresh_tag}
<title>Plots</title>
<style>body { font-family: system-ui, sans-serif; } table { border-spacing: 15px; }</style>
<script>
VEGA
</script>
</head>
<body>
{plot_divs}
</body>
</html>
"""  # DVC puts its parts in place of the words in braces.


NAMES = "window.vega = vega; window.vegaLite = vegaLite; window.vegaEmbed = vegaEmbed;"


def template() -> str:
    """Return the page, with the Vega, Vega-Lite and Vega-Embed that vl-convert-python carries."""
    return PAGE.replace("VEGA", vl_convert.javascript_bundle(NAMES))


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", metavar="FILE")
    with output.opened(parser.parse_args(argv).file, Path.cwd(), {}) as write:
        write(template())


if __name__ == "__main__":
    stage.run(main)
