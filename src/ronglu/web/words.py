"""In which language a page calls what is declared below the pages: packs bring English names, fixed words stand here."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from django import template
from django.utils.translation import get_language, gettext, override, pgettext, pgettext_lazy
from django.utils.translation import gettext_noop as _

from ronglu.config import plant
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.series import Series
from ronglu.packs.pack import Pack
from ronglu.work.roles import roles

register = template.Library()
ASIDE = re.compile(r"([^（]+)（([^（）]+)）")
Measured = TypeVar("Measured", Series, Indicator)

# words of the kernel and the store that pages show as they are; a test asks for each that a stored choice can have
FIXED = frozenset((
    *(_("党委"), _("党总支"), _("党支部"), _("联合党支部"), _("党小组")),
    *(_("厂"), _("车间"), _("科室"), _("产线"), _("工序"), _("横大班"), _("岗位")),
    *(_("书记"), _("副书记"), _("组织委员"), _("宣传委员"), _("纪检委员"), _("委员"), _("组长"), _("统计员"), _("调度员")),
    *(_("技术员"), _("质检员"), _("设备员"), _("评审专家"), _("项目经理"), _("导师"), _("学员")),
    *(_("生产"), _("机关"), _("离退休"), _("辅助"), _("合并"), _("拆分"), _("在册"), _("外委"), _("借调")),
    *(_("正式"), _("预备"), _("在班"), _("服务对象")),
    *(_("应当"), _("一般"), _("本单位做法"), _("有出处"), _("系统默认，可修改"), _("系统默认（经验值，待核）")),
    *(_("来自公开稿件"), _("公开资料已核"), _("按定义计算")),
    *(_("白"), _("中"), _("夜"), _("时刻"), _("小时"), _("班"), _("日"), _("周"), _("月"), _("季"), _("半年"), _("年"), _("月末结算")),
    *(_("已计分"), _("沿用"), _("待评"), _("无事项"), _("不适用"), _("缺数"), _("未接入"), _("导入")),
    *(_("没有发生时得满分"), _("没有发生时得零分"), _("没有发生时不适用，不占分母")),
    *(_("带"), _("统计月"), _("自然月"), _("按达成率"), _("按差值"), _("按次数"), _("正常"), _("边界"), _("没有发生")),
    *(_("指标读数"), _("按期闭环"), _("核实的成效"), _("组织设置"), _("应尽职责"), _("检查发现"), _("评审")),
    *(_("活动数量"), _("表彰与宣传"), _("软件使用情况")),
    *(_("时标是时段的开始"), _("时标是时段的结束"), _("时标是时段的结束，00:00 记在它所结束的那一天"), _("时标是取样的一刻")),
    *(_("分档"), _("扣分"), _("按件得分"), _("一票否决"), _("组合"), _("比率"), _("节点"), _("指标达成"), _("指标差值")),
    *(_("计划"), _("实际"), _("达成率"), _("折线"), _("得分比例"), _("范围"), _("这一指标"), _("按权重平均"), _("按权重合成")),
    *(_("得分，四舍五入到两位"), _("平均到满分的比例"), _("基础减扣分，最低为 0")),
    *(_("满分"), _("没有发生时"), _("取数期间"), _("舍入"), _("最低覆盖率"), _("分子"), _("分母")),
    *(_("非党员"), _("休")),
    *(_("由数据判断"), _("年月日"), _("日月年"), _("月日年")),
    *(_("预报"), _("审核"), _("锁定"), _("已更正"), _("退回")),
    *(_("已上传"), _("读取中"), _("已试读"), _("已拒绝"), _("写入中"), _("已入库"), _("已取消"), _("失败")),
    *(_("排队"), _("进行中"), _("完成")),
    *(_("自身最好"), _("兄弟产线"), _("行业先进"), _("国内领先"), _("世界一流")),
    *(_("往期党建分"), _("往期生产融合分"), _("行政绩效"), _("读读数"), _("写读数"), _("读结果"), _("读组织"), _("读事项"), _("提事项")),
    *(_("岗位责任区"), _("协管区"), _("包片"), _("在用"), "停用", _("设备"), _("安全"), _("清洁文明生产"), _("部位")),
    *(_("物料消耗"), _("设备维保"), _("技术改革"), _("创新创效"), _("每周"), _("每月"), _("待巡查"), _("已巡查")),
    *(_("有问题"), _("未遂事件"), _("急救处置"), _("轻微事件"), _("损失工时事件"), _("待确认"), _("已确认"), _("不成立")),
    *(_("党员先锋队"), _("技术攻关突击队"), _("应急抢险突击队"), _("队长"), _("队员"), _("系统默认")),
    *(_("已出动令"), _("执行中"), _("已报告，待核实"), _("已核实"), _("核实不通过"), _("待核实")),
    *(_("在岗"), _("复核后继续"), _("已撤岗"), _("未完成"), _("已完成，待检查"), _("已检查"), "取消"),
    *(_("金点子"), _("技术创新成果"), _("科研孵化"), _("攻关立题"), _("专利"), _("攻关改善成果"), _("精益化管理举措")),
    *(_("有课题"), _("有带头人"), _("有场地"), _("有奖励措施"), _("有容错机制")),
    *(_("等回答"), _("已回答"), _("帮上了"), _("没帮上")),
    *(_("公开"), _("保密"), _("已记"), _("待验收"), _("已验收"), _("已撤"), "待办"),
    *(_("再次发生"), _("并入"), _("相似"), _("推广采用"), _("由此产生")),
    *(_("新"), _("新，不露时刻"), _("紧急"), _("待送"), _("已编入摘要"), _("仅站内"), _("送出中"), _("已送"), _("未送成"), "启用"),
    *(_("电子邮件"), _("企业微信群机器人"), _("钉钉群机器人"), _("飞书群机器人"), _("内网接口")),
    # what the forms of the loops say under their fields
    *(_("规程名和条款"), _("新做法带来的风险和控制；没有写“无”"), _("会议日期和议题"), _("会议日期和决定"), _("设备、参数名和单位，如：3# 电解槽 电解液温度 ℃")),
    *(_("按操作规程；超出的先改规程"), _("报价单位、日期和编号，或上次外委合同"), _("人工、材料、机具都算"), _("月份和考核项，或事项编号"), _("阳极板批号或炉次")),
    *(_("写明金额和出处；一般隐患不需要的，写“不需要”和理由"), _("一般隐患不需要的，写“不需要”和理由"), _("目标任务、方法措施、经费物资、机构人员、时限要求、安全措施与应急预案")),
    *(_("科技攻关填：单位和姓名"), _("项目经理可以自己决定的人、钱、物"), _("会议名、日期和原话，或检查、考核的条目"), _("影响哪个指标、多少")),
))  # fmt: skip
# states that share their word with a button or with the name of a page
STATES = {
    "待办": pgettext_lazy("状态", "待办"),
    "启用": pgettext_lazy("状态", "启用"),
    "停用": pgettext_lazy("状态", "停用"),
    "取消": pgettext_lazy("状态", "取消"),
}
# the same signs mean other things elsewhere
UNITS = (
    pgettext_lazy("计量单位", "t/包"),
    pgettext_lazy("计量单位", "个"),
    pgettext_lazy("计量单位", "人"),
    pgettext_lazy("计量单位", "件"),
    pgettext_lazy("计量单位", "件/套"),
    pgettext_lazy("计量单位", "任务"),
    pgettext_lazy("计量单位", "元"),
    pgettext_lazy("计量单位", "分"),
    pgettext_lazy("计量单位", "天"),
    pgettext_lazy("计量单位", "小时"),
    pgettext_lazy("计量单位", "元/t"),
    pgettext_lazy("计量单位", "包"),
    pgettext_lazy("计量单位", "块"),
    pgettext_lazy("计量单位", "次"),
    pgettext_lazy("计量单位", "炉"),
    pgettext_lazy("计量单位", "片"),
)


@register.filter
def named(thing: Any) -> str:
    """A declared thing by its name (`name` or `zh`, in English `en`), a kernel word by its label, words as they are.

    Words joined by " · " or put in brackets are looked up one by one: beside them stand names of places, which nobody
    translates.
    """
    if get_language() == "en" and (english := getattr(thing, "en", "")):
        return str(english)
    if isinstance(thing, (list, tuple)):
        return gettext("、").join(map(named, thing))
    words = next((found for key in ("label", "name", "zh") if (found := getattr(thing, key, None))), thing)
    return " · ".join(map(_word, str(words).split(" · "))) if words else ""


def _word(word: str) -> str:
    if not word or get_language() != "en":
        return word
    found = str(_declared().get(word) or STATES.get(word) or (gettext(word) if word in FIXED else word))
    if found == word and (aside := ASIDE.fullmatch(word)):
        return f"{aside[1]} ({_word(aside[2])})"
    return found


@cache
def _declared() -> dict[str, str]:
    """Names that reach a page without their English: of roles, scales, grades, series and indicators."""
    pack = plant.packs()
    things = (*pack.series.values(), *pack.indicators.values(), *pack.sheet.scales, *pack.sheet.grades)
    return {one.name: one.en for one in things} | {one.zh: one.en for one in roles().roles.values()}


def said(choices: Iterable[tuple[str, Any]]) -> Callable[[], list[tuple[str, str]]]:
    """The choices of a form as the reader calls them: asked for when the form is made, not when the module is read."""
    listed = list(choices)
    return lambda: [(code, named(word)) for code, word in listed]


def pack_of(code: str) -> Pack:
    """What a plant declares, called as the reader calls it: for showing. What is written down takes config.plant."""
    return _spoken(code, get_language() or "")


@cache
def _spoken(code: str, language: str) -> Pack:
    pack = plant.pack_of(code)
    if language != "en":
        return pack
    with override(language):
        return replace(
            pack,
            modules={key: replace(one, name=one.en) for key, one in pack.modules.items()},
            series=_measured(pack.series),
            indicators=_measured(pack.indicators),
        )


def _measured(declared: Mapping[str, Measured]) -> dict[str, Measured]:
    return {code: replace(one, name=one.en, unit=unit_sign(one.unit)) for code, one in declared.items()}


def unit_sign(sign: str) -> str:
    """A unit as the reader writes it; signs that every language shares stay."""
    return pgettext("计量单位", sign) if sign else ""
