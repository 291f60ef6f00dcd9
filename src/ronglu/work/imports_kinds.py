"""What a file may hold: one entry a kind. Who may bring it, and which module of the worker reads and writes it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`module` is imported in the worker only and has two functions:

    `check(path, *, imported, progress) -> Report`: everything wrong and what would change; writes nothing.
    `write(path, *, imported, by, at, progress) -> dict[str, int]`: one transaction, the counts of the report again;
    raises `imports.NotReady` with a Report when the file no longer passes.
    `imported` is the store.Import (its plant, options, source); Report and NotReady stand in work/imports.py.
    """

    label: str | Promise
    says: str | Promise
    verb: str
    module: str
    with_source: bool = False
    options: tuple[str, ...] = ()
    """What the person states beside the file, by the names of web/imports/forms.OPTIONS."""
    template: str = ""
    """Name of the address at which an empty workbook to fill in is fetched."""


KINDS: dict[str, Kind] = {
    "readings": Kind(
        label=_("读数"),
        says=_("班报、日报、化验、计量、月末结算：按读取方案读入，先试读，再入库"),
        verb="readings.import",
        module="ronglu.tasks.imports_readings",
        with_source=True,
        options=("month",),
    ),
    "plans": Kind(
        label=_("年月计划"),
        says=_("各产线、车间的指标计划：一行一个指标，全年和十二个月"),
        verb="plans.set",
        module="ronglu.tasks.imports_tables",
        template="template_plans",
    ),
    "plans_day": Kind(
        label=_("日计划"),
        says=_("不按月平分的日子单独下达"),
        verb="plans.set",
        module="ronglu.tasks.imports_tables",
        template="template_plans_day",
    ),
    "stops": Kind(
        label=_("计划停产"),
        says=_("停产申请；由另一人批准后才不摊计划、不计应报"),
        verb="plans.set",
        module="ronglu.tasks.imports_tables",
        template="template_stops",
    ),
    "benchmarks": Kind(
        label=_("标杆"),
        says=_("指标的先进值，写明出处和日期"),
        verb="benchmarks.set",
        module="ronglu.tasks.imports_tables",
        template="template_benchmarks",
    ),
    "costs": Kind(
        label=_("成本"),
        says=_("各单位每月的加工费用等，由另一人审核后进入成本指标"),
        verb="costs.import",
        module="ronglu.tasks.imports_tables",
        template="template_costs",
    ),
    "assays": Kind(
        label=_("化验单"),
        says=_("一批一行、一个元素一列的化验单，按限值表评牌号，由另一人核对"),
        verb="assays.enter",
        module="ronglu.tasks.imports_tables",
        template="template_assays",
    ),
    "goals": Kind(
        label=_("年度目标"),
        says=_("厂、支部、党小组的目标和党员职责：一行一个，按编号挂上级；导出的表改好了可以原样读回"),
        verb="goals.set",
        module="ronglu.tasks.imports_tables",
        template="template_goals",
    ),
    "scores": Kind(
        label=_("往期分与行政绩效"),
        says=_("往期党建分、生产融合分，行政绩效分；由另一人认可后才算数"),
        verb="figures.enter",
        module="ronglu.tasks.imports_tables",
        template="template_scores",
    ),
    "hazards": Kind(
        label=_("隐患台账"),
        says=_("安全管理系统里已有的隐患：一行一条，地点没有责任区的，确认后新建"),
        verb="hazards.import",
        module="ronglu.tasks.imports_tables",
        template="template_hazards",
    ),
    "risks": Kind(
        label=_("风险清单"),
        says=_("作业活动和设备的风险、等级、管控措施和责任岗位：一行一个；导出的表改好了可以原样读回"),
        verb="risks.edit",
        module="ronglu.tasks.imports_tables",
        template="template_risks",
    ),
    "zones": Kind(
        label=_("责任区"),
        says=_("新划的责任区，已有的改名称、上级、面积、任务和责任人；责任区页上导出的表改好了可以原样读回"),
        verb="zones.edit",
        module="ronglu.tasks.imports_tables",
        options=("since",),
        template="template_zones",
    ),
    "roster": Kind(
        label=_("花名册"),
        says=_("人员、单位、职务和组织关系；身份证号等不得保存的列会被拒绝"),
        verb="people.import",
        module="ronglu.tasks.imports_roster",
        options=("on",),
        template="template_roster",
    ),
    "accounts": Kind(
        label=_("账号"),
        says=_("给花名册里的人开账号，首次口令在“账号”页发放"),
        verb="accounts.manage",
        module="ronglu.tasks.imports_tables",
        template="template_accounts",
    ),
    "holidays": Kind(
        label=_("节假日与调休"),
        says=_("一年的放假和调休上班日"),
        verb="calendar.edit",
        module="ronglu.tasks.imports_tables",
        template="template_holidays",
    ),
}


def may_import(scope: Any, plant: Any = None) -> dict[str, Kind]:
    """The kinds that this reader may bring, in the order declared; of one plant those whose verb he holds there."""
    return {code: kind for code, kind in KINDS.items() if scope.may(kind.verb, plant) is None}
