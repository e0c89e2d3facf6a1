"""Compare the networks of two revisions, in numbers, words and pictures.

Used by the commands compare and gate.
"""
