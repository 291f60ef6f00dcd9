"""A machine with a token, as the tests of the interface for machines use it."""

import json
from typing import Any

import pytest
from django.test import Client

from ronglu.store.models import Account
from ronglu.work import tokens
from tests.cast import AT, Cast

ALL = list(tokens.SCOPES)


@pytest.fixture(autouse=True)
def fixed_day(settings: "object") -> None:
    settings.TODAY = "2026-03-10"  # type: ignore[attr-defined]


class Machine:
    """A client with a token."""

    def __init__(self, account: Account, scopes: list[str]) -> None:
        _token, self.secret = tokens.issue(account=account, name="测试", scopes=scopes, days=30, by=account, at=AT)
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})

    def get(self, path: str, **query: object) -> tuple[int, Any]:
        response = self.client.get(f"/api/v1{path}", query)
        return response.status_code, response.json()

    def post(self, path: str, body: object) -> tuple[int, Any]:
        text = body if isinstance(body, str) else json.dumps(body)
        response = self.client.post(f"/api/v1{path}", text, content_type="application/json")
        return response.status_code, response.json()


def machine(cast: Cast, name: str, scopes: list[str] | None = None) -> Machine:
    return Machine(cast.account[name], ALL if scopes is None else scopes)
