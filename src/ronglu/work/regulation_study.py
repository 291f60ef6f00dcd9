"""What was studied at closed meetings, with what hung on it, as R-EDU-07 asks: a discussion, a piece of work, a policy (S1-17)."""

from collections.abc import Iterator

from ronglu.kernel.regulation.facts import StudyItem
from ronglu.store.reasons import Reasons
from ronglu.store.studied import studied
from ronglu.work.regulation_facts import Ground


def items(found: Ground, why: Reasons) -> Iterator[StudyItem]:
    """One for each line that was studied, on the day of its meeting."""
    for one in studied(plant=found.plant, first=found.first, last=found.on):
        if found.wants(one.body):
            yield StudyItem(
                id=one.row,
                name=one.title,
                from_on=one.day,
                reasons=why.get(f"study:{one.row}", {}),
                discussions=one.musts.discussions,
                linked_discussions=one.musts.linked,
                work_items=one.musts.work_items,
                grounded_items=one.musts.grounded,
            )
