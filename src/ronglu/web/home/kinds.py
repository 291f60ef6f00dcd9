"""What each kind of waiting work says: its words and its page, one entry a kind (work/queries/todo finds them)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ronglu.work.queries.todo import Todo

Words = str | Promise | Callable[[Todo], str | Promise]
"""With holes that rows.row fills: n, place, key, month, day (since when), since, due, until."""
SINCE, UNTIL, PLACE = "%(since)s", "%(until)s", "%(place)s"


@dataclass(frozen=True, slots=True)
class Kind:
    """`page` is the name of an address, `at` what stands in it, `query` what is asked of it: key, plant, place and since
    are the work's own, any other word is meant as it stands."""

    icon: str
    title: str | Promise
    text: Words
    page: str
    do: str | Promise
    sub: Words = ""
    at: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)


MONTH, ONE = {"month": "key"}, ("key",)


def _year(one: Todo) -> str | Promise:
    kept = one.place == "published"
    return _("%(key)s 年度考核已公布，等归档") if kept else _("%(key)s 年度考核公示、申诉已满，等公布")


def _late(one: Todo) -> str | Promise:
    return _("其中 %(key)s 份已过期限") if one.key else _("会上传达的会自动记上")


PRODUCTION = {
    "audit": Kind("audited", _("审核读数"), _("%(place)s %(n)s 个预报等人审核"), "readings", _("去审核"), SINCE, query={"plant": "plant", "unit": "key", "state": "forecast"}),
    "audit_more": Kind("audited", _("审核读数"), _("另有 %(key)s 个单位 %(n)s 个预报"), "readings", _("去审核"), query={"state": "forecast"}),
    "missing": Kind(
        "missing", _("补录读数"), _("%(day)s %(place)s 缺 %(n)s 个数"), "board", _("看缺哪些"), _("缺数不当零，指标先标缺数"),
        query={"plant": "plant", "unit": "key", "grain": "day", "period": "since"},
    ),
    "import": Kind("import", _("确认导入"), PLACE, "import", _("看试读"), SINCE, ONE),
    "stop": Kind("calendar", _("批准停产"), _("%(n)s 项计划停产等第二人批准"), "stops", _("去批准"), _("最早的从 %(day)s 停起")),
    "assay": Kind("audited", _("核对化验单"), _("%(n)s 张化验单等另一人核对"), "assays", _("去核对"), SINCE, query={"state": "entered"}),
    "flow": Kind("link", _("评上道工序"), _("%(month)s还有 %(n)s 个上道工序没有评"), "flows", _("去评"), _("%(due)s 以前可以评"), query={"plant": "plant"} | MONTH),
    "feed_silent": Kind("missing", _("数据源静默"), _("“%(place)s”很久没有来数"), "feed", _("去看"), SINCE, ONE),
    "feed_refused": Kind("import", _("未收的数"), _("“%(place)s”有 %(n)s 个数没有收，等人决定"), "feed", _("去处理"), at=ONE),
    "contest_declare": Kind("check", _("宣布竞赛"), _("竞赛“%(place)s”等第二人宣布"), "contest", _("去看办法"), UNTIL, ONE),
    "contest_appeal": Kind("comment", _("竞赛申诉"), _("“%(place)s”有 %(n)s 件申诉没有结论，结果不能定案"), "contest", _("去看"), at=ONE),
    "campaign_task": Kind("calendar", _("活动任务"), _("“%(place)s”有 %(n)s 项任务到期或七天内到期"), "campaign", _("报完成"), UNTIL, ONE),
    "campaign_check": Kind("check", _("检查活动任务"), _("“%(place)s”有 %(n)s 项任务办完等检查"), "campaign", _("去检查"), at=ONE),
    "contribution": Kind("equal", _("确认贡献"), _("%(n)s 项贡献申报等产线确认"), "contribution", _("去确认"), SINCE, ONE),
    "contribution_review": Kind("equal", _("复核贡献"), _("%(n)s 项贡献申报等复核"), "contribution", _("去复核"), SINCE, ONE),
}  # fmt: skip
ASSESSMENT = {
    "assess": Kind("sheet", _("计分"), _("%(month)s还没有计分"), "sheet", _("去计分"), query=MONTH),
    "moved": Kind("loop", _("重新计分"), _("%(month)s的数据在上次计分以后有改动"), "sheet", _("去看"), _("上次计分 %(day)s"), query=MONTH),
    "review": Kind("person", _("待评"), _("%(month)s有 %(n)s 格还没有人评"), "sheet", _("看待评"), query=MONTH | {"category": "open"}),
    "sign": Kind("edit", _("签认"), _("%(month)s有 %(n)s 项导入的分等第二人签认"), "sheet_figures", _("去签认"), query=MONTH),
    "scores": Kind("edit", _("认可"), _("导入的往期分、行政绩效 %(n)s 个等第二人认可"), "scores_waiting", _("去认可")),
    "veto": Kind("alarm", _("一票否决"), _("%(n)s 条等人批准"), "sheet_vetoes", _("去看")),
    "veto_asked": Kind("alarm", _("一票否决"), _("%(month)s有 %(n)s 件事实可能构成一票否决，请核实后决定提不提"), "sheet_vetoes", _("去核实"), query=MONTH),
    "revalue": Kind("loop", _("关账后有改动"), _("%(month)s关账以后记录又有改动，重新计分会生成一次调整"), "sheet", _("去重算"), query=MONTH),
    "close": Kind("lock", _("关账"), _("%(month)s已提请关账，等第二人"), "closing", _("去看"), SINCE, query=MONTH),
    "adjustment": Kind("scale", _("复核调整"), _("%(month)s有一次关账后调整等人复核"), "closing", _("去复核"), SINCE, query=MONTH),
    "ruling": Kind("scale", _("签认改判"), _("%(month)s有 %(n)s 条申诉改判等第二人签认"), "closing", _("去签认"), query=MONTH),
    "link_scheme": Kind("equal", _("批准联动办法"), _("联动办法 %(place)s 等第二人批准"), "linkage_schemes", _("去看"), SINCE),
    "quota": Kind("person", _("优秀名额"), _("%(key)s 年度的优秀名额等委员会决定或等第二人确认"), "year_quota", _("看名单"), at=("key", "place")),
    "year": Kind("calendar", _("年度考核"), _year, "year", _("去看"), query={"year": "key"}),
    "mark": Kind("person", _("评审打分"), _("%(n)s 件等您评，看证据、写理由"), "marks", _("去评")),
    "points": Kind("check", _("核实积分"), _("%(n)s 条党员积分等支部核实"), "me_branch", _("去核实"), SINCE, query={"body": "key", "plant": "plant"}),
    "standard_check": Kind("audited", _("检查五个一"), _("%(n)s 样等支部以外的人检查"), "standards", _("去检查")),
    "standard_soon": Kind("shield", _("五个一"), _("%(n)s 样被退回或一个月内到期"), "standards", _("去登记")),
}  # fmt: skip
TEAMS = {
    "mission": Kind("alarm", _("出动"), _("%(place)s有任务"), "mission", _("看任务"), SINCE, ONE),
    "mission_verify": Kind("audited", _("核实出动"), _("%(n)s 次出动等队外的人核实"), "teams", _("去核实"), SINCE),
    "share": Kind("calendar", _("季节任务"), _("我们有 %(n)s 片没有完成"), "seasons", _("报完成"), _("最早的 %(day)s 到期")),
    "share_check": Kind("check", _("检查片区"), _("%(n)s 片干完等检查"), "seasons", _("去检查"), SINCE),
    "post_review": Kind("shield", _("复核示范岗"), _("%(n)s 个示范岗到了复核日"), "model_posts", _("去复核"), SINCE),
    "help": Kind("comment", _("问一问"), _("有人问您"), "help", _("去回答")),
    "contact_agree": Kind("swap", _("横班联系"), _("%(n)s 对等您同意"), "contacts", _("去看")),
    "contact_note": Kind("swap", _("横班联系"), _("本周 %(n)s 对还没有记"), "contacts", _("去记"), _("一句话就够；没碰上就写原因")),
    "bulletin": Kind("alarm", _("隐患统计通报"), _("%(n)s 份隐患统计通报等另一人发布"), "bulletins", _("去看"), SINCE),
}  # fmt: skip
ORGANISATION = {
    "deputy": Kind("swap", _("代理"), _("您今天代理%(place)s的职务"), "deputies", _("看代理")),
    "findings": Kind("org", _("组织检查"), _("组织规则有 %(n)s 条没有做到"), "org_findings", _("看清单"), SINCE),
    "gathering_late": Kind("calendar", _("会议"), _("%(n)s 次会的时间已过，还没有登记"), "gatherings", _("去登记"), _("开会登记，或写明没有召开")),
    "gathering_omitted": Kind("calendar", _("每周一次"), _("%(place)s：%(day)s 那一周没有开攻关小组会"), "gatherings", _("去看")),
    "relay_tell": Kind("comment", _("传达"), _("%(n)s 份文件等着传达"), "relays", _("去看"), _late),
    "relay_reason": Kind("audited", _("认可理由"), _("%(n)s 项没有传达的理由等您认可"), "relays", _("去认可")),
    "policy_answer": Kind("comment", _("政策问答"), _("%(n)s 个问题等答复"), "policies", _("去答复")),
    "topic_due": Kind("calendar", _("学习专题"), _("%(n)s 个学习专题七天内到期，还没有排到会上"), "study", _("去排")),
    "plan_issue": Kind("check", _("学习教育计划"), _("%(n)s 份学习教育计划等审定下达"), "study", _("去审定")),
    "commitment_sign": Kind("edit", _("责任书、承诺书"), _("%(n)s 份等您签"), "commitments", _("去签")),
    "commitment_confirm": Kind("audited", _("责任书、承诺书"), _("%(n)s 份等您核对原件"), "commitments", _("去核对")),
    "inspection_due": Kind("calendar", _("专项自查"), _("%(n)s 次自查到期或七天内到期"), "inspections", _("去登记")),
    "duty_reason": Kind("audited", _("责任清单"), _("%(n)s 条履责理由等您认可"), "seat_duties", _("去认定")),
    "aid_agree": Kind("person", _("双向帮扶"), _("%(n)s 对等您同意"), "aid", _("去看")),
    "joint_stage": Kind("check", _("八同确认"), _("“%(place)s”有一个共同环节等您这一边确认"), "key_task", _("去确认"), UNTIL, ONE),
    "programme_task": Kind("calendar", _("专题任务"), _("“%(place)s”有 %(n)s 项任务到期或七天内到期"), "programme", _("报完成"), UNTIL, ONE),
    "programme_check": Kind("check", _("检查专题任务"), _("“%(place)s”有 %(n)s 项任务办完等检查"), "programme", _("去检查"), at=ONE),
    "goal_judge": Kind("audited", _("核目标结果"), _("%(n)s 个目标报了结果，等您核"), "goals", _("去核")),
    # not who and not how many: somebody may look over his shoulder
    "dues": Kind("person", _("党费登记"), _("有一件事请您当面了解"), "dues", _("去看")),
    "poll": Kind("edit", _("投票"), PLACE, "poll", _("去投"), UNTIL, ONE),
    "poll_count": Kind("edit", _("清点纸质票"), PLACE, "poll_paper", _("录合计"), UNTIL, ONE),
    "poll_confirm": Kind("check", _("核对纸质票"), _("“%(place)s”的纸质票合计等第二人核对"), "poll_paper", _("去核对"), UNTIL, ONE),
    "poll_close": Kind("lock", _("结束投票"), _("“%(place)s”过了截止日，可以结束"), "poll", _("去结束"), UNTIL, ONE),
}  # fmt: skip
KINDS: Mapping[str, Kind] = PRODUCTION | ASSESSMENT | TEAMS | ORGANISATION
