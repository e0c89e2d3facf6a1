"""Predict every row by networks that were not trained on it.

Used by gate/dvc.yaml alone: the gate judges by it, and nothing is chosen from it.
"""
