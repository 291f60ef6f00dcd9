"""Addresses of pages that may not be there: a link is drawn only where its page exists."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def address(name: str, *args: Any) -> str:
    """Empty where no such page exists in this installation."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
