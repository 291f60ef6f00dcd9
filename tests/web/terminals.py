"""A shift terminal at the converter line and two people with PINs, for the tests of the kiosk."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Account
from ronglu.work import pins
from tests.cast import AT, PEOPLE, Cast

PINS = {"李班长": "830274", "何组长": "592610"}
HOME = reverse("kiosk")
HAZARD = reverse("kiosk_raise", args=["hazard"])
DRAFT = reverse("kiosk_draft")


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    settings.TODAY = "2026-03-10T09:00"
    cache.clear()


def set_up(cast: Cast) -> Client:
    """A terminal at the converter line, logged in; two people with PINs."""
    roles = [f"kiosk@unit:{cast.unit['QL-R1'].pk}"]
    account = Account.objects.create_user("kiosk-r1", None, label="转炉线终端", roles=roles, must_change=False)
    for name, pin in PINS.items():
        pins.set_pin(account=cast.account[name], pin=pin, at=AT)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def terminal(cast: Cast) -> Client:
    return set_up(cast)


def known(client: Client, name: str = "李班长", goal: str = HAZARD) -> Any:
    form = {"staff_no": PEOPLE[name][0], "pin": PINS[name], "next": goal}
    return client.post(reverse("kiosk_pin"), form)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())
