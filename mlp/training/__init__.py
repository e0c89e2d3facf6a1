"""Build a network from its section of params.yaml, fit it, and watch its epochs.

Used by the stages train and search, and by the evidence for the gate.
"""
