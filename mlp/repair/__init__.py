"""Find and mend what a killed run left behind.

Used by the command repair, and by live before each run.
"""
