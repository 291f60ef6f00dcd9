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
    """No roles = for everybody. `thumb` puts it on the phone's lower bar; `rule` draws a hairline above."""

    label: str | Promise
    url_name: str
    icon: str
    roles: frozenset[str] = frozenset()
    thumb: bool = False
    rule: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    url: str
    icon: str
    current: bool
    count: int | str
    thumb: bool
    rule: bool
    last: bool


ENTRIES = (
    Entry(_("首页"), "home", "home", thumb=True),
    Entry(_("交接终端"), "kiosk", "swap"),
    Entry(_("待办"), "inbox", "inbox", thumb=True),
    Entry(_("我的"), "me", "person"),
    Entry(_("看板"), "board", "board", thumb=True),
    Entry(_("双百考核"), "sheet", "sheet", thumb=True),
    Entry(_("年度考核"), "year", "calendar"),
    Entry(_("党建与绩效联动"), "linkage", "equal"),
    Entry(_("闭环"), "cases", "loop"),
    Entry(_("队伍与劳动"), "teams", "person"),
    Entry(_("标准与荣誉"), "standards", "shield"),
    Entry(_("贡献台账"), "contributions", "equal"),
    Entry(_("测评与投票"), "polls", "check"),
    Entry(_("责任区"), "zones", "pin"),
    Entry(_("工序衔接"), "flows", "link"),
    Entry(_("组织"), "org", "org"),
    Entry(_("人员"), "people", "people"),
    Entry(_("数据导入"), "imports", "import"),
    Entry(_("读数"), "readings", "audited"),
    Entry(_("规则与参数"), "admin", "settings", rule=True),
    Entry(_("填报负担"), "burden", "clock"),
    Entry(_("账号"), "accounts", "key"),
    Entry(_("权限"), "permissions", "shield"),
    Entry(_("审计"), "audit", "shield"),
    Entry(_("代理"), "deputies", "swap"),
    Entry(_("接口"), "tokens", "link"),
    Entry(_("意见与投诉"), "feedback", "comment", last=True),
)


def shown(
    request: HttpRequest,
    *,
    roles: frozenset[str] = frozenset(),
    counts: dict[str, int | str] | None = None,
    entries: tuple[Entry, ...] = ENTRIES,
) -> list[Shown]:
    """`counts` by url name, e.g. {"inbox": 7}. The longest address that the path begins with is the current one."""
    scope = getattr(request, "scope", None)
    found = [
        (e, url)
        for e in entries
        if (not e.roles or e.roles & roles) and (url := address(e.url_name)) and _open_to(url, scope)
    ]
    here = max((url for _e, url in found if _inside(request.path, url)), key=len, default="")
    return [
        Shown(
            label=str(e.label),
            url=url,
            icon=e.icon,
            current=url == here,
            count=(counts or {}).get(e.url_name, 0),
            thumb=e.thumb,
            rule=e.rule,
            last=e.last,
        )
        for e, url in found
    ]


def _open_to(url: str, scope: Any) -> bool:
    """The page's own rule decides (web/access.py); without a scope (the page of components) everything is shown."""
    access = getattr(resolve(url).func, "access", None)
    return scope is None or access is None or not access.verb or scope.has(access.verb)


def _inside(path: str, url: str) -> bool:
    return path == url or (url.count("/") > 1 and path.startswith(url))
