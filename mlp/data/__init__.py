"""Turn a data file into one checked table, and the table into train and test rows.

Used by the stages load and split; the command predict reads new files with it.
"""
