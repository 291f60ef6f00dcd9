"""The roles of 09 §9.5 as values, read once from the base pack's `roles.yaml`: what each may do, and how far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from ronglu.store.shipped import shipped

REACHES = ("own", "line", "here", "plant", "group")
HELD_BY = ("staff", "member", "post", "seat", "account")
# one each, three persons, none of them with business data: an account holds at most one of these and no person
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "auditor"})


class RolesProblem(ValueError):
    """角色数据有误；一次列出全部问题。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    code: str
    zh: str
    en: str
    by: str
    posts: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    reads: str = ""
    writes: str = ""
    never: str = ""
    grants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    verbs: Mapping[str, str]
    roles: Mapping[str, Role]
    heads: frozenset[str] = frozenset()
    # posts that share a role have a name of their own
    post_names: Mapping[str, str] = field(default_factory=dict)

    def of_post(self, post: str, body_kind: str | None) -> tuple[Role, ...]:
        """The roles a post brings; `body_kind` is None for a post at a unit."""
        return tuple(
            role
            for role in self.roles.values()
            if post in role.posts and (role.by == "post" or (role.by == "seat" and body_kind in role.kinds))
        )

    @property
    def accounts(self) -> tuple[Role, ...]:
        """Roles that are written on an account, not held by a post."""
        return tuple(role for role in self.roles.values() if role.by == "account")

    @property
    def posts(self) -> frozenset[str]:
        """Every post code that means something here."""
        return frozenset().union(*(role.posts for role in self.roles.values()))

    def can(self, verb: str) -> tuple[Role, ...]:
        return tuple(role for role in self.roles.values() if verb in role.grants)


@cache
def roles() -> Roles:
    return parse(shipped("roles.yaml"))


def parse(data: Mapping[str, Any]) -> Roles:
    verbs = {code: entry["zh"] for code, entry in data["verbs"].items()}
    found = [_role(entry) for entry in data["roles"]]
    problems = [problem for role in found for problem in _problems(role, verbs)]
    codes = [role.code for role in found]
    problems += [f"角色 {code} 写了两次" for code in sorted({c for c in codes if codes.count(c) > 1})]
    if problems:
        raise RolesProblem("；".join(problems))
    return Roles(
        verbs=MappingProxyType(verbs),
        roles=MappingProxyType({role.code: role for role in found}),
        heads=frozenset(data.get("heads", ())),
        post_names=MappingProxyType(dict(data.get("posts", {}))),
    )


def _role(entry: Mapping[str, Any]) -> Role:
    held = entry["held"]
    return Role(
        code=entry["code"],
        zh=entry["zh"],
        en=entry["en"],
        by=held["by"],
        posts=frozenset(held.get("posts", held.get("seats", ()))),
        kinds=frozenset(held.get("kinds", ())),
        reads=entry.get("reads", ""),
        writes=entry.get("writes", ""),
        never=entry.get("never", ""),
        grants=MappingProxyType(dict(entry["grants"])),
    )


def _problems(role: Role, verbs: Mapping[str, str]) -> list[str]:
    found = [f"角色 {role.code}：动作 {verb} 没有声明" for verb in role.grants if verb not in verbs]
    found += [
        f"角色 {role.code}：范围 {reach} 不认识，应为 {REACHES}"
        for reach in role.grants.values()
        if reach not in REACHES
    ]
    if role.by not in HELD_BY:
        found.append(f"角色 {role.code}：held.by 写的是 {role.by}，应为 {HELD_BY}")
    if role.by in ("post", "seat") and not role.posts:
        found.append(f"角色 {role.code}：没有写由哪些职务担任")
    return found
