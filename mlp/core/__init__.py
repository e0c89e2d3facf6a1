"""Stand under everything: errors, stage arguments, parameter files, tables, versions, progress.

Used by every stage and every command.
"""
