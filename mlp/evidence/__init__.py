"""Make the evidence for the gate: out-of-fold predictions, and repeated training.

Used by the stages crossval, evidence and repeat of gate/dvc.yaml, and by the gate, which judges by
what they write. Nothing is chosen from it.
"""
