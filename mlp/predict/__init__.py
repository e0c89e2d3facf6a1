"""Predict the rows of a new file, and say how they differ from the training rows.

Used by the command predict.
"""
