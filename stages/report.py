"""Render what the stage evaluate wrote as one HTML page.

Reads: the scores, the health of each network in numbers and in words, the search's result and
candidates, what is to be known of the data, the tables of each network, the models (for their
arguments and their first weights), the test split (for pictures of errors), the versions of the
libraries, the graph of the stages as `dvc dag --mermaid` prints it, and the page's template.
Writes: the page. Params: load, report, split.
"""

from argparse import Namespace
from collections.abc import Sequence

import pandas as pd

from mlp.core import dataset, files, params_file, stage
from mlp.data.params import Load, Split
from mlp.model import layers
from mlp.report import graph, page
from mlp.report.networks import Network
from mlp.report.params import Report

READS = [
    "params", "graph", "template", "versions", "test", "models...", "scores", "health", "findings",
    "search", "candidates", "data", "predictions...", "classes...", "curves...", "projections...",
]  # fmt: skip


def main(argv: Sequence[str] | None = None) -> None:
    args = stage.paths(__doc__, argv, READS, ["page"])
    params = params_file.read_section(args.params, "report", Report)
    load = params_file.read_section(args.params, "load", Load)
    split = params_file.read_section(args.params, "split", Split)
    networks = _networks(args)
    pixels = None
    if load.image_shape:
        test = dataset.read(args.test)
        pixels = pd.DataFrame(test.features, index=test.rows)
    run = page.Run(
        load=load.model_dump(),
        split=split.model_dump(),
        data=files.read_json(args.data),
        versions=files.read_json(args.versions),
        edges=graph.edges(args.graph.read_text(encoding="utf-8")),
    )
    text = page.render(
        template=args.template.read_text(encoding="utf-8"),
        title=params.title,
        run=run,
        networks=networks,
        search=files.read_json(args.search),
        candidates=files.read_csv(args.candidates),
        pixels=pixels,
        most_errors=params.errors,
    )
    args.page.write_text(text, encoding="utf-8", newline="\n")
    for network in networks:
        print(f"{network.name}: {network.words['verdict']}")
    print(f"More in {args.page}")


def _networks(args: Namespace) -> list[Network]:
    scores, health, words = (
        files.read_json(path) for path in (args.scores, args.health, args.findings)
    )
    found = []
    for path, predictions, classes, curve, projection in zip(
        args.models, args.predictions, args.classes, args.curves, args.projections, strict=True
    ):
        name, opened = path.stem, layers.load(path)
        found.append(
            Network(
                name=name,
                metrics=scores[name],
                health=health[name],
                words=words[name],
                predictions=files.read_csv(predictions, ["actual", "predicted"]),
                classes=files.read_csv(classes, ["class"]),
                history=files.read_csv(curve),
                projection=files.read_csv(projection, ["actual"]),
                training=opened.network.training,
                weights=opened.weights[0],
            )
        )
    return found


if __name__ == "__main__":
    stage.run(main)
