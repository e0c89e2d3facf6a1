"""Train networks for folds, in processes or on a Dask cluster, and remember the fits.

Used by the stage search and by the evidence for the gate; the command `mlp cache` shows the store.
"""
