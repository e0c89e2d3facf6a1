"""Turn a data file into one checked table, and the table into train and test rows.

Used by the stages load and split; check reads the schemas of their sections. The command predict
reads new CSV and Parquet files with the same modules.
"""
