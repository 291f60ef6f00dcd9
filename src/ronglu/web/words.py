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
    *(_("已登记，未到期"), _("正在判"), _("已判"), _("没有算成"), _("有把握有成效"), _("很可能有成效"), _("说不清"), _("没有成效")),
    *(_("单独登记"), _("事项"), _("竞赛"), _("活动"), _("不分"), _("分星期几"), _("登记时写明"), _("本厂规定"), _("历史"), _("年内")),
    *(_("自身最好"), _("兄弟产线"), _("行业先进"), _("国内领先"), _("世界一流"), _("引用前须核对原文")),
    *(_("没有从读数来的指标；看投资计划与决算"), _("看定员与在岗；劳动生产率没有读数时不算")),
    *(_("没有从读数来的指标；看工序数、倒运次数"), _("没有从读数来的指标；看现场检查与五型班组评价")),
    *(_("往期党建分"), _("往期生产融合分"), _("行政绩效"), _("读读数"), _("写读数"), _("读结果"), _("读组织"), _("读事项"), _("提事项")),
    *(_("岗位责任区"), _("协管区"), _("包片"), _("在用"), "停用", _("设备"), _("安全"), _("清洁文明生产"), _("部位")),
    *(_("物料消耗"), _("设备维保"), _("技术改革"), _("创新创效"), _("每周"), _("每月"), _("待巡查"), _("已巡查")),
    *(_("有问题"), _("未遂事件"), _("急救处置"), _("轻微事件"), _("损失工时事件"), _("待确认"), _("已确认"), _("不成立")),
    *(_("党员先锋队"), _("技术攻关突击队"), _("应急抢险突击队"), _("队长"), _("队员"), _("系统默认")),
    *(_("已出动令"), _("执行中"), _("已报告，待核实"), _("已核实"), _("核实不通过"), _("待核实")),
    *(_("待双方同意"), _("联系中"), _("未结成"), _("已结束"), _("传了一句话"), _("没有联系上"), _("晒着"), _("已收回")),
    *(_("在岗"), _("复核后继续"), _("已撤岗"), _("未完成"), _("已完成，待检查"), _("已检查"), "取消"),
    *(_("金点子"), _("技术创新成果"), _("科研孵化"), _("攻关立题"), _("专利"), _("攻关改善成果"), _("精益化管理举措"), _("获奖")),
    *(_("有课题"), _("有带头人"), _("有场地"), _("有奖励措施"), _("有容错机制")),
    *(_("等回答"), _("已回答"), _("帮上了"), _("没帮上")),
    *(_("草案"), _("已宣布"), _("公示中"), _("已定"), _("已撤销"), _("已总结"), _("承诺"), _("立功"), _("现场记事"), _("未确认"), _("撤回")),
    *(_("承诺签名"), _("案例教育"), _("隐患排查治理"), _("应急演练"), _("任务")),
    *(_("公开"), _("保密"), _("已记"), _("待验收"), _("已验收"), _("已撤"), "待办"),
    *(_("再次发生"), _("并入"), _("相似"), _("推广采用"), _("由此产生")),
    *(_("新"), _("新，不露时刻"), _("紧急"), _("待送"), _("已编入摘要"), _("仅站内"), _("送出中"), _("已送"), _("未送成"), "启用"),
    *(_("电子邮件"), _("企业微信群机器人"), _("钉钉群机器人"), _("飞书群机器人"), _("内网接口")),
    # the sentences of the production brief: headings, what is spoken of, under which condition
    *(_("产量"), _("偏差与停机"), _("班组"), _("质量"), _("能耗"), _("对标"), _("成效"), _("纪录"), _("关账"), _("当日产量"), _("本月产量"), _("同比")),
    *(_("环比"), _("月累计"), _("年进度"), _("还需日均"), _("月末预计"), _("偏差"), _("交接班没有完成计划的"), _("缺数单元"), _("停机"), _("班组与计划")),
    *(_("高等级隐患"), _("没有关账"), _("多于计划"), _("少于计划"), _("与计划相同"), _("没有报全"), _("增加"), _("减少"), _("相同"), _("没有可比的数")),
    *(_("快于计划"), _("慢于计划"), _("快于时间进度"), _("慢于时间进度"), _("与时间进度相同"), _("近来的干法够得上"), _("近来的干法够不上"), _("已够月计划")),
    *(_("近来没有报全的日子"), _("整个区间都够计划"), _("整个区间都不够计划"), _("计划在区间里"), _("还不能预计"), _("落后计划"), _("没有落后的"), _("有"), _("停过")),
    *(_("没有停机"), _("好于计划"), _("差于计划"), _("在控制范围内"), _("出了控制范围"), _("不到标杆"), _("达到标杆"), _("没有标杆"), _("判过"), _("没有判过的")),
    *(_("刷新纪录"), _("还有没写的"), _("没有新纪录"), _("有没整改完的"), _("没有"), _("日报"), _("月报"), _("本厂"), _("待签发"), _("已签发"), _("已被新的代替")),
    *(_("本厂")),
    # what the forms of the loops say under their fields
    *(_("规程名和条款"), _("新做法带来的风险和控制；没有写“无”"), _("会议日期和议题"), _("会议日期和决定"), _("设备、参数名和单位，如：3# 电解槽 电解液温度 ℃")),
    *(_("按操作规程；超出的先改规程"), _("报价单位、日期和编号，或上次外委合同"), _("人工、材料、机具都算"), _("月份和考核项，或事项编号"), _("阳极板批号或炉次")),
    *(_("写明金额和出处；一般隐患不需要的，写“不需要”和理由"), _("一般隐患不需要的，写“不需要”和理由"), _("目标任务、方法措施、经费物资、机构人员、时限要求、安全措施与应急预案")),
    *(_("科技攻关填：单位和姓名"), _("项目经理可以自己决定的人、钱、物"), _("会议名、日期和原话，或检查、考核的条目"), _("影响哪个指标、多少")),
    *(_("写四位数，如 2026"), _("写明文件、批准人或附件"), _("写明项目代码和理由"), _("写核实过的结果；获奖、批示、发稿不作依据"), _("写结果和数据，不写开了几次会、发了几篇稿")),
    *(_("只写记录里看不出来的；记录里有的不用再填"), _("只能是您自己在里面的队伍；个人揭榜不填"), _("否决月份、文件或会议"), _("如：外贸阳极生产工艺控制措施")),
    *(_("强项弱项、硬件、制度、结对各做什么，到哪天"), _("征求同意以后不能再改；要改就另起一篇"), _("急难险重、攻关、联系职工"), _("政治核心：方向、决议落实、党员管理")),
    *(_("教育党员、培养骨干"), _("测评与投票里的编号"), _("这条建议转成的行动项编号，如 XD-2026-0012")),
    # what the editor of the sheet asks under its shapes and examples, and what versions differ in
    *(_("按什么分档"), _("按数值"), _("按名次"), _("这个数值或名次是什么"), _("什么情况直接满分"), _("各档"), _("从好到差；按数值填“达到”，按名次填“第几名”"), _("达到")),
    *(_("第几名"), _("得几分"), _("其余得几分"), _("每次多少分"), _("哪一种情形"), _("每次几分"), _("最多几分"), _("否决情形的代号")),
    *(_("表头否决清单里的代号"), _("发生了什么就提请"), _("评什么"), _("如 被别处采用的做法"), _("每件至少几人评"), _("至少 2 人"), _("1–5 分各是什么样"), _("从 1 分到 5 分，写满五档")),
    *(_("达成率到多少得满分的几成，中间按直线"), _("怎样合成"), _("按权重"), _("基础减扣分"), _("基础带否决"), _("逐个指标评"), _("各部分"), _("代号")),
    *(_("名称"), _("权重"), _("另读的事实"), _("空着就读本项的事实"), _("形状"), _("分子是什么"), _("如 按期办结的"), _("分母是什么")),
    *(_("如 到期应办的"), _("例子"), _("哪一种"), _("一句话"), _("把数和结论都写出来，最后写“得 2 分”或写明状态"), _("事实"), _("分子／次数"), _("分母／应办")),
    *(_("有数／应有"), _("如 89/90；与覆盖率无关的空着"), _("状态"), _("空着是已计分"), _("改判"), _("应得几分"), _("应提请的否决"), _("哪一部分")),
    *(_("容差"), _("下限"), _("上限"), _("单位"), _("评法"), _("方向"), _("越高越好"), _("越低越好")),
    *(_("落在范围内"), _("英文小写，例子里用它指这一种"), _("起草中"), _("待批准"), _("已发布"), _("已作废"), _("新增"), _("不再考核")),
    *(_("类别"), _("算法"), _("规则说明"), _("只看"), _("依据种类"), _("起用日"), _("出处"), _("优秀比例")),
    *(_("等级"), _("何时评级"), _("加分"), _("车间主任"), _("支部书记")),
    # closing, linkage, the year, branch standards, judgements of the next process
    *(_("已关账"), _("待复核"), _("已撤回"), _("已生效"), _("不采纳"), _("待签认"), _("已签认"), _("已批准"), _("月度"), _("季度"), _("年度"), _("调整")),
    *(_("已汇总"), _("公示中"), _("已公布"), _("已归档"), _("待决定"), _("待另一人确认"), _("已定"), _("月审核"), _("季点评"), _("年考核")),
    *(_("待检查"), _("有效"), _("已失效"), _("满意"), _("基本满意"), _("不满意")),
    # feeds
    *(_("文件夹"), _("数据库查询"), _("接口推送"), _("MQTT 主题"), _("接收中"), _("已暂停"), _("待处理"), _("已补收"), _("不要")),
    # stops and hand-overs
    *(_("还停着"), _("已恢复"), _("记错，撤回"), _("非计划"), _("赢"), _("欠"), _("缺数，未判"), _("没有计划"), _("待接班"), _("已接班")),
    # assays
    *(_("待核对"), _("已核对"), _("核对不通过"), _("已更正"), _("已评级"), _("不合本表牌号"), _("不能评级")),
    # polls
    *(_("筹备"), _("投票中"), _("已结束，未公布"), _("未投"), _("已投"), _("投票已结束"), _("领了纸质票"), _("已录入，待另一人核对"), _("已核对")),
    *(_("投票的人太少"), _("未过半数，投票无效"), _("网上投票的人太少，减去纸质票就能推出来")),
    # contributions, points, the double lift, the burden of entry
    *(_("待产线确认"), _("待党群部复核"), _("已认定"), _("不认定"), _("会议"), _("组织决定"), _("责任区"), _("队伍")),
    *(_("已申报"), _("支部已核实"), _("告知中"), _("已入账"), _("已冲回"), _("待商定"), _("已商定"), _("已填，待签认"), _("由记录算出")),
    *(_("两轴都不低于基线"), _("有一轴低于基线"), _("还不能比较"), _("双升"), _("单升"), _("持平"), _("下降"), _("基线期"), _("上升"), _("平稳"), _("还看不出")),
    *(_("初级工"), _("中级工"), _("高级工"), _("技师"), _("高级技师"), _("在预算内"), _("快到预算"), _("超出预算"), _("没有定预算")),
    *(_("指标组成为系统默认，可修改"), _("党建百分（折算）"), _("生产融合百分（折算）"), _("导入并认可的行政绩效分"), _("导入并认可的季度考核分"), _("民主测评"), _("满意度测评"), _("十进制计算，最后一步四舍五入到两位小数"), _("先合计，后相除"), _("分"), _("支部副书记"), _("月度平均"), _("季度点评平均")),
    # what is kept about a person, for what and how long
    *(_("登记"), _("派工、任职和组织关系"), _("任职单位"), _("班次和产线归属"), _("组织关系"), _("支部考核按人天计"), _("职务"), _("谁能办什么"), _("身兼职责")),
    *(_("安全员、监督员、质检员"), _("巡查和问题归属"), _("突击队调用"), _("双提升清单"), _("帮带，不公开排位"), _("双提升月度数"), _("与自己的基线比"), _("双提升月度情况")),
    *(_("积分"), _("旗帜党员的入围依据之一"), _("本人提出的事项"), _("闭环办理和答复"), _("提醒"), _("轮到您办的事"), _("在册期间"), _("一年"), _("三年"), _("五年")),
    *(_("工号"), _("姓名"), _("入党日期"), _("技能等级"), _("工作联系方式"), _("起"), _("止（不含）"), _("党组织"), _("职责"), _("范围"), _("身份"), _("能力目标"), _("业绩目标")),
    *(_("月份"), _("维度"), _("数（百分之一）"), _("依据"), _("能力素养变化"), _("业绩变化"), _("象限"), _("第几条"), _("来源"), _("分值（百分之一）"), _("什么事")),
    *(_("编号"), _("题目"), _("提出于"), _("时间"), _("内容"), _("说明")),
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
    """Names that reach a page without their English: of roles, scales, grades, series, indicators and what stands beside them."""
    pack = plant.packs()
    things = (*pack.series.values(), *pack.indicators.values(), *pack.sheet.scales, *pack.sheet.grades)
    found = {one.name: one.en for one in things} | {one.zh: one.en for one in roles().roles.values()}
    return found | _standing(pack)


def _standing(pack: Pack) -> dict[str, str]:
    """What is declared beside the sheet: linkage models and their numbers, the double lift, points, honours."""
    lift, points, honour = pack.standing.lift, pack.standing.points, pack.standing.honour
    models = pack.standing.linkage.values()
    labelled = (
        *lift.axes, *lift.dimensions, *points.dimensions.values(), *points.sources.values(), *honour.titles.values(),
        *honour.tiers.values(), *models, *(need for model in models for need in model.needs()),
    )  # fmt: skip
    found = {one.label: one.en for one in labelled}
    found |= {model.formula: model.formula_en for model in models}
    return found | {model.warning: model.warning_en for model in models}


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
