"""Addresses that several pages draw: pages that may not be there, and the form of a new case with what is known filled in."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

WHERE = ("unit", "plant")


def address(name: str, *args: Any) -> str:
    """Empty where no such page exists in this installation."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def new_case(loop: str, told: Mapping[str, object]) -> str:
    """`told` by field of the loop, as `web/cases/new` takes it, and where: unit, plant."""
    given = {name if name in WHERE else f"f-{name}": value for name, value in told.items()}
    return f"{reverse('case_new', args=[loop])}?{urlencode(given)}"
