"""One line of the access table, and the sets of people that many lines name."""

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

# of the plant beside this one: nothing here is theirs, and of their own nothing was scored
BESIDE = {"邻厂书记"}


@dataclass(frozen=True)
class Rule:
    """`verb` the page asks for; `ok` what a GET answers when allowed (405: only POST); `kwargs` of its address."""

    verb: str = ""
    ok: int = 200
    kwargs: Callable[[Cast], dict[str, Any]] = field(default=lambda cast: {})
    public: bool = False
    token: bool = False
    # who holds the verb somewhere, but not over the one the address names: it does not exist for them
    blind: frozenset[str] | set[str] = frozenset()
