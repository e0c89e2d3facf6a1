"""Recognise and read columns of dates, and take dates apart into features.

Used by the columns of `mlp.data`, and to split by time.
"""
