"""What people call the forms that were counted: the place in the menu, the loop, and the deed where it has a name of its own."""

from collections.abc import Mapping
from functools import cache

from django.urls import get_resolver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.loops.loop import Loop
from ronglu.web import menu
from ronglu.web.links import address
from ronglu.web.words import named

# by the name of the address; what has no word here is called by its place alone
DEEDS = {
    "case_new": _("提出"), "case_move": _("办理"), "case_line_add": _("加明细"), "case_line_act": _("办理明细"),
    "case_comment": _("留言"), "case_people": _("定人"),
    "kiosk_raise": _("提出"), "kiosk_draft": _("断网时写的"), "reading_correct": _("更正"),
    "readings_audit": _("审核"), "readings_reject": _("退回"), "readings_lock": _("锁定"),
    "import_new": _("上传文件"), "import_confirm": _("确认入库"), "import_check": _("核对"),
    "contribution_new": _("申报贡献"), "gathering_new": _("排一次会"), "gathering_write": _("会上记录"),
    "draft_item": _("改考核项"), "draft_item_new": _("加考核项"), "draft_examples": _("写例子"),
}  # fmt: skip
PLACES = {"r": _("扫码上报"), "claim": _("取件"), "attachments": _("附件"), "contributions": _("贡献台账")}


def name_of(form: str, *, loops: Mapping[str, Loop]) -> str:
    """`form` as it was counted: the name of an address, and the loop or deed that the address named."""
    name, *more = form.split("/")
    words = [_place(name)]
    words += [named(loops[one]) for one in more if one in loops]
    if name in DEEDS:
        words.append(str(DEEDS[name]))
    return gettext(" · ").join(word for word in words if word)


def _place(name: str) -> str:
    part = _parts().get(name, "")
    if part in PLACES:
        return str(PLACES[part])
    entries = {address(entry.url_name).strip("/"): entry.label for part in menu.PARTS for entry in part.entries}
    return str(entries.get(part, "")) or gettext("其他")


@cache
def _parts() -> dict[str, str]:
    """The first part of every named address."""
    return {
        name: found[0][0][0][0].split("/")[0]
        for name, found in get_resolver().reverse_dict.lists()
        if isinstance(name, str)
    }
