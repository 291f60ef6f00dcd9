"""Who may open the pages of what crews do with each other: contacts and team boards: a part of access_table.py."""

from typing import Any

from tests.cast import Cast
from tests.web.access_rule import MEMBERS, Rule
from tests.work.paired import kept

TWO = ("李班长", "郑师傅")
# for everybody but the two and the secretary of one of them the pair does not exist
STRANGERS = MEMBERS - {*TWO, "王书记"}


def _pair(cast: Cast, deed: str = "") -> dict[str, Any]:
    return {"pk": kept(cast, TWO).pk} | ({"deed": deed} if deed else {})


CREWS: dict[str, Rule] = {
    "contacts": Rule("contacts.see"),
    "contact_new": Rule("contacts.pair"),
    "contact": Rule("contacts.see", kwargs=_pair, blind=STRANGERS),
    "contact_deed": Rule("contacts.see", kwargs=lambda cast: _pair(cast, "end"), blind=STRANGERS),
    "showcases": Rule("contests.see"),
    "showcase": Rule("showcases.show", kwargs=lambda cast: {"unit": "QL-R1-甲"}),
    "showcase_revoke": Rule("showcases.show", ok=405, kwargs=lambda cast: {"unit": "QL-R1-甲"}),
    "kiosk_showcases": Rule("kiosk.use"),
}
