"""Draw candidates, score them by cross-validation, choose the best and say how certain that is.

Used by the stage search.
"""
