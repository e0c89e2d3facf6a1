"""Tell which stages a change would rerun.

Used by the command explain.
"""
