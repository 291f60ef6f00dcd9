"""Which findings cost a branch a point of item B7: one answer for the score and for the page that says so."""

from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.org.tree import State, View
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.finding import NOTE
from ronglu.store.models import Finding

ITEM = "B7"
"""The item that findings cost; which of them is a matter of the rules (`item`)."""


def charged(row: Finding, view: View, book: RuleBook) -> State | None:
    """The branch that a finding is charged to while it stands, in the tree of the day. Only a branch has a sheet: what is found
    on a unit, on a hazard or on a body above the branches costs nobody a point, nor does what gave its reason."""
    if row.body_id is None or row.body_id not in view or row.severity == NOTE or row.reason:
        return None
    return view.nearest(row.body_id, *BRANCHES) if book.item(row.rule, part_of(row.subject)) == ITEM else None


def part_of(subject: str) -> str:
    """What follows the kind and the key in a subject: the side of the rule, the window, the thing."""
    return subject.partition(":")[2].partition(":")[2]
