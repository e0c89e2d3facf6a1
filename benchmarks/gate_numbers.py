"""How often the gate of a regression fails for nothing, and which real losses it sees.

Run ``python -m benchmarks.gate_numbers``. It is `benchmarks.gate` with tables of numbers, and takes
the same options and as long a time a table.
"""

from pathlib import Path

import mlp.core.numerics  # noqa: F401 - pins the kernels before NumPy loads
from benchmarks import gate, gate_tables, record
from benchmarks.gate import NETWORKS, Trial

COLUMNS = [
    "table", "training", "rows", "seed", "half", "noise", "one file: squared errors 0.05",
    "rmse must not rise",
]  # fmt: skip
TITLE = "How often the gate of a regression fails"
COMPARES = f"""\
The same for numbers, by the gate of examples/diabetes.yaml: share of pairs in which its tests fail,
all together, with the network of the tables above, which learns the scaled target (scale_target
standard), drawn from a pool of {NETWORKS}. `noise`: 20 % of the targets to learn from are replaced
by that of a random row. The last two columns are false alarms of tests that compare one model file
with another: the one-sided paired test of squared errors at 5 %, and the rule that the RMSE must
not rise."""


def main() -> None:
    tables, rules = list(gate_tables.REGRESSIONS), Path("examples/diabetes.yaml")
    trial = Trial("gate_numbers", TITLE, COMPARES, COLUMNS, tables, rules)
    published, whole = gate.tried(trial, __doc__)
    record.publish(published, keep=whole)


if __name__ == "__main__":
    main()
