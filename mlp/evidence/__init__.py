"""Predict every row by networks that were not trained on it.

Used by the stage crossval. The gate judges by these predictions; nothing is chosen from them.
"""
