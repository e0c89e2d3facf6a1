"""Score one saved network on the test rows.

Used by the stage evaluate.
"""
