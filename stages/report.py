"""Put numbers, words and figures on one HTML page.

Reads: the metrics, tables and figures of every network, the answer of the search, the summary of
the data, the versions of the packages, and the graph of the stages as `make graph` writes it.
Writes: the page. Params: networks, report.title.
"""

from argparse import Namespace

from mlp.core import disk, params_file, partial, stage, whole
from mlp.core.json_file import read_json
from mlp.report import graph, networks, page, searched

READS = ["params", "graph", "versions", "metrics", "tables", "figures"]


@stage.entry(__doc__, READS, ["page"])
def main(args: Namespace) -> None:
    named, title = params_file.values(args.params, "networks", "report.title")
    run = page.Run(
        data=read_json(args.metrics / "data.json"),
        versions=read_json(args.versions),
        edges=graph.edges(whole.text(args.graph, "make graph")),
    )
    stage.warn(
        f"networks does not name {name}, whose results are still there; remove metrics/{name}.json "
        f"and the folders {name} in plots, data/figures and data/models"
        for name in networks.leftovers(named, args.tables)
    )
    shown = [networks.read(name, file, args.tables, args.figures) for name, file in named.items()]
    search = searched.read(
        args.metrics / "search.json", args.tables / "search.csv", args.figures / "search"
    )
    disk.write_text(args.page, page.render(title, run, shown, search))
    for network in shown:
        print(f"{network.name}: {network.details['verdict']}")
        for command in networks.first_commands(network, search):
            print(f"  try: {command}")
    print(f"More in {partial.place(args.page)}")


if __name__ == "__main__":
    stage.run(main)
