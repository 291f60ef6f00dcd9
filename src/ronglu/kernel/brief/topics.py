"""What a brief speaks of: each topic with the conditions it meets and the slots a sentence may use under each of them.

A condition under which a figure is missing has no slot for the figure: no template can turn "not reported" into a nought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SAMPLES = {
    "指标": "粗铜产量", "单元": "熔炼系统", "实际": "412.50 t", "计划": "420.00 t", "差": "7.50 t", "差率": "1.79%",
    "未报": "2 班", "应报": "6 班", "累计": "8,236.00 t", "应完成": "8,400.00 t", "月计划": "13,020.00 t", "未报天": "1 天",
    "年累计": "36,410.00 t", "年计划": "152,000.00 t", "进度": "23.95%", "时间进度": "24.66%", "进度差": "0.71 个百分点",
    "余日": "11", "每日需": "434.91 t", "需完成": "101.20%", "近日完成": "98.60%", "预计": "12,890.00 t", "预计低": "12,640.00 t",
    "预计高": "13,140.00 t", "把握": "80%", "原因": "机械故障", "停机": "95 分钟", "次数": "3", "时长": "210 分钟",
    "起": "03-20 05:10", "粒度": "日", "时段": "3 月 20 日", "新纪录": "455.20 t", "原纪录": "449.80 t", "超出": "5.40 t",
    "件数": "2", "超期": "1", "上期": "409.10 t", "增减": "3.40 t", "增减率": "0.83%", "标杆": "行业先进",
    "标杆值": "160.00 kgce/t", "范围": "50.00% 至 70.00%", "同比": "升 0.12 个百分点", "环比": "降 0.05 个百分点", "事项": "吹炼改用富氧", "结论": "很可能有成效",
}  # fmt: skip
"""Every slot there is, with a value to look at while a sentence is written."""
REPORTED = ("未报", "应报")


@dataclass(frozen=True, slots=True)
class When:
    """A condition; `must` be said: the sentence cannot be emptied."""

    code: str
    zh: str
    slots: tuple[str, ...] = ()
    must: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """`part` is the heading it stands under."""

    code: str
    zh: str
    part: str
    whens: tuple[When, ...]

    def when(self, code: str) -> When:
        return next(one for one in self.whens if one.code == code)


PARTS = {
    "output": "产量", "gaps": "偏差与停机", "crews": "班组", "quality": "质量", "energy": "能耗", "bench": "对标",
    "effects": "成效", "records": "纪录", "safety": "安全",
}  # fmt: skip
"""The headings, in the order of the brief; one without sentences is left out."""

_VERSUS = ("指标", "实际", "计划", "差", "差率")


def _missing(*slots: str, zh: str = "缺数") -> When:
    return When("missing", zh, slots, must=True)


def _quantity(code: str, zh: str) -> Topic:
    return Topic(code, zh, "output", (
        When("above", "多于计划", _VERSUS), When("below", "少于计划", _VERSUS), When("equal", "与计划相同", ("指标", "实际", "计划")),
        When("unplanned", "没有计划", ("指标", "实际")), When("partial", "没有报全", ("指标", "实际", *REPORTED), must=True),
        _missing("指标", *REPORTED),
    ))  # fmt: skip


def _level(code: str, zh: str, part: str) -> Topic:
    past = ("未报", "同比", "环比")
    return Topic(code, zh, part, (
        When("better", "好于计划", (*_VERSUS, *past)), When("worse", "差于计划", (*_VERSUS, *past)),
        When("equal", "与计划相同", ("指标", "实际", "计划", *past)), When("inside", "在控制范围内", ("指标", "实际", "范围", *past)),
        When("outside", "出了控制范围", ("指标", "实际", "范围", "差", *past)),
        When("unplanned", "没有计划", ("指标", "实际", *past)), When("partial", "没有报全", ("指标", "实际", *REPORTED), must=True),
        _missing("指标", *REPORTED),
    ))  # fmt: skip


def _change(code: str, zh: str) -> Topic:
    told = ("指标", "实际", "上期", "增减", "增减率")
    return Topic(code, zh, "output", (
        When("up", "增加", told), When("down", "减少", told), When("flat", "相同", ("指标", "实际", "上期")),
        _missing("指标", zh="没有可比的数"),
    ))  # fmt: skip


_MONTH = ("指标", "累计", "应完成", "差", "差率", "月计划", "未报天")
_YEAR = ("指标", "年累计", "年计划", "进度", "时间进度", "进度差", "未报天")
_PACE = ("指标", "余日", "每日需", "需完成", "近日完成", "月计划")
_END = ("指标", "预计", "预计低", "预计高", "把握", "月计划")
_CREW = ("单元", "指标", "实际", "计划", "差", "差率")

TOPICS = {
    one.code: one
    for one in (
        Topic("month_state", "关账", "output", (When("closed", "已关账"), When("open", "没有关账", must=True))),
        _quantity("day", "当日产量"),
        _quantity("total", "本月产量"),
        _change("year_on_year", "同比"),
        _change("month_on_month", "环比"),
        Topic("month", "月累计", "output", (
            When("ahead", "快于计划", _MONTH), When("behind", "慢于计划", _MONTH), When("equal", "与计划相同", _MONTH),
            _missing("指标", "月计划", "未报天"),
        )),
        Topic("year", "年进度", "output", (
            When("ahead", "快于时间进度", _YEAR), When("behind", "慢于时间进度", _YEAR), When("equal", "与时间进度相同", _YEAR),
            _missing("指标", "年计划", "未报天"),
        )),
        Topic("pace", "还需日均", "output", (
            When("within", "近来的干法够得上", _PACE), When("short", "近来的干法够不上", _PACE), When("done", "已够月计划", ("指标", "月计划")),
            When("alone", "近来没有报全的日子", ("指标", "余日", "每日需", "需完成", "月计划")),
        )),
        Topic("forecast", "月末预计", "output", (
            When("reach", "整个区间都够计划", _END), When("short", "整个区间都不够计划", _END), When("open", "计划在区间里", _END),
            _missing("指标", zh="还不能预计"),
        )),
        Topic("gap", "偏差", "gaps", (
            When("behind", "落后计划", (*_CREW, "原因", "停机")), When("none", "没有落后的"),
        )),
        Topic("lost", "交接班没有完成计划的", "gaps", (When("lost", "有", ("单元", "次数", "原因")),)),
        Topic("unread", "缺数单元", "gaps", (_missing("单元", *REPORTED),)),
        Topic("halt", "停机", "gaps", (
            When("stopped", "停过", ("单元", "次数", "时长", "原因")), When("running", "还停着", ("单元", "起", "时长", "原因"), must=True),
            When("none", "没有停机"),
        )),
        Topic("crew", "班组与计划", "crews", (
            When("above", "多于计划", _CREW), When("below", "少于计划", _CREW), When("equal", "与计划相同", _CREW[:4]),
            When("partial", "没有报全", ("单元", "指标", "实际", *REPORTED), must=True), _missing("单元", "指标", *REPORTED),
        )),
        _level("quality", "质量", "quality"),
        _level("energy", "能耗", "energy"),
        Topic("bench", "对标", "bench", (
            When("gap", "不到标杆", ("指标", "实际", "标杆", "标杆值", "差", "差率")),
            When("reached", "达到标杆", ("指标", "实际", "标杆", "标杆值")), When("none", "没有标杆"),
        )),
        Topic("effect", "成效", "effects", (When("judged", "判过", ("事项", "单元", "指标", "结论")), When("none", "没有判过的"))),
        Topic("record", "纪录", "records", (
            When("broken", "刷新纪录", ("单元", "指标", "粒度", "时段", "新纪录", "原纪录", "超出")), When("more", "还有没写的", ("件数",)),
            When("none", "没有新纪录"),
        )),
        Topic("hazard", "高等级隐患", "safety", (When("open", "有没整改完的", ("件数", "超期"), must=True), When("none", "没有"))),
    )
}  # fmt: skip


def keys() -> Iterator[tuple[str, Topic, When]]:
    """`topic.when` of every sentence, in the order of the brief."""
    for part in PARTS:
        for topic in TOPICS.values():
            if topic.part == part:
                for when in topic.whens:
                    yield f"{topic.code}.{when.code}", topic, when


def found(key: str) -> tuple[Topic, When] | None:
    """None for a key that no sentence has."""
    return next(((topic, when) for name, topic, when in keys() if name == key), None)
