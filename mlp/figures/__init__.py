"""Draw the figures, one file a figure, as PNG bytes.

Used by the stages evaluate and report, and by the command compare. `labels` and `png` import no
matplotlib; neither do `row` and `weights`, which draw by pixels.
"""

import logging

# Where the user's home cannot be written to, matplotlib keeps its list of fonts in a temporary
# folder, and warns of that when it is imported.
logging.getLogger("matplotlib").setLevel(logging.ERROR)
