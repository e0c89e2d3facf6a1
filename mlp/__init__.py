"""Functions that the stages and the commands share, one package a concern."""
