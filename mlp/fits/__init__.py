"""Run fits in processes or on a Dask cluster, and remember what came of each.

Used by the stage search and by the evidence for the gate; the command cache shows the store.
"""
