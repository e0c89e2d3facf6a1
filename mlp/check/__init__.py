"""Hold the schema of the whole of params.yaml, and write its reference.

Used by the stage check, and by editors through params.schema.json.
"""
