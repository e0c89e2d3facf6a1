"""Score, diagnose and draw a network that predicts labels.

Used by the stage evaluate.
"""
