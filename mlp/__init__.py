"""What the stages and the commands share: parameters, tables, networks, scores and figures."""

import atexit
import gc

# Importing makes objects by the hundred thousand and hardly any garbage. To look for it on the way,
# and once more as Python ends, takes a third of the time of a short stage.
gc.set_threshold(500_000)
atexit.register(gc.freeze)
