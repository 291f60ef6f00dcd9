"""Questions about how cases came about: each pattern is asked about, what is usual is not, and nobody outside sees a word."""

import datetime as dt

from ronglu.kernel.loops.likeness import likeness
from ronglu.store.models import Case
from ronglu.work.queries.case_questions import questions
from tests.cast import AT, Cast, cast
from tests.work.loops_cast import HAZARD, line, report, settle, step

__all__ = ["cast"]
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
FRIDAY = dt.date(2026, 3, 13)


def asked(cast: Cast, who: str = "赵安全员") -> list[tuple[str, str, tuple[str, ...]]]:
    found = questions(scope=cast.scope(who), loop=HAZARD, first=FIRST, last=LAST)
    return [(q.kind, q.said, q.numbers) for q in found]


def fixed(cast: Cast, *, fixer: str, judge: str, what: str) -> Case:
    """A hazard with one measure, done by one and passed by the other."""
    case = report(cast, given={"kind": "equipment", "what": what}).case
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "马主任", who=fixer, due_on=FRIDAY)
    step(cast, case, "马主任", "settle", fixer="吴师傅", funds="无需", fix_by="2026-03-13", fallback="无需")
    settle(cast, row, fixer, "done")
    settle(cast, row, judge, "pass")
    return case


def test_two_who_pass_each_others_work_three_times_are_asked_about(cast: Cast) -> None:
    words = iter(["甲泵漏油", "乙阀卡涩", "丙罐液位", "丁栏锈蚀", "戊灯不亮", "己门变形"])
    there = [fixed(cast, fixer="赵安全员", judge="马主任", what=next(words)) for _ in range(3)]
    assert asked(cast) == []
    back = [fixed(cast, fixer="马主任", judge="赵安全员", what=next(words)) for _ in range(3)]
    numbers = tuple(sorted(c.number for c in there + back))
    assert asked(cast) == [("ring", "赵安全员与马主任互相验收（3 件和 3 件）：可否换一个人抽查几件", numbers)]


def test_twelve_in_the_last_three_days_after_a_quiet_month_are_asked_about(cast: Cast) -> None:
    kinds = ("风机", "水泵", "吊车", "料仓", "电缆", "炉门")
    for day, kind in ((d, k) for d in (29, 31) for k in kinds):
        report(cast, at=dt.datetime(2026, 3, day, 9), given={"kind": "other", "what": f"{kind}异常{day}"})
    report(cast, at=dt.datetime(2026, 3, 4, 9), given={"kind": "fire", "what": "灭火器过期"})
    kind, said, numbers = asked(cast)[0]
    assert (kind, len(numbers)) == ("burst", 12)
    assert said == "2026 年 3 月最后 3 天提了 12 件隐患，平日每天 0.0 件：是不是为了凑数"


def test_nearly_the_same_words_on_one_day_are_asked_about(cast: Cast) -> None:
    one = report(cast, given={"kind": "equipment", "what": "2#转炉烟罩法兰渗水"}).case
    two = report(cast, given={"kind": "site", "what": "2# 转炉烟罩法兰渗水。"}).case
    report(cast, given={"kind": "fire", "what": "灭火器过期"})
    assert [(k, n) for k, _, n in asked(cast)] == [("split", (one.number, two.number))]


def test_ten_entered_by_one_person_in_an_hour_are_asked_about_nine_are_not(cast: Cast) -> None:
    for n in range(9):
        report(
            cast, "李班长", at=AT + dt.timedelta(minutes=n), given={"kind": "other", "what": chr(0x4E00 + 40 * n) * 4}
        )
    assert asked(cast) == []
    report(cast, "李班长", at=AT + dt.timedelta(minutes=30), given={"kind": "other", "what": "最后一件"})
    assert [(k, len(n)) for k, _, n in asked(cast)] == [("one_hand", 10)]


def test_who_may_not_see_the_cases_is_told_nothing(cast: Cast) -> None:
    for word in ("阀门渗油", "阀门渗油了"):
        report(cast, given={"kind": "site", "what": word})
    assert [asked(cast, name) for name in ("外人", "邻厂书记", "郑师傅")] == [[], [], []]


def test_likeness_of_two_texts() -> None:
    assert likeness("烟罩渗水", "烟罩渗水！") == 1
    assert likeness("烟罩渗水", "烟罩漏水") * 3 == 1  # 烟罩 of 烟罩 罩渗 渗水 and 烟罩 罩漏 漏水: 2·1 ÷ 6
    # 烟罩 罩法 法兰 兰渗 渗水 against 法兰 兰渗 渗水: twice three over eight
    assert likeness("烟罩法兰渗水", "法兰渗水") * 4 == 3
    assert likeness("Pump No.2", "pump no 2") == 1
    assert likeness("", "烟罩") == 0
