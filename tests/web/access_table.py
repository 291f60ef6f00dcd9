"""Who may open which address: written by hand from 09 §9.5, never taken from roles.yaml. A new page adds its line here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast

STAFF = {
    "李班长", "王书记", "何组长", "赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "冯主席", "吴师傅", "郑师傅",
    "高书记", "邻厂书记",
}  # fmt: skip
ADMINISTRATORS = {"系统管理员", "安全管理员", "审计员"}
EVERYBODY = STAFF | ADMINISTRATORS | {"集团"}
MEMBERS = {"李班长", "王书记", "何组长", "马主任", "孙干事", "郑师傅", "高书记", "邻厂书记"}

# verb: who holds it somewhere
WHO: dict[str, set[str]] = {
    "": EVERYBODY | {"外人"},
    "home.see": EVERYBODY,
    "rules.see": EVERYBODY,
    "boards.see": STAFF | {"集团"},
    "readings.see": {"李班长", "王书记", "赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "readings.enter": {"李班长", "周统计员", "陈技术员"},
    "readings.import": {"周统计员"},
    "readings.audit": {"周统计员", "陈技术员"},
    "readings.lock": {"周统计员"},
    "sources.edit": {"周统计员"},
    "plans.set": {"周统计员", "马主任", "邻厂书记"},
    "benchmarks.set": {"周统计员", "陈技术员", "集团"},
    "costs.import": {"周统计员"},
    "sheet.see": MEMBERS | {"周统计员", "陈技术员", "集团"},
    "sheet.assess": {"孙干事"},
    "sheet.edit": {"孙干事"},
    "figures.enter": {"孙干事"},
    "figures.sign": {"孙干事", "高书记"},
    "vetoes.enter": {"孙干事"},
    "vetoes.approve": {"高书记"},
    "month.close": {"孙干事"},
    "org.see": STAFF | {"集团"},
    "org.edit": {"孙干事"},
    "people.see": STAFF,
    "people.import": {"孙干事"},
    "membership.see": STAFF,
    "scores_of_persons.see": STAFF,
    "calendar.edit": {"周统计员", "系统管理员"},
    "modules.edit": {"系统管理员"},
    "deputies.name": STAFF,
    "search": STAFF | {"集团"},
    "feedback.write": EVERYBODY,
    "feedback.answer": {"冯主席", "孙干事"},
    "api.use": {"周统计员", "陈技术员", "孙干事", "集团"},
    "accounts.manage": {"系统管理员"},
    "permissions.manage": {"安全管理员"},
    "audit.read": {"审计员"},
}


@dataclass(frozen=True)
class Rule:
    """`verb` the page asks for; `ok` what a GET answers when allowed (405: only POST); `kwargs` of its address."""

    verb: str = ""
    ok: int = 200
    kwargs: Callable[[Cast], dict[str, Any]] = field(default=lambda cast: {})
    public: bool = False
    token: bool = False


def _account(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.account["吴师傅"].pk}


RULES: dict[str, Rule] = {
    "design": Rule(public=True),
    "login": Rule(public=True, ok=302),  # who is logged in is sent on
    "logout": Rule(public=True, ok=405),
    "set_language": Rule(public=True, ok=405),
    "password": Rule(),
    "tokens": Rule("api.use"),
    "token_revoke": Rule("api.use", ok=405, kwargs=lambda cast: {"pk": 1}),
    "deputies": Rule("deputies.name"),
    "deputy_end": Rule("deputies.name", ok=405, kwargs=lambda cast: {"pk": 1}),
    "accounts": Rule("accounts.manage"),
    "account_reset": Rule("accounts.manage", ok=405, kwargs=_account),
    "account_active": Rule("accounts.manage", ok=405, kwargs=_account),
    "accounts_open": Rule("accounts.manage", ok=405, kwargs=lambda cast: {"plant": "qinglan"}),
    "permissions": Rule("permissions.manage"),
    "permission_set": Rule("permissions.manage", ok=405, kwargs=_account),
    "audit": Rule("audit.read"),
    "search": Rule("search"),
    "feedback": Rule("feedback.write"),
    "feedback_answer": Rule("feedback.answer", ok=405, kwargs=lambda cast: {"pk": 1}),
    "api_docs": Rule(),
    "api_openapi": Rule(),
}
