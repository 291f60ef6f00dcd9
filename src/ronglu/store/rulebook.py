"""The regulations as the base pack has them and as a plant has edited them: one book for the findings and the score alike."""

from functools import cache

from ronglu.kernel.regulation.amend import amended
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.load import load
from ronglu.store.models import Plant
from ronglu.store.shipped import shipped

CHAPTERS = ("organisation", "life", "study", "safety")
EDITED = "org_rules"
"""Where a plant's settings keep its own rows over the rules, as kernel/regulation/amend reads them:
[{"rule": "R-ORG-14", "values": {"days": "30"}, "from_on": "2026-07-01"}]."""


@cache
def whole_book() -> RuleBook:
    """The rules of all chapters, as the base pack has them."""
    read = (shipped(f"regulations/{name}.yaml") for name in CHAPTERS)
    return load({"chapter": one["chapter"], **rule} for one in read for rule in one["rules"])


def regulations(plant: Plant) -> RuleBook:
    """All rules with the plant's own numbers, switches and comparisons on top."""
    return amended(whole_book(), plant.settings.get(EDITED, []))
