"""Who may open the pages of accounts, organisation, readings, plans, boards and the sheet: a part of access_table.py."""

import datetime as dt
from typing import Any

from ronglu.store.models import Finding
from tests.cast import ON, Cast
from tests.web.access_rule import BESIDE, Rule
from tests.web.brought import brought, reading, source
from tests.web.scored import MONTH, assess_job, scored


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

# whose March there is to see
NOT_OVER_THE_CONVERTERS = BESIDE | {"郑师傅"}

# who may bring files of other kinds than readings
NOT_OVER_FILES = {"赵安全员", "陈技术员", "马主任", "孙干事", "邻厂书记", "集团", "系统管理员"}

FIGURES: dict[str, Rule] = {
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
    "org_rule_about": Rule("org.see", kwargs=lambda cast: {"rule": "R-LIFE-03"}),
    "org_rule_switch": Rule("org.edit", kwargs=lambda cast: {"rule": "R-LIFE-05"}),
    "org_rule_compare": Rule("org.edit", kwargs=lambda cast: {"rule": "R-LIFE-03"}),
    "org_start": Rule("org.edit"),
    "org_years": Rule("sheet.see"),
    "org_year": Rule("sheet.see", kwargs=lambda cast: {"code": "QL-B1"}, blind=NOT_OVER_THE_CONVERTERS),
    "org_years_xlsx": Rule("sheet.see"),
    "org_year_xlsx": Rule("sheet.see", kwargs=lambda cast: {"code": "QL-B1"}, blind=NOT_OVER_THE_CONVERTERS),
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
    "sheet_word": Rule("sheet.see", kwargs=_month, blind=BESIDE),
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
    "closing": Rule("sheet.see"),
    "closing_propose": Rule("month.close", ok=405),
    "closing_withdraw": Rule("month.close", ok=405, kwargs=lambda cast: {"pk": 1}),
    "closing_close": Rule("month.close", ok=405, kwargs=lambda cast: {"pk": 1}),
    "closing_word": Rule("sheet.see", ok=404),
    "closing_year": Rule("sheet.see", kwargs=_month, blind=BESIDE),
    "seals": Rule("sheet.see"),
    "seals_head": Rule("sheet.see", ok=404),
    "adjustment_approve": Rule("month.close", ok=405, kwargs=lambda cast: {"pk": 1}),
    "adjustment_reject": Rule("month.close", ok=405, kwargs=lambda cast: {"pk": 1}),
    "ruling_enter": Rule("month.close", ok=405),
    "ruling_sign": Rule("month.close", ok=405, kwargs=lambda cast: {"pk": 1}),
    "ruling_withdraw": Rule("month.close", ok=405, kwargs=lambda cast: {"pk": 1}),
    "sheet_rules": Rule("rules.see"),
    "sheet_publish": Rule("sheet.edit"),
    "sheet_branch": Rule("sheet.see", kwargs=_cell, blind=NOT_OVER_THE_CONVERTERS),
    "sheet_branch_word": Rule("sheet.see", kwargs=_cell, blind=NOT_OVER_THE_CONVERTERS),
    # A1 reads no indicator: the address is there, this figure is not
    "sheet_readings": Rule(
        "sheet.see", ok=404, kwargs=lambda cast: _cell(cast, item="A1"), blind=NOT_OVER_THE_CONVERTERS
    ),
    "sheet_item": Rule("sheet.see", kwargs=lambda cast: _cell(cast, item="A1"), blind=NOT_OVER_THE_CONVERTERS),
    "home": Rule("home.see"),
    "board": Rule("boards.see"),
    "board_export": Rule("boards.see"),
    "indicator": Rule("boards.see", kwargs=lambda cast: {"code": "SM-01"}),
    "indicator_export": Rule("boards.see", kwargs=lambda cast: {"code": "SM-01"}),
    "indicator_years": Rule("boards.see", kwargs=lambda cast: {"code": "SM-01"}),
    "search": Rule("search"),
    "feedback": Rule("feedback.write"),
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
