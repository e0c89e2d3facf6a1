"""Read what git and DVC recorded of this and of earlier revisions.

Used by the commands compare, gate and verify.
"""
