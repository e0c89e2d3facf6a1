"""Write a network as an ONNX file, and read it back: labels, layers and probes.

Used by the stages train and evaluate, and by the command predict.
"""
