"""The bar above the pages of one menu entry: plant, day, and the tabs the reader may open."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from ronglu.web.access import scope_of_request
from ronglu.web.where import Here


@dataclass(frozen=True, slots=True)
class Bar:
    here: Here
    tab: str
    tabs: list[tuple[str, str, str]]


def bar_of(request: HttpRequest, where: Here, tab: str, *, names: Mapping[str, str], verbs: Mapping[str, str]) -> Bar:
    """`names`: url name → label; `verbs`: url name → the verb its page asks for, where the menu's own is not enough."""
    scope = scope_of_request(request)
    shown = [name for name in names if name not in verbs or scope.has(verbs[name])]
    return Bar(where, tab, [(name, names[name], reverse(name) + where.tail) for name in shown])
