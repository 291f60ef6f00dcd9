"""The rules as the party office changes them: what was changed is told in words, what changes nothing is said to."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.work import rule_edits
from tests.cast import AT, Cast, cast  # noqa: F401


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def test_each_change_says_what_was_changed(cast: Cast) -> None:
    who = {"plant": cast.plant, "rule": "R-LIFE-08", "by": cast.account["孙干事"], "at": AT}
    rule_edits.set_threshold(values={"from_month": Decimal(11)}, from_on=dt.date(2026, 1, 1), **who)
    rule_edits.switch(enabled=False, side="quarter", from_on=dt.date(2026, 2, 1), **who)
    rule_edits.compare(text_url="中发〔2018〕00号", on=dt.date(2026, 3, 1), **who)
    page = cast.login(Client(), "孙干事").get(reverse("org_rule_about", args=["R-LIFE-08"])).content.decode()
    changes = page[page.index("本厂改过的") : page.index("现在没有做到的")]
    assert "孙干事 核对原文" in changes and "中发〔2018〕00号" in changes
    assert "关闭 一般在第四季度" in " ".join(changes.split())
    assert "一般不早于几月 <b>11</b>" in changes


def test_numbers_that_are_the_same_as_now_are_said_to_change_nothing(cast: Cast) -> None:
    client = cast.login(Client(), "孙干事")
    answer = client.post(reverse("org_rule", args=["R-LIFE-05"]), {"from_on": "2026-03-10", "times": "1"})
    assert answer.status_code == 422 and "没有改动" in answer.content.decode()
    cast.plant.refresh_from_db()
    assert "org_rules" not in cast.plant.settings


def test_a_number_that_cannot_be_is_refused_on_the_form_with_what_was_typed(cast: Cast) -> None:
    client = cast.login(Client(), "孙干事")
    answer = client.post(reverse("org_rule", args=["R-LIFE-05"]), {"from_on": "2026-03-10", "times": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "应是不小于 1 的整数，写的是 0" in page and 'value="0"' in page
