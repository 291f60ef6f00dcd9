"""Organisation as plain values: two dated trees, who belonged where, the map between them, and the rules on it.

The checks of the regulations register themselves when this room is imported.
"""

from ronglu.kernel.org import committees as committees
from ronglu.kernel.org import sizes as sizes
