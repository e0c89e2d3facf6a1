"""Test and bound: intervals of a share, paired tests, differences of two sets of predictions.

Used by the stage evaluate and by the commands compare and gate.
"""
