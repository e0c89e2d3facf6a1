"""Split a table into train and test rows, and refuse what the rows do not allow.

Used by the stage split, and by the stage load before it replaces a dataset.
"""
