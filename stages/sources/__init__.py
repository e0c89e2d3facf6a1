"""Data sources that are Python files: each defines load()."""
