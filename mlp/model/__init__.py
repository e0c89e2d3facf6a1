"""Write a network as an ONNX file, read it back, and probe its hidden layer.

Used by the stages train and evaluate, and by the command predict.
"""
