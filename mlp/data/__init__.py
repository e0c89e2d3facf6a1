"""Turn a data file into one checked table, and the table into train and test rows.

The stage load reads and checks a source, split parts its rows, and check looks at the section load
alone. The command predict reads new CSV and Parquet files with the same modules.
"""
