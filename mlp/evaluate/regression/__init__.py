"""Score, diagnose and draw a network that predicts numbers.

Used by the stage evaluate.
"""

from mlp.evaluate.regression.examination import examine

__all__ = ["examine"]
