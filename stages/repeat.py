"""Train one configuration several times, as evidence that does not hang on the luck of a seed.

The seeds are 0, 1, 2 and so on, whatever `random_state` is: a configuration is the same with any.
Nothing is chosen from what it writes. Reads: the dataset, its train and test split, and the model,
which holds the arguments that it was trained with. Writes: the scores of each training, a line a
row with means over the trainings, and a learning curve, by trainings on parts of the rows. Params:
gate.evidence, gate.repeats, crossval, split.group.
"""

from argparse import Namespace

from mlp.core import files, json_file, params_file, stage, task
from mlp.evidence import averages, curve, plan, runs, stored
from mlp.evidence.params import Crossval
from mlp.evidence.plan import Files
from mlp.fits.memory import FitMemory
from mlp.model import saved

READS = ["params", "model", "dataset", "train", "test"]


@stage.entry(__doc__, READS, ["scores", "rows", "curve"], ["name"])
def main(args: Namespace) -> None:
    from mlp.evidence import growth  # noqa: PLC0415 - SciPy takes longer than other imports

    keys = ("gate.evidence", "gate.repeats", "split.group")
    evidence, repeats, group = params_file.values(args.params, *keys)
    folds = params_file.read_section(args.params, "crossval", Crossval)
    rows = Files(args.dataset, args.train, args.test)
    judged = plan.read(evidence, rows, folds, group)
    arguments = saved.load(args.model).training["arguments"]
    memory = FitMemory.of_environment()
    trained = runs.train(arguments, judged, range(repeats), memory)
    summary = averages.of(trained, judged.rows, judged.target, judged.groups)
    decimals = task.part("mlp.evidence.layout", summary.task).decimals(judged.target)
    content = json_file.rounded({args.name: stored.as_json(summary, evidence)}, decimals)
    json_file.write_json(content, args.scores)
    files.write_csv(summary.table, args.rows, decimals)
    by_rows = curve.as_json(growth.curve(arguments, judged, summary, evidence, memory))
    json_file.write_json(json_file.rounded({args.name: by_rows}, decimals), args.curve)
    stage.warn(summary.unconverged(args.name))


if __name__ == "__main__":
    stage.run(main)
