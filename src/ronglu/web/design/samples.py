"""Invented numbers for /design/; every unit and name is made up."""

from datetime import date, datetime
from decimal import Decimal as D
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.cases.forms import CaseForm
from ronglu.web.cases.life import Stage
from ronglu.web.cases.show import Button
from ronglu.web.cases.telling import Told
from ronglu.web.charts import Mark, Slot, Step
from ronglu.web.charts.ribbon import Pin, Span, time_band


class Sample(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("来源名称"), help_text=gettext_lazy("例如：一号熔炼线班报"), max_length=40
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("时间写法"),
        choices=[("opens", gettext_lazy("开始时刻")), ("closes", gettext_lazy("结束时刻"))],
    )
    note = forms.CharField(label=gettext_lazy("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    dry = forms.BooleanField(label=gettext_lazy("干基"), required=False)


def everything() -> dict[str, Any]:
    return {
        "crumbs": [(_("看板"), "#"), (_("青岚冶炼厂"), "#"), (_("一号熔炼线"), "")],
        "grains": [
            ("shift", _("班"), "#"),
            ("day", _("日"), "#"),
            ("week", _("周"), "#"),
            ("month", _("月"), "#"),
            ("year", _("年"), "#"),
        ],
        "lines": [("a", _("一号熔炼线")), ("b", _("转炉工段"))],
        "months": [("2026-10", "2026-10"), ("2026-11", "2026-11")],
        "chain": chain(),
        "runs": runs(),
        "days": days(),
        "falls": falls(),
        "thresholds": [(_("优秀"), 90)],
        "curve": [(D("0.85"), D(0)), (D("0.90"), D("0.4")), (D("0.95"), D("0.7")), (D(1), D(1)), (D("1.05"), D(1))],
        "curve_marks": [
            Mark(D("0.969"), D("0.824"), _("煤耗 0.969 → 0.824"), lost=True),
            Mark(D("1.016"), D(1), _("电耗 1.016 → 封顶")),
        ],
        **loops(),
        "calc": [
            {"label": _("计划"), "value": "42.00", "unit": "kg/t"},
            {"label": _("达成率"), "expression": "42.00 ÷ 43.36", "value": "0.9687"},
            {"label": _("折线"), "expression": "0.95–0.98", "value": "0.8244"},
            {"label": _("× 4 分"), "value": "3.30", "unit": _("分")},
        ],
        "heads": [(_("煤"), "kg"), (_("干精矿"), "t"), (_("单耗"), "kg/t")],
        "readings": readings(),
        "unit_rows": unit_rows(),
        "cells": cells(),
        "branches": [_("熔炼"), _("转炉"), _("阳极炉"), _("电解一"), _("综合"), _("机关")],
        "tree": tree(),
        "party": party(),
        "plant_tree": plant_tree(),
        "pairs": [(1, 1), (2, 2), (3, 3), (3, 4)],
        "acts": [_("选文件"), _("试读"), _("确认"), _("完成")],
        "plot": plot(),
    }


def chain() -> list[dict[str, Any]]:
    return [
        {
            "label": _("日"),
            "period": "11-15",
            "state": "on_track",
            "value": 349,
            "plan": 346,
            "unit": "t",
            "done": D("1.009"),
            "time": D(1),
            "say": _("补回 3 t"),
        },
        {
            "label": _("周"),
            "period": _("11-09 至 11-15"),
            "state": "behind",
            "value": 2214,
            "plan": 2275,
            "unit": "t",
            "done": D("0.973"),
            "time": D(1),
            "say": _("欠 61 t，转入下周"),
        },
        {
            "label": _("月"),
            "period": _("11 月（10-26 起）"),
            "state": "behind",
            "value": 6706,
            "plan": 10170,
            "unit": "t",
            "done": D("0.659"),
            "time": D("0.677"),
            "say": _("余 10 日须 346.4 t/日，近 7 日均 316.3"),
        },
        {
            "label": _("年"),
            "period": _("2026 年"),
            "state": "on_track",
            "value": 98940,
            "plan": 112000,
            "unit": "t",
            "done": D("0.883"),
            "time": D("0.874"),
            "say": _("超前 0.9 个百分点"),
        },
    ]


def runs() -> dict[str, list[Any]]:
    return {
        "fine": [41, 42, 40, 43, 44, 42, 43, 45, 44, 46, 44, 43, 42, 44, 45, 47, 46, 45, 47, 48, 47],
        "gap": [41, 42, 40, None, 44, 42, 43, None, None, 46, 44, 43, 42, 44, 39, 38, 40, 42, 41, 43, 44],
        "flat": [0] * 21,
        "none": [None] * 21,
        "band": [60, 61, 59, 60, 60.5, 61, 60, 58, 59, 60, 61, 60.4],
    }


def days() -> list[list[Slot]]:
    columns = []
    for i in range(31):
        states = ["have"] * 3 if i < 21 else ["todo"] * 3
        if i == 9:
            states = ["have", "stop", "stop"]
        if i == 12:
            states = ["have", "gap", "gap"]
        columns.append(
            [Slot(s, f"10-{i + 1:02d} {name}") for s, name in zip(states, (_("白"), _("中"), _("夜")), strict=True)]
        )  # type: ignore[arg-type]
    return columns


def falls() -> list[Step]:
    losses: list[tuple[str, str, str, Any]] = [
        ("D1", "12", _("产量"), "-0.60"),
        ("D2", "10", _("核心工艺"), "-0.80"),
        ("D3", "8", _("能耗物耗"), "-0.70"),
        ("D4", "6", _("成本"), "0"),
        ("D5", "6", _("对标差距"), "-2.00"),
        ("D6", "6", _("金点子"), "-0.75"),
        ("D7", "8", _("揭榜项目"), _("不适用")),
        ("D8", "4", _("劳动竞赛"), "-1.00"),
    ]
    steps = [Step(_("满分"), "D + E", total=D(100))]
    for code, full, name, lost in losses:
        word = "" if lost[0] in "-0" else lost
        steps.append(
            Step(f"{code} {full}", name, delta=None if word else D(lost), word=word, here=code == "D3", url=f"#{code}")
        )
    steps.append(Step(_("小计"), _("D 类"), total=D("94.15")))
    steps += [
        Step("E1 12", _("隐患闭环"), delta=D("-1")),
        Step("E3 6", _("环保"), delta=D("-3.00")),
        Step("E4 7", _("质量结对"), delta=D("-0.58")),
    ]
    return [*steps, Step(_("合计"), _("生产融合"), total=D("89.57"))]


def readings() -> list[dict[str, Any]]:
    book = "班报_一号熔炼线_2026-10.xlsx"
    return [
        {
            "day": date(2026, 10, 12),
            "shift": _("夜"),
            "crew": _("乙"),
            "values": [(25310, ""), (528, "v1 538 t"), ("47.9", "")],
            "source": book,
            "url": "#",
            "cell": "煤耗!F37 · H37",
            "version": "v2",
            "digest": "7be1 40c9",
        },
        {
            "day": date(2026, 10, 2),
            "shift": _("早"),
            "crew": "",
            "missing": _("缺数，不计入"),
            "source": _("2 号皮带秤离线，无可信来源"),
        },
        {
            "day": date(2026, 10, 21),
            "shift": _("早"),
            "crew": _("甲"),
            "values": [(20610, ""), (496, ""), ("41.6", "")],
            "source": "MES CL-SHIFT",
            "url": "#",
            "cell": _("行 88 214"),
            "version": "v1",
            "digest": "0c5a e7d4",
        },
    ]


def unit_rows() -> list[dict[str, Any]]:
    run = runs()
    return [
        {
            "label": _("煤耗"),
            "values": run["fine"],
            "plan": 42,
            "value": D("43.6"),
            "unit": "kg/t",
            "gap": "+1.6",
            "tone": "worse",
            "url": "#",
        },
        {
            "label": _("送风时率"),
            "values": run["gap"],
            "plan": 44,
            "value": D("83.1"),
            "unit": "%",
            "gap": "−2.9 pp",
            "tone": "worse",
        },
        {
            "label": _("硫捕集率"),
            "values": run["fine"],
            "plan": 45,
            "value": D("98.4"),
            "unit": "%",
            "gap": "+0.2 pp",
            "tone": "better",
        },
        {"label": _("直流电耗"), "state": "missing", "value": None, "unit": "kWh/t", "gap": _("缺 1 日")},
    ]


def cells() -> list[dict[str, Any]]:
    """One row of the month sheet, every state of 09-13 once."""
    return [
        {
            "code": "A1",
            "name": _("第一议题与上级精神传达"),
            "full": D(4),
            "cells": [
                {"state": "scored", "points": D(4)},
                {"state": "scored", "points": D("3.65")},
                {"state": "scored", "points": D(2)},
                {"state": "carried", "points": D("3.30"), "source": _("9 月")},
                {"state": "imported", "points": D("3.80")},
                {"state": "scored", "points": D(0)},
            ],
        },
        {
            "code": "D2",
            "name": _("核心工艺指标"),
            "full": D(10),
            "cells": [
                {"state": "scored", "points": D("9.20"), "here": True},
                {"state": "readings_missing"},
                {"state": "awaiting_review"},
                {"state": "not_wired"},
                {"state": "not_applicable"},
                {"state": "nothing"},
            ],
        },
    ]


def tree() -> list[dict[str, Any]]:
    return [
        {
            "label": _("青岚冶炼厂"),
            "note": _("党委"),
            "open": True,
            "children": [
                {
                    "label": _("熔炼党支部"),
                    "note": _("党员 31"),
                    "open": True,
                    "url": "#",
                    "children": [
                        {"label": _("甲班党小组"), "note": _("党员 7")},
                        {"label": _("乙班党小组"), "state": "watch", "word": _("缺组长")},
                    ],
                },
                {"label": _("转炉党支部"), "note": _("党员 24"), "url": "#", "children": [{"label": _("一组")}]},
            ],
        }
    ]


def party() -> list[dict[str, Any]]:
    return [
        {"label": _("厂党委")},
        {"label": _("熔炼党支部"), "depth": 1, "url": "#"},
        {"label": _("转炉党支部"), "depth": 1},
        {"label": _("电解党支部"), "depth": 1},
        {"label": _("机关党支部"), "depth": 1},
    ]


def plant_tree() -> list[dict[str, Any]]:
    return [
        {"label": _("青岚冶炼厂")},
        {"label": _("一号熔炼线"), "depth": 1, "url": "#"},
        {"label": _("转炉工段"), "depth": 1},
        {"label": _("电解一系列"), "depth": 1},
        {"label": _("电解二系列"), "depth": 1},
        {"label": _("阳极炉"), "depth": 1, "state": "watch", "word": _("没有支部")},
    ]


def plot() -> dict[str, Any]:
    run = runs()["gap"]
    return {
        "unit": "kg/t",
        "labels": [f"10-{i + 1:02d}" for i in range(len(run))],
        "series": [
            {"name": _("实际"), "kind": "actual", "values": run},
            {"name": _("计划"), "kind": "plan", "values": [42] * len(run)},
        ],
    }


def loops() -> dict[str, Any]:
    """A case in its second round: its life, what may be done with it, what happened."""
    found, back, now = datetime(2026, 11, 3, 7, 42), datetime(2026, 11, 10, 10, 20), datetime(2026, 11, 16, 8)
    return {
        "stages": [
            Stage(_("发现"), "past", found),
            Stage(_("整改中"), "now", back, _("第 2 轮")),
            Stage(_("验收"), "todo"),
            Stage(_("销号"), "todo", note=_("等 30 天")),
        ],
        "band": time_band(
            [
                Span(_("发现 1 天"), "open", found, datetime(2026, 11, 4, 8)),
                Span(_("整改 5 天"), "working", datetime(2026, 11, 4, 8), datetime(2026, 11, 9, 15)),
                Span(_("验收"), "verifying", datetime(2026, 11, 9, 15), back),
                Span(_("退回再改 6 天"), "working", back),
            ],
            now=now,
            due=datetime(2026, 11, 18, 18),
            due_word=_("期限 11-18 · 还有 2 天"),
            pins=[Pin(_("11-10 退回"), back)],
        ),
        "moves": [
            Button("design.ask", _("申请验收"), "#", CaseForm(), main=True),
            Button("design.close", _("验收销号"), "#", why=(_("措施第 2 条还没有验收"),)),
        ],
        "timeline": [
            Told(now, _("李班长"), _("留言"), _("备件库还有两块垫片"), [], comment=True),
            Told(back, _("赵安全员"), _("退回"), _("报警值在停风值之后才响"), [], after=_("整改中")),
            Told(found, _("李班长"), _("提出"), "", [(_("哪一类"), _("设备"))], after=_("发现")),
        ],
    }
