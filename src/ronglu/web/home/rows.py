"""What waits, as rows: an icon, what to do in words, and the page where it is done."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ronglu.web.formats import month_name, num, short_day
from ronglu.web.links import address
from ronglu.work.queries.todo import Todo

Told = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """As `c-todo-row` draws it; without a page to go to it is told and not linked."""

    icon: str
    title: str
    text: str
    sub: str = ""
    when: str = ""
    url: str = ""
    do: str = ""


def row(one: Todo, today: dt.date) -> Row:
    told = {"n": num(one.count), "place": one.place, "month": month_name(one.key), "day": short_day(one.since)}
    return HOW[one.kind](one, told, _since(one, today))


def _since(one: Todo, today: dt.date) -> str:
    return (
        _("%(day)s 起，已 %(n)d 天") % {"day": short_day(one.since), "n": (today - one.since).days} if one.since else ""
    )


def _deputy(one: Todo, told: Told, since: str) -> Row:
    return Row("swap", _("代理"), _("您今天代理%(place)s的职务") % told, url=address("deputies"), do=_("看代理"))


def _audit(one: Todo, told: Told, since: str) -> Row:
    text = _("%(place)s %(n)s 个预报等人审核") % told
    url = to("readings", plant=one.plant, unit=one.key, state="forecast")
    return Row("audited", _("审核读数"), text, since, url=url, do=_("去审核"))


def _audit_more(one: Todo, told: Told, since: str) -> Row:
    text = _("另有 %(places)s 个单位 %(n)s 个预报") % {**told, "places": one.key}
    return Row("audited", _("审核读数"), text, url=to("readings", state="forecast"), do=_("去审核"))


def _missing(one: Todo, told: Told, since: str) -> Row:
    text = _("%(day)s %(place)s 缺 %(n)s 个数") % told
    url = to("board", plant=one.plant, unit=one.key, grain="day", period=str(one.since))
    return Row("missing", _("补录读数"), text, _("缺数不当零，指标先标缺数"), url=url, do=_("看缺哪些"))


def _import(one: Todo, told: Told, since: str) -> Row:
    return Row("import", _("确认导入"), one.place, since, url=address("import", one.key), do=_("看试读"))


def _assess(one: Todo, told: Told, since: str) -> Row:
    return Row("sheet", _("计分"), _("%(month)s还没有计分") % told, url=to("sheet", month=one.key), do=_("去计分"))


def _moved(one: Todo, told: Told, since: str) -> Row:
    text = _("%(month)s的数据在上次计分以后有改动") % told
    return Row("loop", _("重新计分"), text, _("上次计分 %(day)s") % told, url=to("sheet", month=one.key), do=_("去看"))


def _review(one: Todo, told: Told, since: str) -> Row:
    text = _("%(month)s有 %(n)s 格还没有人评") % told
    return Row("person", _("待评"), text, url=to("sheet", month=one.key, category="open"), do=_("看待评"))


def _sign(one: Todo, told: Told, since: str) -> Row:
    text = _("%(month)s有 %(n)s 项导入的分等第二人签认") % told
    return Row("edit", _("签认"), text, url=to("sheet_figures", month=one.key), do=_("去签认"))


def _scores(one: Todo, told: Told, since: str) -> Row:
    text = _("导入的往期分、行政绩效 %(n)s 个等第二人认可") % told
    return Row("edit", _("认可"), text, url=address("scores_waiting"), do=_("去认可"))


def _stop(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 项计划停产等第二人批准") % told
    return Row("calendar", _("批准停产"), text, _("最早的从 %(day)s 停起") % told, url=address("stops"), do=_("去批准"))


def _veto(one: Todo, told: Told, since: str) -> Row:
    return Row("alarm", _("一票否决"), _("%(n)s 条等人批准") % told, url=address("sheet_vetoes"), do=_("去看"))


def _veto_asked(one: Todo, told: Told, since: str) -> Row:
    text = _("%(month)s有 %(n)s 件事实可能构成一票否决，请核实后决定提不提") % told
    return Row("alarm", _("一票否决"), text, url=to("sheet_vetoes", month=one.key), do=_("去核实"))


def _revalue(one: Todo, told: Told, since: str) -> Row:
    text = _("%(month)s关账以后记录又有改动，重新计分会生成一次调整") % told
    return Row("loop", _("关账后有改动"), text, url=to("sheet", month=one.key), do=_("去重算"))


def _close(one: Todo, told: Told, since: str) -> Row:
    return Row(
        "lock",
        _("关账"),
        _("%(month)s已提请关账，等第二人") % told,
        since,
        url=to("closing", month=one.key),
        do=_("去看"),
    )


def _adjustment(one: Todo, told: Told, since: str) -> Row:
    text = _("%(month)s有一次关账后调整等人复核") % told
    return Row("scale", _("复核调整"), text, since, url=to("closing", month=one.key), do=_("去复核"))


def _ruling(one: Todo, told: Told, since: str) -> Row:
    text = _("%(month)s有 %(n)s 条申诉改判等第二人签认") % told
    return Row("scale", _("签认改判"), text, url=to("closing", month=one.key), do=_("去签认"))


def _link_scheme(one: Todo, told: Told, since: str) -> Row:
    text = _("联动办法 %(place)s 等第二人批准") % told
    return Row("equal", _("批准联动办法"), text, since, url=address("linkage_schemes"), do=_("去看"))


def _quota(one: Todo, told: Told, since: str) -> Row:
    text = _("%(year)s 年度的优秀名额等委员会决定或等第二人确认") % {"year": one.key}
    url = address("year_quota", one.key, one.place)
    return Row("person", _("优秀名额"), text, url=url, do=_("看名单"))


def _year(one: Todo, told: Told, since: str) -> Row:
    year = {"year": one.key}
    over, kept = _("%(year)s 年度考核公示、申诉已满，等公布"), _("%(year)s 年度考核已公布，等归档")
    text = (kept if one.place == "published" else over) % year
    return Row("calendar", _("年度考核"), text, url=to("year", year=one.key), do=_("去看"))


def _assay(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 张化验单等另一人核对") % told
    return Row("audited", _("核对化验单"), text, since, url=to("assays", state="entered"), do=_("去核对"))


def _flow(one: Todo, told: Told, since: str) -> Row:
    text = _("%(month)s还有 %(n)s 个上道工序没有评") % told
    last = _("%(day)s 以前可以评") % {"day": short_day(one.due)}
    url = to("flows", plant=one.plant, month=one.key)
    return Row("link", _("评上道工序"), text, last, url=url, do=_("去评"))


def _findings(one: Todo, told: Told, since: str) -> Row:
    text = _("组织规则有 %(n)s 条没有做到") % told
    return Row(
        "org", _("组织检查"), text, _("最早的%(since)s") % {"since": since}, url=address("org_findings"), do=_("看清单")
    )


def _mission(one: Todo, told: Told, since: str) -> Row:
    return Row("alarm", _("出动"), _("%(place)s有任务") % told, since, url=address("mission", one.key), do=_("看任务"))


def _mission_verify(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 次出动等队外的人核实") % told
    return Row("audited", _("核实出动"), text, since, url=address("teams"), do=_("去核实"))


def _share(one: Todo, told: Told, since: str) -> Row:
    text = _("我们有 %(n)s 片没有完成") % told
    return Row("calendar", _("季节任务"), text, _("最早的 %(day)s 到期") % told, url=address("seasons"), do=_("报完成"))


def _share_check(one: Todo, told: Told, since: str) -> Row:
    return Row("check", _("检查片区"), _("%(n)s 片干完等检查") % told, since, url=address("seasons"), do=_("去检查"))


def _post_review(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 个示范岗到了复核日") % told
    return Row("shield", _("复核示范岗"), text, since, url=address("model_posts"), do=_("去复核"))


def _help(one: Todo, told: Told, since: str) -> Row:
    return Row("comment", _("问一问"), _("有人问您"), url=address("help"), do=_("去回答"))


def _contact_agree(one: Todo, told: Told, since: str) -> Row:
    return Row("swap", _("横班联系"), _("%(n)s 对等您同意") % told, url=address("contacts"), do=_("去看"))


def _contact_note(one: Todo, told: Told, since: str) -> Row:
    text, sub = _("本周 %(n)s 对还没有记") % told, _("一句话就够；没碰上就写原因")
    return Row("swap", _("横班联系"), text, sub, url=address("contacts"), do=_("去记"))


def _relay_tell(one: Todo, told: Told, since: str) -> Row:
    late = _("其中 %(n)s 份已过期限") % {"n": one.key} if one.key else ""
    text, sub = _("%(n)s 份文件等着传达") % told, late or _("会上传达的会自动记上")
    return Row("comment", _("传达"), text, sub, url=address("relays"), do=_("去看"))


def _relay_reason(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 项没有传达的理由等您认可") % told
    return Row("audited", _("认可理由"), text, url=address("relays"), do=_("去认可"))


def _policy_answer(one: Todo, told: Told, since: str) -> Row:
    return Row("comment", _("政策问答"), _("%(n)s 个问题等答复") % told, url=address("policies"), do=_("去答复"))


def _topic_due(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 个学习专题七天内到期，还没有排到会上") % told
    return Row("calendar", _("学习专题"), text, url=address("study"), do=_("去排"))


def _plan_issue(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 份学习教育计划等审定下达") % told
    return Row("check", _("学习教育计划"), text, url=address("study"), do=_("去审定"))


def _commitment_sign(one: Todo, told: Told, since: str) -> Row:
    return Row("edit", _("责任书、承诺书"), _("%(n)s 份等您签") % told, url=address("commitments"), do=_("去签"))


def _commitment_confirm(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 份等您核对原件") % told
    return Row("audited", _("责任书、承诺书"), text, url=address("commitments"), do=_("去核对"))


def _inspection_due(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 次自查到期或七天内到期") % told
    return Row("calendar", _("专项自查"), text, url=address("inspections"), do=_("去登记"))


def _duty_reason(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 条履责理由等您认可") % told
    return Row("audited", _("责任清单"), text, url=address("seat_duties"), do=_("去认定"))


def _aid_agree(one: Todo, told: Told, since: str) -> Row:
    return Row("person", _("双向帮扶"), _("%(n)s 对等您同意") % told, url=address("aid"), do=_("去看"))


def _gathering_late(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 次会的时间已过，还没有登记") % told
    return Row("calendar", _("会议"), text, _("开会登记，或写明没有召开"), url=address("gatherings"), do=_("去登记"))


def _gathering_omitted(one: Todo, told: Told, since: str) -> Row:
    text = _("%(place)s：%(day)s 那一周没有开攻关小组会") % told
    return Row("calendar", _("每周一次"), text, url=address("gatherings"), do=_("去看"))


def _mark(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 件等您评，看证据、写理由") % told
    return Row("person", _("评审打分"), text, url=address("marks"), do=_("去评"))


def _contribution(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 项贡献申报等产线确认") % told
    return Row("equal", _("确认贡献"), text, since, url=address("contribution", one.key), do=_("去确认"))


def _contribution_review(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 项贡献申报等复核") % told
    return Row("equal", _("复核贡献"), text, since, url=address("contribution", one.key), do=_("去复核"))


def _standard_check(one: Todo, told: Told, since: str) -> Row:
    return Row(
        "audited", _("检查五个一"), _("%(n)s 样等支部以外的人检查") % told, url=address("standards"), do=_("去检查")
    )


def _standard_soon(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 样被退回或一个月内到期") % told
    return Row("shield", _("五个一"), text, url=address("standards"), do=_("去登记"))


def _points(one: Todo, told: Told, since: str) -> Row:
    url = to("me_branch", body=one.key, plant=one.plant)
    return Row("check", _("核实积分"), _("%(n)s 条党员积分等支部核实") % told, since, url=url, do=_("去核实"))


def _poll(one: Todo, told: Told, since: str) -> Row:
    return Row("edit", _("投票"), told["place"], _until(one), url=address("poll", one.key), do=_("去投"))


def _poll_count(one: Todo, told: Told, since: str) -> Row:
    return Row("edit", _("清点纸质票"), told["place"], _until(one), url=address("poll_paper", one.key), do=_("录合计"))


def _poll_confirm(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”的纸质票合计等第二人核对") % told
    return Row("check", _("核对纸质票"), text, _until(one), url=address("poll_paper", one.key), do=_("去核对"))


def _poll_close(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”过了截止日，可以结束") % told
    return Row("lock", _("结束投票"), text, _until(one), url=address("poll", one.key), do=_("去结束"))


def _contest_declare(one: Todo, told: Told, since: str) -> Row:
    text = _("竞赛“%(place)s”等第二人宣布") % told
    return Row("check", _("宣布竞赛"), text, _until(one), url=address("contest", one.key), do=_("去看办法"))


def _contest_appeal(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”有 %(n)s 件申诉没有结论，结果不能定案") % told
    return Row("comment", _("竞赛申诉"), text, url=address("contest", one.key), do=_("去看"))


def _campaign_task(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”有 %(n)s 项任务到期或七天内到期") % told
    return Row("calendar", _("活动任务"), text, _until(one), url=address("campaign", one.key), do=_("报完成"))


def _campaign_check(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”有 %(n)s 项任务办完等检查") % told
    return Row("check", _("检查活动任务"), text, url=address("campaign", one.key), do=_("去检查"))


def _joint_stage(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”有一个共同环节等您这一边确认") % told
    return Row("check", _("八同确认"), text, _until(one), url=address("key_task", one.key), do=_("去确认"))


def _programme_task(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”有 %(n)s 项任务到期或七天内到期") % told
    return Row("calendar", _("专题任务"), text, _until(one), url=address("programme", one.key), do=_("报完成"))


def _programme_check(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”有 %(n)s 项任务办完等检查") % told
    return Row("check", _("检查专题任务"), text, url=address("programme", one.key), do=_("去检查"))


def _goal_judge(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 个目标报了结果，等您核") % told
    return Row("audited", _("核目标结果"), text, url=address("goals"), do=_("去核"))


def _feed_silent(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”很久没有来数") % told
    return Row("missing", _("数据源静默"), text, since, url=address("feed", one.key), do=_("去看"))


def _feed_refused(one: Todo, told: Told, since: str) -> Row:
    text = _("“%(place)s”有 %(n)s 个数没有收，等人决定") % told
    return Row("import", _("未收的数"), text, url=address("feed", one.key), do=_("去处理"))


def _bulletin(one: Todo, told: Told, since: str) -> Row:
    text = _("%(n)s 份隐患统计通报等另一人发布") % told
    return Row("alarm", _("隐患统计通报"), text, since, url=address("bulletins"), do=_("去看"))


def _dues(one: Todo, told: Told, since: str) -> Row:
    """Not who and not how many: somebody may look over his shoulder."""
    return Row("person", _("党费登记"), _("有一件事请您当面了解"), url=address("dues"), do=_("去看"))


def _until(one: Todo) -> str:
    return _("截止 %(day)s") % {"day": short_day(one.due)}


HOW: dict[str, Callable[[Todo, Told, str], Row]] = {
    "deputy": _deputy, "audit": _audit, "audit_more": _audit_more, "missing": _missing, "import": _import,
    "assess": _assess, "moved": _moved, "review": _review, "sign": _sign, "veto": _veto, "findings": _findings,
    "assay": _assay, "flow": _flow, "mission": _mission, "mission_verify": _mission_verify, "share": _share, "share_check": _share_check,
    "post_review": _post_review, "help": _help, "contact_agree": _contact_agree, "contact_note": _contact_note,
    "gathering_late": _gathering_late, "gathering_omitted": _gathering_omitted,
    "relay_tell": _relay_tell, "relay_reason": _relay_reason, "policy_answer": _policy_answer, "topic_due": _topic_due,
    "plan_issue": _plan_issue,
    "commitment_sign": _commitment_sign, "commitment_confirm": _commitment_confirm, "inspection_due": _inspection_due,
    "duty_reason": _duty_reason, "aid_agree": _aid_agree, "bulletin": _bulletin, "dues": _dues,
    "standard_check": _standard_check, "standard_soon": _standard_soon,
    "stop": _stop, "scores": _scores, "veto_asked": _veto_asked,
    "revalue": _revalue, "close": _close, "adjustment": _adjustment, "ruling": _ruling, "mark": _mark,
    "contribution": _contribution, "contribution_review": _contribution_review,
    "link_scheme": _link_scheme, "quota": _quota, "year": _year,
    "contest_declare": _contest_declare, "contest_appeal": _contest_appeal,
    "campaign_task": _campaign_task, "campaign_check": _campaign_check,
    "joint_stage": _joint_stage, "programme_task": _programme_task, "programme_check": _programme_check, "goal_judge": _goal_judge,
    "feed_silent": _feed_silent, "feed_refused": _feed_refused,
    "points": _points, "poll": _poll, "poll_count": _poll_count, "poll_confirm": _poll_confirm, "poll_close": _poll_close,
}  # fmt: skip


def to(name: str, **query: str) -> str:
    found = address(name)
    return f"{found}?{urlencode(query)}" if found else ""
