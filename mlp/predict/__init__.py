"""Predict the rows of a new file, and report how they differ from the training rows.

Used by the command predict.
"""
