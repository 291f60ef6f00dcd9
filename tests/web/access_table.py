"""Who may open which address: written by hand from 09 §9.5, never taken from roles.yaml. A new page adds its line here."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ronglu.store.models import Finding
from tests.cast import ON, Cast
from tests.web import labour
from tests.web.brought import brought, reading, source
from tests.web.reported import attached, hazard, label, pact
from tests.web.scored import MONTH, assess_job, scored
from tests.web.zoned import labels_job, plan, round_of, work, zone, zone_item, zone_owner

STAFF = {
    "李班长", "王书记", "何组长", "赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "冯主席", "吴师傅", "郑师傅",
    "高书记", "邻厂书记",
}  # fmt: skip
ADMINISTRATORS = {"系统管理员", "安全管理员", "审计员"}
EVERYBODY = STAFF | ADMINISTRATORS | {"集团"}
MEMBERS = {"李班长", "王书记", "何组长", "马主任", "孙干事", "郑师傅", "高书记", "邻厂书记"}

# verb: who holds it somewhere
WHO: dict[str, set[str]] = {
    "": EVERYBODY | {"外人"},
    "home.see": EVERYBODY,
    "rules.see": EVERYBODY,
    "boards.see": STAFF | {"集团"},
    "readings.see": {"李班长", "王书记", "赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "readings.enter": {"李班长", "周统计员", "陈技术员"},
    "imports.bring": {"赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "邻厂书记", "集团", "系统管理员"},
    "readings.import": {"周统计员"},
    "readings.audit": {"周统计员", "陈技术员"},
    "readings.lock": {"周统计员"},
    "sources.edit": {"周统计员"},
    "plans.set": {"周统计员", "马主任", "邻厂书记"},
    "benchmarks.set": {"周统计员", "陈技术员", "集团"},
    "costs.import": {"周统计员"},
    "sheet.see": MEMBERS | {"周统计员", "陈技术员", "集团"},
    "sheet.assess": {"孙干事"},
    "sheet.edit": {"孙干事"},
    "figures.enter": {"孙干事"},
    "figures.sign": {"孙干事", "高书记"},
    "vetoes.enter": {"孙干事"},
    "vetoes.approve": {"高书记"},
    "month.close": {"孙干事"},
    "org.see": STAFF | {"集团"},
    "org.edit": {"孙干事"},
    "people.see": STAFF,
    "people.import": {"孙干事"},
    "hazards.import": {"赵安全员"},
    "membership.see": STAFF,
    "scores_of_persons.see": STAFF,
    "calendar.edit": {"周统计员", "系统管理员"},
    "channels.edit": {"周统计员", "系统管理员"},
    "modules.edit": {"系统管理员"},
    "ways.edit": {"孙干事", "系统管理员"},
    "deputies.name": STAFF,
    "zones.see": STAFF,
    "zones.edit": {"赵安全员", "马主任", "邻厂书记"},
    "zones.assign": {"赵安全员", "马主任", "王书记", "何组长", "邻厂书记"},
    "rounds.do": STAFF,
    "events.report": STAFF,
    "events.confirm": {"赵安全员"},
    "teams.see": STAFF,
    "teams.edit": {"王书记", "孙干事", "高书记", "邻厂书记"},
    "missions.call": {"李班长", "王书记", "赵安全员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "missions.report": STAFF,
    "missions.verify": {"王书记", "赵安全员", "陈技术员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "seasons.edit": {"王书记", "赵安全员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "shares.do": MEMBERS,
    "shares.check": {"王书记", "赵安全员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "activities.record": {"王书记", "何组长", "孙干事", "邻厂书记"},
    "achievements.see": STAFF,
    "achievements.record": {"王书记", "何组长", "陈技术员", "马主任", "孙干事", "冯主席", "邻厂书记"},
    "achievements.verify": {"王书记", "陈技术员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "help.ask": STAFF,
    "help.answer": MEMBERS,
    "cases.raise": STAFF,
    "cases.see": STAFF,
    "cases.act": MEMBERS | {"赵安全员", "陈技术员", "冯主席"},
    "cases.question": {"王书记", "赵安全员", "马主任", "孙干事", "冯主席", "高书记", "邻厂书记"},
    "kiosk.use": set(),  # an account of the terminal's own: tests/web/test_kiosk.py
    "search": STAFF | {"集团"},
    "feedback.write": EVERYBODY,
    "feedback.answer": {"冯主席", "孙干事"},
    "api.use": {"周统计员", "陈技术员", "孙干事", "集团"},
    "accounts.manage": {"系统管理员"},
    "permissions.manage": {"安全管理员"},
    "audit.read": {"审计员"},
}


@dataclass(frozen=True)
class Rule:
    """`verb` the page asks for; `ok` what a GET answers when allowed (405: only POST); `kwargs` of its address."""

    verb: str = ""
    ok: int = 200
    kwargs: Callable[[Cast], dict[str, Any]] = field(default=lambda cast: {})
    public: bool = False
    token: bool = False
    # who holds the verb somewhere, but not over the one the address names: it does not exist for them
    blind: frozenset[str] | set[str] = frozenset()


def _plan(cast: Cast) -> dict[str, Any]:
    return {"code": "QL-R1", "indicator": "SM-01", "year": 2026}


def _account(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.account["吴师傅"].pk}


def _finding(cast: Cast) -> int:
    found, _ = Finding.objects.get_or_create(
        plant=cast.plant, body=cast.body["QL-B1"], rule="R-ORG-03", subject="body:1", severity="NORM", opened_on=ON
    )
    return found.pk


def _month(cast: Cast) -> dict[str, Any]:
    scored(cast)
    return {}


def _cell(cast: Cast, **more: str) -> dict[str, Any]:
    scored(cast)
    return {"month": MONTH, "body": "QL-B1", **more}


# 李班长 works in the crew of the line: his workshop, his branch, the party office and the plant see him, his mates do not
NOT_OVER_LI = {"赵安全员", "周统计员", "陈技术员", "冯主席", "吴师傅", "郑师傅", "邻厂书记"}

# whose March there is to see; of the plant beside it nothing was scored
BESIDE = {"邻厂书记"}
NOT_OVER_THE_CONVERTERS = BESIDE | {"郑师傅"}

# who may bring files of other kinds than readings
NOT_OVER_FILES = {"赵安全员", "陈技术员", "马主任", "孙干事", "邻厂书记", "集团", "系统管理员"}

# a zone of the converter line: who works on another line or in another plant does not see it; who neither leads there nor
# owns it may look at it and not walk its rounds
NOT_AT_THE_CONVERTERS = {"郑师傅", "冯主席", "邻厂书记"}
NOT_OVER_THE_LINE = {"何组长", "邻厂书记"}  # his group stands on one crew of it
NOT_THROUGH_THE_CONVERTERS = STAFF - {"李班长", "马主任", "赵安全员"}
NOT_THE_WHOLE_PLANT = {"马主任", "邻厂书记"}
NOT_WHO_ASKED = {"马主任", "王书记", "何组长", "邻厂书记"}

# who has neither part in a hazard of the converter line nor anything to do there
NOT_AT_THE_CONVERTER = {"郑师傅", "邻厂书记"}

RULES: dict[str, Rule] = {
    "design": Rule(public=True),
    "login": Rule(public=True, ok=302),  # who is logged in is sent on
    "logout": Rule(public=True, ok=405),
    "set_language": Rule(public=True, ok=405),
    "password": Rule(),
    "tokens": Rule("api.use"),
    "token_revoke": Rule("api.use", ok=405, kwargs=lambda cast: {"pk": 1}),
    "deputies": Rule("deputies.name"),
    "deputy_end": Rule("deputies.name", ok=405, kwargs=lambda cast: {"pk": 1}),
    "accounts": Rule("accounts.manage"),
    "account_reset": Rule("accounts.manage", ok=405, kwargs=_account),
    "account_active": Rule("accounts.manage", ok=405, kwargs=_account),
    "accounts_open": Rule("accounts.manage", ok=405, kwargs=lambda cast: {"plant": "qinglan"}),
    "terminal_new": Rule("accounts.manage"),
    "accounts_issue": Rule("accounts.manage", ok=405, kwargs=lambda cast: {"plant": "qinglan"}),
    "permissions": Rule("permissions.manage"),
    "permission_set": Rule("permissions.manage", ok=405, kwargs=_account),
    "audit": Rule("audit.read"),
    "org": Rule("org.see"),
    "org_posts": Rule("org.see"),
    "org_coverage": Rule("org.see"),
    "org_coverage_xlsx": Rule("org.see"),
    "org_findings": Rule("sheet.see"),
    "org_findings_xlsx": Rule("sheet.see"),
    "org_check": Rule("org.edit", ok=405),
    "org_reason": Rule("org.edit", kwargs=lambda cast: {"pk": _finding(cast)}),
    "org_rules": Rule("org.see"),
    "org_rule": Rule("org.edit", kwargs=lambda cast: {"rule": "R-ORG-14"}),
    "body_new": Rule("org.edit"),
    "unit_new": Rule("org.edit"),
    "body": Rule("org.see", kwargs=lambda cast: {"code": "QL-B1"}, blind={"邻厂书记"}),
    "body_deed": Rule("org.edit", kwargs=lambda cast: {"code": "QL-B1", "deed": "rename"}),
    "unit": Rule("org.see", kwargs=lambda cast: {"code": "QL-R1"}, blind={"邻厂书记"}),
    "unit_deed": Rule("org.edit", kwargs=lambda cast: {"code": "QL-R1", "deed": "rename"}),
    "people": Rule("people.see"),
    "people_xlsx": Rule("people.see"),
    "person_new": Rule("org.edit"),
    "person": Rule("people.see", kwargs=lambda cast: {"staff_no": "20101"}, blind=NOT_OVER_LI),
    "person_deed": Rule("org.edit", kwargs=lambda cast: {"staff_no": "20101", "deed": "transfer"}),
    "post_end": Rule("org.edit", kwargs=lambda cast: {"pk": cast.person["李班长"].posts.first().pk}),
    "sheet": Rule("sheet.see"),
    "sheet_export": Rule("sheet.see", kwargs=_month, blind=BESIDE),
    "sheet_assess": Rule("sheet.assess", ok=405),
    "sheet_runs": Rule("sheet.see"),
    "sheet_job": Rule("sheet.assess", kwargs=lambda cast: {"pk": assess_job(cast).pk}),
    "sheet_job_row": Rule("sheet.assess", kwargs=lambda cast: {"pk": assess_job(cast).pk}),
    "sheet_job_cancel": Rule("sheet.assess", ok=405, kwargs=lambda cast: {"pk": 1}),
    "sheet_figures": Rule("sheet.see"),
    "sheet_figures_sign": Rule("figures.sign", ok=405),
    "sheet_figure_withdraw": Rule("figures.enter", ok=405, kwargs=lambda cast: {"pk": 1}),
    "sheet_vetoes": Rule("sheet.see"),
    "sheet_veto_approve": Rule("vetoes.approve", ok=405, kwargs=lambda cast: {"pk": 1}),
    "sheet_veto_withdraw": Rule("sheet.see", ok=405, kwargs=lambda cast: {"pk": 1}),
    "sheet_rules": Rule("rules.see"),
    "sheet_publish": Rule("sheet.edit"),
    "sheet_branch": Rule("sheet.see", kwargs=_cell, blind=NOT_OVER_THE_CONVERTERS),
    # A1 reads no indicator: the address is there, this figure is not
    "sheet_readings": Rule(
        "sheet.see", ok=404, kwargs=lambda cast: _cell(cast, item="A1"), blind=NOT_OVER_THE_CONVERTERS
    ),
    "sheet_item": Rule("sheet.see", kwargs=lambda cast: _cell(cast, item="A1"), blind=NOT_OVER_THE_CONVERTERS),
    "home": Rule("home.see"),
    "inbox": Rule("home.see"),
    "ways": Rule("ways.edit"),
    "way_new": Rule("ways.edit"),
    "way_settle": Rule("ways.edit", 405, lambda cast: {"pk": 1, "word": "off"}),
    "inbox_others": Rule("home.see"),
    "inbox_bulk": Rule("home.see", kwargs=lambda cast: {"loop": "hazard", "state": "checking"}),
    "board": Rule("boards.see"),
    "board_export": Rule("boards.see"),
    "indicator": Rule("boards.see", kwargs=lambda cast: {"code": "SM-01"}),
    "indicator_export": Rule("boards.see", kwargs=lambda cast: {"code": "SM-01"}),
    "search": Rule("search"),
    "feedback": Rule("feedback.write"),
    "report": Rule(public=True, kwargs=label),
    "report_named": Rule("cases.raise", kwargs=label),
    "report_of": Rule(public=True, kwargs=lambda cast: label(cast) | {"loop": "request"}),
    "claim": Rule(public=True),
    "kiosk": Rule("kiosk.use"),
    "kiosk_pin": Rule("kiosk.use"),
    "kiosk_over": Rule("kiosk.use", ok=405),
    "kiosk_todo": Rule("kiosk.use"),
    "kiosk_zones": Rule("kiosk.use"),
    "kiosk_raise": Rule("kiosk.use", kwargs=lambda cast: {"loop": "hazard"}),
    "kiosk_draft": Rule("kiosk.use", ok=405),
    "pin": Rule(),
    "claim_file": Rule(public=True, ok=404, kwargs=lambda cast: {"signed": "made-up"}),
    "cases": Rule("cases.see"),
    "case_people": Rule("cases.act"),
    "case": Rule("cases.see", kwargs=hazard, blind=NOT_AT_THE_CONVERTER),
    "case_paper": Rule("cases.see", kwargs=hazard, blind=NOT_AT_THE_CONVERTER),
    "case_move": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1, "code": "grade"}),
    "case_line_add": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1, "kind": "measure"}),
    "case_line_act": Rule(
        "cases.see", ok=405, kwargs=lambda cast: {"pk": 1, "kind": "measure", "no": 1, "act": "done"}
    ),
    "case_comment": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1}),
    "cases_loop": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_xlsx": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_board": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "case_new": Rule("cases.raise", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_matrix": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_questions": Rule("cases.question", kwargs=lambda cast: {"loop": "hazard"}),
    "pair": Rule("cases.see", kwargs=pact, blind={"吴师傅", "郑师傅", "邻厂书记"}),
    "cases_ledger": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_ledger_xlsx": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    # paper takes its time: that it is drawn is tested where the ledger is
    "cases_ledger_pdf": Rule("cases.see", ok=404, kwargs=lambda cast: {"loop": "none"}),
    "attachment": Rule("cases.see", kwargs=attached, blind={"郑师傅", "邻厂书记"}),
    "attachment_add": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1}),
    "feedback_answer": Rule("feedback.answer", ok=405, kwargs=lambda cast: {"pk": 1}),
    "template_plans": Rule("plans.set"),
    "template_plans_day": Rule("plans.set"),
    "template_stops": Rule("plans.set"),
    "template_benchmarks": Rule("benchmarks.set"),
    "template_costs": Rule("costs.import"),
    "template_scores": Rule("figures.enter"),
    "template_roster": Rule("people.import"),
    "template_accounts": Rule("accounts.manage"),
    "template_holidays": Rule("calendar.edit"),
    "template_hazards": Rule("hazards.import"),
    "admin": Rule("rules.see"),
    "clock_new": Rule("calendar.edit"),
    "clock_withdraw": Rule("calendar.edit", ok=405, kwargs=lambda cast: {"from_on": dt.date(2026, 1, 1)}),
    "holidays": Rule("rules.see"),
    "holiday_new": Rule("calendar.edit"),
    "holidays_seed": Rule("calendar.edit", ok=405, kwargs=lambda cast: {"year": 2026}),
    "holiday_withdraw": Rule("calendar.edit", ok=405, kwargs=lambda cast: dict.fromkeys(("first", "last"), ON)),
    "rosters": Rule("rules.see"),
    "roster": Rule("rules.see", kwargs=lambda cast: {"code": "QL-R1"}, blind={"邻厂书记"}),
    "roster_deed": Rule("calendar.edit", kwargs=lambda cast: {"code": "QL-R1", "deed": "declare"}),
    "swap_undo": Rule("calendar.edit", ok=405, kwargs=lambda cast: {"pk": 1}),
    "stand_in_undo": Rule("calendar.edit", ok=405, kwargs=lambda cast: {"pk": 1}),
    "channels": Rule("channels.edit"),
    "channel_unit": Rule("channels.edit", kwargs=lambda cast: {"code": "QL-R1"}),
    "channel_open": Rule("channels.edit", kwargs=lambda cast: {"code": "QL-R1"}),
    "channel_deed": Rule("channels.edit", ok=404, kwargs=lambda cast: {"pk": 1, "deed": "close"}),
    "module_assign": Rule("modules.edit", kwargs=lambda cast: {"code": "QL-R1"}),
    "plans": Rule("plans.set"),
    "plan_new": Rule("plans.set", kwargs=lambda cast: {"code": "QL-R1"}, blind={"邻厂书记"}),
    "plan": Rule("plans.set", kwargs=_plan, blind={"邻厂书记"}),
    "plan_set": Rule("plans.set", kwargs=_plan, blind={"邻厂书记"}),
    "plan_split": Rule("plans.set", ok=405, kwargs=_plan),
    "stops": Rule("plans.set"),
    "stop_new": Rule("plans.set", kwargs=lambda cast: {"code": "QL-R1"}, blind={"邻厂书记"}),
    "stop_settle": Rule("plans.set", ok=405, kwargs=lambda cast: {"pk": 1, "word": "approve"}),
    "scores_waiting": Rule("figures.sign"),
    "scores_settle": Rule("figures.sign", ok=405, kwargs=lambda cast: {"pk": 1, "word": "approve"}),
    "teams": Rule("teams.see"),
    "team_new": Rule("teams.edit"),
    "team": Rule("teams.see", kwargs=lambda cast: {"code": labour.team(cast).code}, blind=BESIDE),
    "team_deed": Rule("teams.edit", kwargs=lambda cast: {"code": labour.team(cast).code, "deed": "join"}, blind=BESIDE),
    "team_leave": Rule("teams.edit", kwargs=lambda cast: {"pk": labour.team(cast).members.first().pk}, blind=BESIDE),
    "team_call": Rule("missions.call", kwargs=lambda cast: {"code": labour.team(cast).code}, blind=BESIDE),
    "missions_xlsx": Rule("teams.see"),
    "mission": Rule("teams.see", kwargs=lambda cast: {"pk": labour.mission(cast).pk}, blind=BESIDE),
    "mission_report": Rule(
        "missions.report", kwargs=lambda cast: {"pk": labour.mission(cast).pk, "deed": "report"}, blind=BESIDE
    ),
    "mission_verify": Rule("missions.verify", kwargs=lambda cast: {"pk": labour.mission(cast).pk}, blind=BESIDE),
    "duties": Rule("teams.see"),
    "duty_new": Rule("teams.edit"),
    "duty_relieve": Rule("teams.edit", kwargs=lambda cast: {"pk": labour.duty(cast).pk}, blind=BESIDE),
    "model_posts": Rule("teams.see"),
    "model_post_new": Rule("teams.edit"),
    "model_post_review": Rule(
        "teams.edit", kwargs=lambda cast: {"pk": labour.post(cast).pk, "deed": "keep"}, blind=BESIDE
    ),
    "studios": Rule("teams.see"),
    "studio_new": Rule("teams.edit"),
    "studio_deed": Rule("teams.edit", kwargs=lambda cast: {"pk": labour.studio(cast).pk, "deed": "fill"}, blind=BESIDE),
    "seasons": Rule("teams.see"),
    "season_new": Rule("seasons.edit"),
    "seasons_xlsx": Rule("teams.see"),
    "season_task": Rule("teams.see", kwargs=lambda cast: {"pk": labour.task(cast).pk}, blind=BESIDE),
    # the workshop's ditches: the secretary stands at the line below it, not at the workshop
    "season_deed": Rule(
        "seasons.edit", kwargs=lambda cast: {"pk": labour.task(cast).pk, "deed": "split"}, blind=BESIDE | {"王书记"}
    ),
    "share_done": Rule(
        "shares.do",
        kwargs=lambda cast: {"pk": labour.share(cast).pk},
        blind={"孙干事", "郑师傅", "高书记", "邻厂书记"},
    ),
    "share_check": Rule(
        "shares.check", kwargs=lambda cast: {"pk": labour.share(cast).pk, "deed": "back"}, blind=BESIDE
    ),
    "activities": Rule("teams.see"),
    "activity_new": Rule("activities.record"),
    "activities_xlsx": Rule("teams.see"),
    "activity_withdraw": Rule("activities.record", ok=405, kwargs=lambda cast: {"pk": 1}),
    "achievements": Rule("achievements.see"),
    "achievement_new": Rule("achievements.record"),
    "achievements_xlsx": Rule("achievements.see"),
    "achievement": Rule("achievements.see", kwargs=lambda cast: {"pk": labour.achievement(cast).pk}, blind=BESIDE),
    # 何组长 leads one group of the branch, the outcome is the branch's
    "achievement_correct": Rule(
        "achievements.record", kwargs=lambda cast: {"pk": labour.achievement(cast).pk}, blind=BESIDE | {"何组长"}
    ),
    "achievement_verify": Rule(
        "achievements.verify", kwargs=lambda cast: {"pk": labour.achievement(cast).pk}, blind=BESIDE
    ),
    "help": Rule("help.ask"),
    "help_ask": Rule("help.ask"),
    # to anybody but the one who asks and the one who is asked it does not exist
    "help_answer": Rule(
        "help.ask", kwargs=lambda cast: {"pk": labour.question(cast).pk}, blind=STAFF - {"吴师傅", "李班长"}
    ),
    "help_settle": Rule("help.ask", ok=405, kwargs=lambda cast: {"pk": 1, "word": "yes"}),
    "api_docs": Rule(),
    "api_openapi": Rule(),
    "imports": Rule("imports.bring"),
    "import_new": Rule("imports.bring"),
    "import": Rule("imports.bring", kwargs=brought, blind=NOT_OVER_FILES),
    "import_job": Rule("imports.bring", kwargs=brought, blind=NOT_OVER_FILES),
    "import_check": Rule("imports.bring", ok=405, kwargs=lambda cast: {"pk": 1}),
    "import_confirm": Rule("imports.bring", ok=405, kwargs=lambda cast: {"pk": 1}),
    "import_cancel": Rule("imports.bring", ok=405, kwargs=lambda cast: {"pk": 1}),
    "import_errors": Rule("imports.bring", ok=404, kwargs=brought),
    "import_profile": Rule("sources.edit", ok=404, kwargs=lambda cast: {"pk": 999}),
    "zones": Rule("zones.see"),
    "zones_mine": Rule("zones.see"),
    "zone_new": Rule("zones.edit"),
    "zone": Rule("zones.see", kwargs=zone, blind=NOT_AT_THE_CONVERTERS),
    "zone_assign": Rule("zones.assign", kwargs=zone, blind=NOT_OVER_THE_LINE),
    "zone_deed": Rule("zones.edit", kwargs=lambda cast: zone(cast) | {"deed": "rename"}, blind=BESIDE),
    "zone_owner_end": Rule("zones.assign", kwargs=zone_owner, blind=NOT_OVER_THE_LINE),
    "zone_item_remove": Rule("zones.edit", ok=405, kwargs=zone_item),
    "zone_plans": Rule("zones.see"),
    "zone_plan_new": Rule("zones.edit"),
    "zone_plan": Rule("zones.see", kwargs=plan, blind=NOT_AT_THE_CONVERTERS),
    "zone_plan_picture": Rule("zones.see", kwargs=plan, blind=NOT_AT_THE_CONVERTERS),
    "zone_draw": Rule("zones.edit", kwargs=lambda cast: plan(cast) | {"zone": zone(cast)["pk"]}, blind=BESIDE),
    "zone_erase": Rule("zones.edit", ok=405, kwargs=lambda cast: {"pk": 1, "zone": 1}),
    "zone_rounds": Rule("zones.see"),
    "zone_rounds_plan": Rule("zones.edit", ok=405),
    "zone_round": Rule("rounds.do", kwargs=round_of, blind=NOT_THROUGH_THE_CONVERTERS),
    "zone_round_cancel": Rule("zones.edit", ok=405, kwargs=lambda cast: {"pk": 1}),
    "zone_checklists": Rule("zones.see"),
    "zone_checklist": Rule("zones.edit", kwargs=lambda cast: {"work_class": "safety"}, blind=NOT_THE_WHOLE_PLANT),
    "key_works": Rule("zones.see"),
    "key_work_new": Rule("zones.assign"),
    "key_work_deed": Rule("zones.assign", kwargs=lambda cast: work(cast) | {"deed": "give"}, blind=NOT_OVER_THE_LINE),
    "zone_labels": Rule("zones.assign"),
    "zone_labels_make": Rule("zones.assign", ok=405),
    "zone_labels_job": Rule("zones.assign", kwargs=labels_job, blind=NOT_WHO_ASKED),
    "zone_labels_row": Rule("zones.assign", kwargs=labels_job, blind=NOT_WHO_ASKED),
    "zone_labels_cancel": Rule("zones.assign", ok=405, kwargs=lambda cast: {"pk": 1}),
    # not yet set: the address is there, the file is not
    "zone_labels_file": Rule("zones.assign", ok=404, kwargs=labels_job, blind=NOT_WHO_ASKED),
    "safety_events": Rule("zones.see"),
    "safety_event_new": Rule("events.report"),
    "safety_event_decide": Rule("events.confirm", ok=405, kwargs=lambda cast: {"pk": 1, "word": "confirm"}),
    "sources": Rule("sources.edit"),
    "source_new": Rule("sources.edit"),
    "source": Rule("sources.edit", kwargs=source),
    "source_export": Rule("sources.edit", kwargs=lambda cast: source(cast) | {"form": "yaml"}),
    "readings": Rule("readings.see"),
    "readings_xlsx": Rule("readings.see"),
    "readings_audit": Rule("readings.audit", ok=405),
    "readings_reject": Rule("readings.audit", ok=405),
    "readings_lock": Rule("readings.lock", ok=405),
    "reading": Rule("readings.see", kwargs=reading, blind={"邻厂书记"}),
    "reading_correct": Rule("readings.enter", kwargs=reading),
    "reading_unaudit": Rule("readings.lock", ok=405, kwargs=lambda cast: {"pk": 1}),
}
