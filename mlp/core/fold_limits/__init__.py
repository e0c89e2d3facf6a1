"""Refuse more folds than the rows allow.

Used by the stage split, before results are replaced, and by search, crossval and repeat.
"""
