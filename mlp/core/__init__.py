"""Provide what every other package builds on.

It holds the error of wrong input, the command line of a stage, params.yaml and its sections, the
dataset, the table of predictions, CSV and JSON files, the pins of the numeric kernels, package
versions and the progress bar. Every stage and every command uses it, and it imports no other
package of the project.
"""
