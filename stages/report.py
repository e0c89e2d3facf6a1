"""Render what the stage evaluate wrote as one HTML page.

Reads: the scores, the search's result, the tables of each network, the test split (for pictures of
errors), the graph of the stages as `dvc dag --mermaid` prints it, and the page's template.
Writes: the page. Params: report, load.
"""

from collections.abc import Sequence

import pandas as pd

from mlp import command, dataset, graph, page, params_file, tables
from mlp.data_params import Load, Report

READS = [
    "params", "graph", "template", "test", "scores", "search", "candidates",
    "predictions...", "classes...", "curves...",
]  # fmt: skip


def main(argv: Sequence[str] | None = None) -> None:
    args = command.paths(__doc__, argv, READS, ["page"])
    params = params_file.read_section(args.params, "report", Report)
    shape = params_file.read_section(args.params, "load", Load).image_shape
    scores = tables.read_json(args.scores)
    networks = [
        page.Network(
            name=predictions.stem,
            metrics=scores[predictions.stem],
            predictions=tables.read_csv(predictions, ["actual", "predicted"]),
            classes=tables.read_csv(classes, ["class"]),
            history=tables.read_csv(curve),
        )
        for predictions, classes, curve in zip(
            args.predictions, args.classes, args.curves, strict=True
        )
    ]
    test = dataset.read(args.test)
    pixels = pd.DataFrame(test.features, index=test.rows)
    drawn = {net.name: page.gallery(net, pixels, shape, params.errors) for net in networks if shape}
    text = page.render(
        template=args.template.read_text(encoding="utf-8"),
        title=params.title,
        networks=networks,
        search=tables.read_json(args.search),
        candidates=tables.read_csv(args.candidates),
        edges=graph.edges(args.graph.read_text(encoding="utf-8")),
        galleries={name: picture for name, picture in drawn.items() if picture},
    )
    args.page.write_text(text, encoding="utf-8", newline="\n")
    for name, finding in page.findings_of(networks).items():
        print(f"{name}: {finding}")
    print(f"More in {args.page}")


if __name__ == "__main__":
    command.run(main)
