"""Make the evidence for the gate: out-of-fold predictions, repeated training, learning curves.

Used by the stages crossval, evidence and repeat of gate/dvc.yaml, and by the gate, which judges by
what they write. Nothing is chosen from it.
"""
