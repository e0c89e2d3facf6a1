"""Score, diagnose and draw a network that predicts labels.

Used by the stage evaluate.
"""

from mlp.evaluate.classification.examination import examine

__all__ = ["examine"]
