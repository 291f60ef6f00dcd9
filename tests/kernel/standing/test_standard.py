"""How one of the five stands on a day, and what a declaration of them may not say."""

import datetime as dt

import pytest

from ronglu.kernel.standing.standard import Stand, StandardTrouble, read, stand

KIND = {"code": "venue", "zh": "活动场地", "en": "Venue", "says": "在哪里", "says_en": "Where", "months": 12}


def five(**other: object) -> dict[str, object]:
    kinds = [KIND | {"code": code} for code in ("a", "b", "c", "d")] + [KIND | other]
    return {"kinds": kinds, "warn_days": 30, "note": "系统默认，可修改"}


@pytest.mark.parametrize(
    ("state", "on", "said"),
    [
        ("entered", dt.date(2026, 3, 1), Stand.ENTERED),
        ("returned", dt.date(2026, 3, 1), Stand.RETURNED),
        ("valid", dt.date(2025, 12, 31), Stand.MISSING),
        ("valid", dt.date(2026, 1, 1), Stand.VALID),
        # 30 days before 1 July is 1 June
        ("valid", dt.date(2026, 5, 31), Stand.VALID),
        ("valid", dt.date(2026, 6, 1), Stand.EXPIRING),
        ("valid", dt.date(2026, 6, 30), Stand.EXPIRING),
        ("valid", dt.date(2026, 7, 1), Stand.EXPIRED),
        ("expired", dt.date(2026, 7, 1), Stand.EXPIRED),
    ],
)
def test_the_stored_word_says_who_looked_and_the_days_whether_it_holds(state: str, on: dt.date, said: Stand) -> None:
    found = stand(state=state, from_on=dt.date(2026, 1, 1), until_on=dt.date(2026, 7, 1), on=on, warn_days=30)
    assert found is said
    assert found.counts == (said in (Stand.VALID, Stand.EXPIRING))


def test_the_five_are_read_in_their_order() -> None:
    assert list(read(five()).kinds) == ["a", "b", "c", "d", "venue"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kinds": [KIND], "warn_days": 30}, "五个一应有 5 样，现在是 1 样"),
        (five(code="a"), "“a”写了两次"),
        (five(months=0), "venue 的有效期（月）应是 1 以上的整数，现在是 0"),
        (five(says=""), "venue 缺 says"),
        (five() | {"warn_days": None}, "提前几天提醒应是整数，现在是 None"),
    ],
)
def test_a_wrong_declaration_says_what_would_be_right(data: dict[str, object], said: str) -> None:
    with pytest.raises(StandardTrouble, match=said):
        read(data)
