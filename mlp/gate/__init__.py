"""Judge a change by the rules of params.yaml.

Used by the command gate; the stage check reads the schema of its section.
"""
