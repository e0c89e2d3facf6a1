"""Find what is wrong with a trained network, and what to try.

Used by the stage evaluate.
"""
