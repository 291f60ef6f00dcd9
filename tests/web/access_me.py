"""Who may open a member's own page and what the committee of a branch settles: a part of access_table.py.

A member's own page is everybody's own; entries, plans and figures of 李班长 are for the committee of his branch, and 王书记 alone sits on it.
"""

from typing import Any

from ronglu.config.plant import packs
from ronglu.store.models import Case, LiftMonth, LiftPlan, PointEntry
from ronglu.work import cases, lifts
from tests.cast import AT, Cast
from tests.web.access_rule import STAFF, Rule
from tests.work import membered

# who writes days away for others too: heads of a crew, a group, a branch
LEADING = {"李班长", "何组长", "王书记", "邻厂书记"}

# no committee of theirs, and no group
NOT_HIS = {"邻厂书记"}


def _entry(cast: Cast) -> PointEntry:
    found = PointEntry.objects.first()
    if found is None:
        membered.proposed(cast, membered.record(cast))
        found = PointEntry.objects.get()
    return found


def _waiting(cast: Cast) -> dict[str, Any]:
    PointEntry.objects.filter(pk=_entry(cast).pk).update(state="declared")
    return {"pk": _entry(cast).pk, "deed": "verify"}


def _told(cast: Cast) -> dict[str, Any]:
    PointEntry.objects.filter(pk=_entry(cast).pk).update(state="entered")
    return {"pk": _entry(cast).pk}


def _plan(cast: Cast) -> dict[str, Any]:
    if not LiftPlan.objects.exists():
        lifts.promise(
            person=cast.person["李班长"], year=2026, ability="考过高级工", results="甲班达到计划", mentor=None,
            by=cast.account["李班长"], at=AT,
        )  # fmt: skip
    return {"pk": LiftPlan.objects.get().pk, "deed": "agree"}


def _figure(cast: Cast) -> dict[str, Any]:
    row, _ = LiftMonth.objects.get_or_create(
        person=cast.person["李班长"], month=202603, dimension="skill",
        defaults={"figure_h": 8800, "ground": "考评", "state": "entered", "entered_by": cast.account["何组长"]},
    )  # fmt: skip
    return {"pk": row.pk}


def _flag(cast: Cast) -> dict[str, Any]:
    found = Case.objects.filter(loop="flag_member").first()
    if found is None:
        found = cases.raise_case(
            loop=packs().loops["flag_member"], plant=cast.plant, given={"year": "2026", "seats": "1"}, at=AT,
            by=cast.account["孙干事"], scope=cast.scope("孙干事"), body=cast.body["QL-C"], title="2026 年旗帜党员",
        ).case  # fmt: skip
    return {"pk": found.pk}


SEE, AGREE, VERIFY = "scores_of_persons.see", "lifts.agree", "points.verify"
ME: dict[str, Rule] = {
    "me": Rule(SEE),
    "me_how": Rule(SEE),
    "me_points_xlsx": Rule(SEE),
    "me_branch_xlsx": Rule(VERIFY),
    "me_data": Rule(SEE),
    "me_take": Rule(SEE, kwargs=lambda cast: {"form": "json"}),
    "me_goals": Rule(SEE),
    "me_claim": Rule(SEE),
    "me_away": Rule("aways.enter"),
    "away_another": Rule("aways.enter", blind=STAFF - LEADING),
    "away_withdraw": Rule("aways.enter", ok=405, kwargs=lambda cast: {"pk": 1}),
    "me_object": Rule(SEE, kwargs=_told, blind=STAFF - {"李班长"}),
    "me_branch": Rule(AGREE),
    "me_charge": Rule(VERIFY),
    "me_figure": Rule(AGREE),
    "me_point": Rule(VERIFY, kwargs=_waiting, blind=NOT_HIS),
    "me_verify": Rule(VERIFY, ok=405),
    "me_plan": Rule(AGREE, kwargs=_plan, blind=NOT_HIS),
    "flag_member": Rule("flags.run", kwargs=_flag),
    "flag_deed": Rule("flags.run", kwargs=lambda cast: _flag(cast) | {"deed": "shortlist"}),
    "me_best": Rule("quotas.nominate"),
    "me_best_decide": Rule("quotas.nominate", ok=405),
    "me_best_confirm": Rule("quotas.nominate", ok=405),
    "me_best_back": Rule("quotas.nominate", ok=405),
    "me_sign": Rule(VERIFY, kwargs=_figure, blind=NOT_HIS),
}
