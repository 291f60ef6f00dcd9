"""Who may open the pages of meetings and their guides: a part of access_table.py."""

from typing import Any

from ronglu.store.models import Gathering
from tests.cast import AT, Cast
from tests.web.access_rule import STAFF, Rule
from tests.work.gathered import HOUR, arranged, opened

# the group of 转炉甲班 meets: the members of its branch and the offices of the plant may read it
READERS = {"李班长", "何组长", "王书记", "马主任", "孙干事", "高书记"}
RUNNERS = READERS - {"李班长", "马主任"}
OUTSIDE = STAFF - READERS
READ_ONLY = STAFF - RUNNERS


def _mine(cast: Cast, state: str) -> Gathering | None:
    return Gathering.objects.filter(body=cast.body["QL-B1-甲"], kind="group_meeting", state=state).first()


def _one(cast: Cast) -> Gathering:
    return _mine(cast, "planned") or arranged(cast)


def _open(cast: Cast) -> Gathering:
    return _mine(cast, "open") or opened(cast, starts_at=AT + 2 * HOUR)


def _deed(cast: Cast) -> dict[str, Any]:
    return {"pk": _one(cast).pk, "deed": "change"}


GATHERINGS: dict[str, Rule] = {
    "gatherings": Rule("meetings.see"),
    "guides": Rule("meetings.see"),
    "guide": Rule("meetings.see", kwargs=lambda cast: {"kind": "group_meeting"}),
    "guide_edit": Rule("guides.edit", kwargs=lambda cast: {"kind": "group_meeting"}),
    "gathering_new": Rule("meetings.run", kwargs=lambda cast: {"kind": "group_meeting"}),
    "gathering": Rule("meetings.see", kwargs=lambda cast: {"pk": _one(cast).pk}, blind=OUTSIDE),
    "gathering_write": Rule("meetings.see", ok=405, kwargs=lambda cast: {"pk": _one(cast).pk}),
    "gathering_drop": Rule("meetings.see", ok=405, kwargs=lambda cast: {"pk": _one(cast).pk, "what": "line", "key": 1}),
    "gathering_dismiss": Rule("meetings.see", ok=405, kwargs=lambda cast: {"pk": _one(cast).pk, "key": "superior"}),
    "gathering_settle": Rule("meetings.see", kwargs=lambda cast: _settled(cast), blind=READ_ONLY),
    "gathering_deed": Rule("meetings.see", kwargs=_deed, blind=READ_ONLY),
}


def _settled(cast: Cast) -> dict[str, Any]:
    row = _open(cast)
    one, _ = row.resolutions.get_or_create(no=1, defaults={"text": "装防护罩"})
    return {"pk": row.pk, "key": one.pk}
