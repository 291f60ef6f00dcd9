"""The regulations as dated data: what each asks in which window, what was measured, what would clear a finding.

The measures register themselves when this room is imported; the rules on one day's organisation live in kernel/org.
"""

from ronglu.kernel.regulation import exempt as exempt
from ronglu.kernel.regulation.measures import conduct as conduct
from ronglu.kernel.regulation.measures import life as life
from ronglu.kernel.regulation.measures import safety as safety
from ronglu.kernel.regulation.measures import study as study
