"""Sheets in the making: edited one change at a time, proposed by one, approved by another, published before the month opens."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from ronglu.kernel.rules import edit
from ronglu.kernel.rules.burden import Toll
from ronglu.kernel.rules.cost import Forms
from ronglu.kernel.rules.errors import RulesError, SheetProblem
from ronglu.kernel.rules.examples import build_examples
from ronglu.kernel.rules.linter import RedList, lint, refuse
from ronglu.kernel.rules.load import bonus_of, build, digest, read_item
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, AdminFact, DraftState, Plant, SheetDraft, SheetVersion
from ronglu.store.values import calendar_of
from ronglu.work import audits, hands, sheets

Data = Mapping[str, Any]


class BadDraft(RulesError):
    """草案不能这样办。"""


class Stale(BadDraft):
    """别人刚改过这份草案。"""


@transaction.atomic
def begin(
    *, plant: Plant, shipped: Data, examples: Data, from_month: Period, by: Account, at: dt.datetime, why: str = ""
) -> SheetDraft:
    """A copy of the newest version with its examples, else of the sheet the product ships."""
    Plant.objects.select_for_update().get(pk=plant.pk)  # two drafts begun at once must not take one number
    base = SheetVersion.objects.filter(plant=plant, code=sheets.CODE).order_by("-version").first()
    made = SheetDraft.objects.create(
        plant=plant,
        no=(plant.drafts.aggregate(n=Max("no"))["n"] or 0) + 1,
        base=base,
        declaration=dict(base.declaration if base else shipped),
        examples=_known(base, shipped, examples),
        from_month=from_month.yyyymm,
        document=base.document if base else "",
        why=why.strip(),
        made_by=by,
        made_at=at,
        hands=[by.pk],
    )
    _note("begin", made, by=by, at=at, base=base.version if base else None)
    return made


@transaction.atomic
def put_item(
    *,
    draft: SheetDraft,
    revision: int,
    item: Data,
    red: RedList,
    by: Account,
    at: dt.datetime,
    was: str = "",
    forms: Forms | None = None,
    price: Toll | None = None,
) -> None:
    """Adds an item, or changes the one called `was`. What the linter forbids is not even kept; sums may wait.

    A code that another item once had stays with it: carried scores go by the code. `price` of the new `forms`: above the
    budget something has to be named that they retire, and it is kept in the trail (07 N5).
    """
    code = str(item.get("code", ""))
    changed = edit.put(draft.declaration, item, was=was)
    one = read_item(item, bonus=bonus_of(changed), starts_on=Period.parse(changed["from_month"]).first)
    if refusals := lint(one, red):
        raise SheetProblem(f"考核项“{code} {one.name}”不能入表，", [refusal.text for refusal in refusals])
    if code != was and code in _ever(draft):
        raise BadDraft(f"代号 {code} 以前的版本用过，沿用得分会接错；请换一个没有用过的代号")
    examples = {code if key == was else key: rows for key, rows in draft.examples.items()}
    asked = {code if key == was else key: row for key, row in draft.forms.items()}
    told = {"item": code}
    if forms is not None:
        told |= _weighed(forms, price)
        asked[code] = {"fields": forms.fields, "people": forms.people, "times": forms.times, "replaces": forms.replaces}
    _save(draft, revision, "put", by, at, told=told, declaration=changed, examples=examples, forms=asked)


@transaction.atomic
def drop_item(*, draft: SheetDraft, revision: int, code: str, by: Account, at: dt.datetime) -> None:
    """From the draft's month on the item counts no more; months before keep the version they had."""
    _save(
        draft, revision, "drop_item", by, at, told={"item": code}, declaration=edit.drop(draft.declaration, code),
        examples=_without(draft.examples, code), forms=_without(draft.forms, code),
    )  # fmt: skip


@transaction.atomic
def move_points(
    *, draft: SheetDraft, revision: int, source: str, target: str, points: Decimal, by: Account, at: dt.datetime
) -> None:
    changed = edit.move(draft.declaration, source=source, target=target, points=points)
    told = {"source": source, "target": target, "points": str(points)}
    _save(draft, revision, "move", by, at, told=told, declaration=changed)


@transaction.atomic
def put_examples(
    *, draft: SheetDraft, revision: int, code: str, rows: list[Data], by: Account, at: dt.datetime
) -> None:
    """What the office expects of an item; rows that cannot be read are refused, wrong expectations are shown."""
    edit.find(draft.declaration, code)
    if rows:
        build_examples(f"{code} 的例子", {"examples": {code: rows}})
    _save(draft, revision, "examples", by, at, told={"item": code}, examples={**draft.examples, code: rows})


@transaction.atomic
def put_head(
    *,
    draft: SheetDraft,
    revision: int,
    from_month: Period,
    document: str,
    why: str,
    bonus: bool,
    quota_percent: int | None,
    by: Account,
    at: dt.datetime,
) -> None:
    """From when, by which document, and the switches of the whole sheet."""
    data = {**draft.declaration, "quota_percent": quota_percent}
    data["bonus"] = {**data["bonus"], "enabled": bonus}
    _save(
        draft, revision, "head", by, at, told={"from_month": str(from_month)}, declaration=data,
        from_month=from_month.yyyymm, document=document.strip(), why=why.strip(),
    )  # fmt: skip


@transaction.atomic
def propose(*, draft: SheetDraft, revision: int, red: RedList, by: Account, at: dt.datetime) -> None:
    """Everything that publication would ask is asked now; from here on the content stands still."""
    _ready(draft, red, at)
    _move(draft, DraftState.DRAFT, DraftState.PROPOSED, revision=revision, proposed_by=by, proposed_at=at, reason="")
    _note("propose", draft, by=by, at=at, digest=digest(draft.declaration))


@transaction.atomic
def approve(*, draft: SheetDraft, red: RedList, by: Account, at: dt.datetime) -> SheetVersion:
    """A second person, who changed nothing in it, puts it in force; it is checked once more and never changes again."""
    if draft.state != DraftState.PROPOSED:
        raise _stale(draft)
    hands.apart(by, draft.proposed_by, on=at.date(), trouble=BadDraft, own="自己提请的草案要由另一个人批准")
    edited = Account.objects.filter(pk__in=draft.hands)
    own = "您改过这份草案，要由没有改过它的人批准"
    hands.apart(by, *edited, on=at.date(), trouble=BadDraft, own=own)
    _ready(draft, red, at)
    _move(draft, DraftState.PROPOSED, DraftState.PUBLISHED)
    made = sheets.publish(
        plant=draft.plant, declaration=draft.declaration, examples=_used(draft), red=red,
        from_month=Period.from_yyyymm(draft.from_month), by=by, at=at, document=draft.document,
    )  # fmt: skip
    SheetDraft.objects.filter(pk=draft.pk).update(version=made)
    draft.refresh_from_db()
    _note("approve", draft, by=by, at=at, version=made.version)
    return made


@transaction.atomic
def send_back(*, draft: SheetDraft, reason: str, by: Account, at: dt.datetime) -> None:
    """To be worked on again: by who proposed it, or by who was to approve it."""
    _move(draft, DraftState.PROPOSED, DraftState.DRAFT, reason=_reason(reason))
    _note("send_back", draft, by=by, at=at, reason=draft.reason)


@transaction.atomic
def discard(*, draft: SheetDraft, reason: str, by: Account, at: dt.datetime) -> None:
    _move(draft, DraftState.DRAFT, DraftState.DROPPED, reason=_reason(reason))
    _note("discard", draft, by=by, at=at, reason=draft.reason)


@transaction.atomic
def declare_admin(
    *, plant: Plant, fact: str, only: str, scheme: str, label: str, on: dt.date, by: Account, at: dt.datetime
) -> AdminFact:
    """The administrative scheme counts this fact from `on`, of kind `only` where that is named."""
    if not (fact.strip() and scheme.strip() and label.strip()):
        raise BadDraft("请写明事实、行政考核办法的名称和哪一条")
    key = {"fact": fact.strip(), "type": only.strip(), "scheme": scheme.strip(), "label": label.strip()}
    if plant.admin_facts.filter(**key, until_on=None).exists():
        raise BadDraft("这一条已经登记了")
    made = AdminFact.objects.create(plant=plant, from_on=on, **key)
    audits.record(verb="drafts.admin", by=by, at=at, plant=plant, subject=f"{scheme} {label}", detail={"fact": fact})
    return made


@transaction.atomic
def end_admin(*, row: AdminFact, on: dt.date, by: Account, at: dt.datetime) -> None:
    """Counted no more from `on`; a row that would never have held is taken out."""
    if on <= row.from_on:
        AdminFact.objects.filter(pk=row.pk).delete()
    else:
        AdminFact.objects.filter(pk=row.pk, until_on=None).update(until_on=on)
    audits.record(verb="drafts.admin_end", by=by, at=at, plant=row.plant, subject=f"{row.scheme} {row.label}")


def _weighed(forms: Forms, price: Toll | None) -> dict[str, str]:
    """What the trail keeps of a new form's cost; refuses what goes over the budget and retires nothing."""
    if price is None or not forms.boxes:
        return {}
    retires = forms.replaces.strip()
    if price.over and (not retires or retires.startswith("无")):
        raise BadDraft(f"超出填报预算：{price.text}。要加这张表，请写明停掉哪张表或哪件事")
    return {"cost": price.text, "retires": retires}


def _ready(draft: SheetDraft, red: RedList, at: dt.datetime) -> Sheet:
    """What publication asks, and that the period has not opened (D5); raises in words."""
    sheet, month = build(draft.declaration), Period.from_yyyymm(draft.from_month)
    refuse(sheet, red)
    sheets.require_examples(sheet, _used(draft))
    last = SheetVersion.objects.filter(plant=draft.plant, code=draft.code).order_by("-version").first()
    if (last.pk if last else None) != draft.base_id:
        raise BadDraft(f"起草以后又发布了第 {last.version if last else 0} 版；请从新的一版另起草案")
    sheets.require_month(draft.plant, sheet, last, month)
    opens = min(month.first, calendar_of(draft.plant).days_of(month)[0])
    if at.date() >= opens:
        raise BadDraft(f"{month} 已经从 {opens} 开始，规则要在考核期开始前定下；最早从 {month + 1} 起用")
    if not draft.document:
        raise BadDraft("请写明授权文件（经济责任制或考核办法的文号），它印在每一版规则上")
    return sheet


def _used(draft: SheetDraft) -> dict[str, Any]:
    """Examples of the items that are there."""
    codes = {row["code"] for row in draft.declaration["items"]}
    return {code: rows for code, rows in draft.examples.items() if code in codes and rows}


def _known(base: SheetVersion | None, shipped: Data, examples: Data) -> dict[str, Any]:
    """A version's own examples; one from before they were kept takes the shipped ones of items that are still the same."""
    if base is None or base.examples:
        return dict(base.examples if base else examples)
    same = {item["code"] for item in shipped["items"] if item in base.declaration["items"]}
    return {code: rows for code, rows in examples.items() if code in same}


def _ever(draft: SheetDraft) -> set[str]:
    rows = SheetVersion.objects.filter(plant=draft.plant, code=draft.code).values_list("declaration", flat=True)
    return {item["code"] for data in rows for item in data["items"]}


def _save(
    draft: SheetDraft, revision: int, verb: str, by: Account, at: dt.datetime, *, told: Data, **fields: Any
) -> None:
    everybody = draft.hands if by.pk in draft.hands else [*draft.hands, by.pk]
    fresh = SheetDraft.objects.filter(pk=draft.pk, state=DraftState.DRAFT, revision=revision)
    if fresh.update(**fields, revision=revision + 1, hands=everybody, changed_by=by, changed_at=at) != 1:
        raise _stale(draft)
    draft.refresh_from_db()
    _note(verb, draft, by=by, at=at, revision=draft.revision, **told)


def _move(
    draft: SheetDraft, source: DraftState, target: DraftState, *, revision: int | None = None, **fields: Any
) -> None:
    rows = SheetDraft.objects.filter(pk=draft.pk, state=source)
    if revision is not None:
        rows = rows.filter(revision=revision)
    if rows.update(state=target, **fields) != 1:
        raise _stale(draft)
    draft.refresh_from_db()


def _stale(draft: SheetDraft) -> Stale:
    now = SheetDraft.objects.select_related("changed_by__person").get(pk=draft.pk)
    if now.state != DraftState.DRAFT:
        return Stale(f"这份草案{now.get_state_display()}，不能这样办；请重新打开它看一看")
    who = f"{now.changed_by} 在 {now.changed_at:%m-%d %H:%M} " if now.changed_by and now.changed_at else "别人"
    return Stale(f"您打开以后，{who}又改过这份草案；请重新打开再改，免得盖掉别人的改动")


def _reason(text: str) -> str:
    if not text.strip():
        raise BadDraft("请写明理由")
    return text.strip()


def _without(rows: Data, code: str) -> dict[str, Any]:
    return {key: value for key, value in rows.items() if key != code}


def _note(verb: str, draft: SheetDraft, *, by: Account, at: dt.datetime, **detail: object) -> None:
    subject = f"{draft.code} 草案 {draft.no}"
    audits.record(verb=f"drafts.{verb}", by=by, at=at, plant=draft.plant, subject=subject, detail=detail)
