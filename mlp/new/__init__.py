"""Make a project of one's own from this one: its code, and a params.yaml for another table.

Used by the command new.
"""
