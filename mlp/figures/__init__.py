"""Draw the figures, one function a figure, as PNG bytes.

Used by the stage evaluate, and by the command compare.
"""
