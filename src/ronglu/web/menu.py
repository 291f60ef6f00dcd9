"""The menu of the frame: one line an entry; an entry shows only where its page exists and the reader has a role for it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ronglu.web.links import address


@dataclass(frozen=True, slots=True)
class Entry:
    """No roles = for everybody. `also` names the first pages of other addresses that belong under it; `thumb` puts it on the
    phone's lower bar.
    """

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    thumb: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Entries under one heading; the heading shows with the first of them that the reader has."""

    label: str | Promise
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`head` is the heading above it, where it is the first of its part; `more_head` the same among those without a thumb."""

    label: str
    url: str
    icon: str
    current: bool
    count: int | str
    thumb: bool
    last: bool
    head: str
    more_head: str


PARTS = (
    Part("", (
        Entry(_("首页"), "home", "home", thumb=True),
        Entry(_("交接终端"), "kiosk", "swap"),
        Entry(_("待办"), "inbox", "inbox", thumb=True),
        Entry(_("我的"), "me", "person"),
    )),
    Part(_("生产"), (
        Entry(_("看板"), "board", "board", thumb=True),
        Entry(_("生产简报"), "briefs", "board"),
        Entry(_("班组生产"), "handovers", "clock", also=("halts", "cascade")),
        Entry(_("对标与纪录"), "benchmarks", "gauge", also=("records", "targets")),
        Entry(_("有没有成效"), "effects", "check"),
        Entry(_("工序衔接"), "flows", "link"),
        Entry(_("化验与品级"), "assays", "gauge"),
        Entry(_("竞赛与活动"), "contests", "equal", also=("campaigns",)),
    )),
    Part(_("闭环"), (
        Entry(_("闭环"), "cases", "loop"),
        Entry(_("责任区"), "zones", "pin"),
        Entry(_("隐患通报与风险"), "bulletins", "alarm", also=("risks",)),
        Entry(_("队伍与劳动"), "teams", "person"),
    )),
    Part(_("组织生活"), (
        Entry(_("全年一览"), "org_years", "check"),
        Entry(_("年度计划"), "goals", "sheet", also=("key_tasks", "programmes", "platforms", "themes")),
        Entry(_("会议"), "gatherings", "calendar", also=("meeting_plans",)),
        Entry(_("场地"), "venues", "pin"),
        Entry(_("廉政与履责"), "commitments", "shield", also=("seat_duties",)),
        Entry(_("联系与帮扶"), "aid", "person"),
        Entry(_("文件与传达"), "documents", "file"),
        Entry(_("学习教育"), "study", "check"),
        Entry(_("党费登记"), "dues", "check"),
    )),
    Part(_("考核"), (
        Entry(_("双百考核"), "sheet", "sheet", also=("closing", "drafts", "review", "marks"), thumb=True),
        Entry(_("年度考核"), "year", "calendar"),
        Entry(_("党建与绩效联动"), "linkage", "equal"),
        Entry(_("标准与荣誉"), "standards", "shield"),
        Entry(_("贡献台账"), "contributions", "equal"),
        Entry(_("测评与投票"), "polls", "check"),
        Entry(_("填报负担"), "burden", "clock"),
    )),
    Part(_("组织与数据"), (
        Entry(_("组织"), "org", "org"),
        Entry(_("人员"), "people", "people"),
        Entry(_("数据导入"), "imports", "import"),
        Entry(_("数据源"), "feeds", "link"),
        Entry(_("读数"), "readings", "audited"),
    )),
    Part(_("管理"), (
        Entry(_("规则与参数"), "admin", "settings"),
        Entry(_("账号"), "accounts", "key"),
        Entry(_("权限"), "permissions", "shield"),
        Entry(_("审计"), "audit", "shield"),
        Entry(_("代理"), "deputies", "swap"),
        Entry(_("接口"), "tokens", "link"),
        Entry(_("意见与投诉"), "feedback", "comment", last=True),
    )),
)  # fmt: skip


def shown(
    request: HttpRequest,
    *,
    roles: frozenset[str] = frozenset(),
    counts: dict[str, int | str] | None = None,
    parts: tuple[Part, ...] = PARTS,
) -> list[Shown]:
    """`counts` by url name, e.g. {"inbox": 7}. The longest address that the path begins with is the current one."""
    scope = getattr(request, "scope", None)
    found = [
        (part, e, url)
        for part in parts
        for e in part.entries
        if (not e.roles or e.roles & roles) and (url := address(e.url_name)) and _open_to(url, scope)
    ]
    here = _current(request.path, [(e, url) for _part, e, url in found])
    first = {id(part): e for part, e, _url in reversed(found)}
    second = {id(part): e for part, e, _url in reversed(found) if not e.thumb}
    return [
        Shown(
            label=str(e.label), url=url, icon=e.icon, current=e is here, count=(counts or {}).get(e.url_name, 0),
            thumb=e.thumb, last=e.last, head=str(part.label) if e is first[id(part)] else "",
            more_head=str(part.label) if e is second.get(id(part)) else "",
        )
        for part, e, url in found
    ]  # fmt: skip


def _current(path: str, found: list[tuple[Entry, str]]) -> Entry | None:
    under = [
        (len(url), n, e)
        for n, (e, own) in enumerate(found)
        for url in (own, *map(address, e.also))
        if url and _inside(path, url)
    ]
    return max(under, key=lambda one: one[:2], default=(0, 0, None))[2]


def _open_to(url: str, scope: Any) -> bool:
    """The page's own rule decides (web/access.py); without a scope (the page of components) everything is shown."""
    access = getattr(resolve(url).func, "access", None)
    return scope is None or access is None or not access.verb or scope.has(access.verb)


def _inside(path: str, url: str) -> bool:
    return path == url or (url.count("/") > 1 and path.startswith(url))
