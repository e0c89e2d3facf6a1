"""Draw candidates, score them by cross-validation, choose one and say how sure that is.

Used by the stage search.
"""
