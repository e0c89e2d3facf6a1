"""Build a network from its section of params.yaml and fit it.

Used by the stages train and search, and by the evidence for the gate.
"""
