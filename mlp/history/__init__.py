"""Read the results that git and DVC record of this and of earlier revisions.

Used by the commands compare, gate, verify and explain.
"""
