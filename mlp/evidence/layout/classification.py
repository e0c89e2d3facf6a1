"""How git stores evidence of networks that predict labels."""

from mlp.core.files import Target
from mlp.core.json_file import DECIMALS
from mlp.core.predictions import BY_ROW

METRICS = ("accuracy", "macro_f1", *BY_ROW)
LEAD, BETTER = "accuracy", "higher"  # the metric of a learning curve, and its better values
FLOOR = "majority"  # the column of out-of-fold predictions that holds what knows no feature


def decimals(_actual: Target) -> int:
    """Return how many digits after the point scores are stored with."""
    return DECIMALS
