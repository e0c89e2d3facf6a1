"""Say how git stores evidence: which metrics, the floor, and with how many digits."""
