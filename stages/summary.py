"""Summarise the search in numbers, in words and in a picture.

Reads: the winner, the trials and the answer of the search. Writes: the numbers and the sentences, a
line a candidate, and a picture of the candidates for each argument. Params: none.
"""

from argparse import Namespace

from mlp.core import disk, files, json_file, stage
from mlp.figures import search as figure
from mlp.search import sentences, summary


@stage.entry(__doc__, ["searched"], ["metrics", "candidates", "figures/"])
def main(args: Namespace) -> None:
    if not any(args.searched.iterdir()):  # no network takes its arguments from the search
        json_file.write_json({}, args.metrics)
        files.write_csv(summary.NOTHING, args.candidates)
        return
    trials, numbers = summary.read(args.searched)
    files.write_csv(summary.progress(trials), args.candidates)
    candidates = files.read_csv(args.candidates)  # where numbers are numbers
    arguments = summary.arguments(candidates)
    words = sentences.sentences(numbers, arguments)
    alt = f"Score of every candidate against its value of {', '.join(arguments)}. {words[0]}"
    json_file.write_json({**numbers, "sentences": words, "figure": alt}, args.metrics)
    for argument in arguments:
        png = figure.draw(candidates.to_dict("list"), argument, numbers["scoring"])
        disk.write_bytes(args.figures / f"{argument}.png", png)


if __name__ == "__main__":
    stage.run(main)
