"""The auditor's page: who did what to which, when, with which result; narrowed by person, noun, plant and day."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.access import asked, page, scope_of_request
from ronglu.work import audits

if TYPE_CHECKING:
    from ronglu.store.models import AuditEntry

SIZE = 50

# the first half of every verb that is written down
NOUNS: dict[str, str | Promise] = {
    "accounts": gettext_lazy("账号"),
    "permissions": gettext_lazy("权限"),
    "audit": gettext_lazy("审计"),
    "tokens": gettext_lazy("接口令牌"),
    "deputies": gettext_lazy("代理"),
    "feedback": gettext_lazy("意见与投诉"),
    "bodies": gettext_lazy("党组织"),
    "party_budgets": gettext_lazy("工作经费"),
    "halts": gettext_lazy("停机记录"),
    "handovers": gettext_lazy("交接班"),
    "units": gettext_lazy("生产单位"),
    "mappings": gettext_lazy("对应关系"),
    "people": gettext_lazy("人员"),
    "membership": gettext_lazy("党员类别"),
    "scores_of_persons": gettext_lazy("个人积分"),
    "findings": gettext_lazy("检查发现"),
    "rosters": gettext_lazy("花名册、轮班"),
    "calendars": gettext_lazy("日历"),
    "holidays": gettext_lazy("节假日"),
    "briefs": gettext_lazy("生产简报"),
    "effects": gettext_lazy("成效判断"),
    "channels": gettext_lazy("测点"),
    "ways": gettext_lazy("通知渠道"),
    "sources": gettext_lazy("读取方案"),
    "feeds": gettext_lazy("数据源"),
    "imports": gettext_lazy("导入"),
    "readings": gettext_lazy("读数"),
    "assays": gettext_lazy("化验单"),
    "plans": gettext_lazy("计划"),
    "stops": gettext_lazy("计划停产"),
    "benchmarks": gettext_lazy("标杆"),
    "scores": gettext_lazy("往期得分"),
    "figures": gettext_lazy("导入项分"),
    "vetoes": gettext_lazy("一票否决"),
    "sheet": gettext_lazy("考核表"),
    "drafts": gettext_lazy("考核表草案"),
    "month": gettext_lazy("关账"),
    "adjustments": gettext_lazy("关账后调整"),
    "rulings": gettext_lazy("申诉改判"),
    "marks": gettext_lazy("评审"),
    "reviews": gettext_lazy("考核周期"),
    "linkage": gettext_lazy("联动"),
    "coefficients": gettext_lazy("联动系数"),
    "years": gettext_lazy("年度考核"),
    "quotas": gettext_lazy("优秀名额"),
    "burden": gettext_lazy("填报预算"),
    "points": gettext_lazy("积分"),
    "lifts": gettext_lazy("双提升"),
    "standards": gettext_lazy("五个一"),
    "commitments": gettext_lazy("责任书、承诺书"),
    "quarter_points": gettext_lazy("五抓五促"),
    "inspections": gettext_lazy("专项自查"),
    "seat_duties": gettext_lazy("责任清单"),
    "wording": gettext_lazy("词表名称"),
    "aid": gettext_lazy("双向帮扶"),
    "talks": gettext_lazy("谈话"),
    "serving": gettext_lazy("三联系三服务"),
    "teams": gettext_lazy("队伍"),
    "missions": gettext_lazy("出动"),
    "contests": gettext_lazy("竞赛"),
    "venues": gettext_lazy("场地"),
    "meetings": gettext_lazy("排会"),
    "gatherings": gettext_lazy("会议"),
    "guides": gettext_lazy("标准指导书"),
    "contacts": gettext_lazy("横班联系"),
    "showcases": gettext_lazy("晒业绩"),
    "campaigns": gettext_lazy("活动"),
    "duties": gettext_lazy("身兼职责"),
    "model_posts": gettext_lazy("示范岗"),
    "studios": gettext_lazy("创新工作室"),
    "seasons": gettext_lazy("季节任务"),
    "activities": gettext_lazy("义务劳动"),
    "achievements": gettext_lazy("成果"),
    "documents": gettext_lazy("文件"),
    "relays": gettext_lazy("传达"),
    "study": gettext_lazy("学习教育"),
    "trainings": gettext_lazy("集中培训"),
    "contributions": gettext_lazy("贡献说明"),
    "polls": gettext_lazy("测评与投票"),
    "zones": gettext_lazy("责任区"),
    "flows": gettext_lazy("工序衔接"),
    "rounds": gettext_lazy("巡查"),
    "events": gettext_lazy("安全事件"),
    "hazards": gettext_lazy("隐患台账"),
    "bulletins": gettext_lazy("隐患统计通报"),
    "risks": gettext_lazy("风险清单"),
    "dues": gettext_lazy("党费登记"),
    "aways": gettext_lazy("不在岗"),
    "themes": gettext_lazy("计划主题"),
    "goals": gettext_lazy("年度目标"),
    "key_tasks": gettext_lazy("重点任务"),
    "programmes": gettext_lazy("专题与行动"),
    "platforms": gettext_lazy("党建平台"),
}
OUTCOMES = {"ok": gettext_lazy("成"), "refused": gettext_lazy("拒绝")}


@page(verb="audit.read")
def audit(request: HttpRequest) -> HttpResponse:
    wanted = audits.Wanted(
        noun=asked(request, "noun"),
        verb=asked(request, "verb"),
        account=asked(request, "account"),
        plant=asked(request, "plant"),
        outcome=asked(request, "outcome"),
        since=_day(asked(request, "since")),
        until=_day(asked(request, "until")),
    )
    found = Paginator(audits.entries(wanted), SIZE).get_page(request.GET.get("page"))
    plants = scope_of_request(request).plants("audit.read").order_by("position", "code")
    context = {
        "page": found,
        "rows": [(entry, noun_of(entry)) for entry in found],
        "wanted": wanted,
        "nouns": [("", _("全部")), *NOUNS.items()],
        "outcomes": [("", _("全部")), *OUTCOMES.items()],
        "all_plants": [("", _("全部")), *((one.code, one.name) for one in plants)],
    }
    return render(request, "account/audit.html", context)


def noun_of(entry: "AuditEntry") -> str:
    """What the deed was about, in words; the deed itself stays the word of the code, which never changes."""
    noun = entry.verb.partition(".")[0]
    return str(NOUNS.get(noun, noun))


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
