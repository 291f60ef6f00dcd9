"""The chain of seals in the tables: the next link, what a month's link covers, and whether all of it still stands."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db.models import F, QuerySet

from ronglu.kernel.canonical import canonical
from ronglu.kernel.standing.seal import ALGORITHMS, FIRST, SealLink, faults, hasher, seal
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.lines import digest_of, lines
from ronglu.store.models import (
    Adjustment,
    AdjustmentLine,
    AdjustmentTotal,
    AgendaRow,
    Closing,
    Commitment,
    Gathering,
    ItemFigure,
    LiftStand,
    PanelMark,
    Plant,
    QuotaList,
    RelayTelling,
    Resolution,
    Result,
    Ruling,
    Run,
    Seal,
    SeatReport,
    SelfInspection,
    SheetVersion,
    StudyTopic,
    Total,
    VetoMark,
    YearResult,
    YearReview,
)

MONTH, ADJUSTMENT, YEAR = "month", "adjustment", "year"
Rows = Callable[[Closing], QuerySet[Any]]

COVERED: dict[str, Rows] = {
    "run": lambda c: Run.objects.filter(pk=c.run_id),
    "sheet": lambda c: SheetVersion.objects.filter(pk=c.run.sheet_id),
    "results": lambda c: Result.objects.filter(run=c.run_id),
    "totals": lambda c: Total.objects.filter(run=c.run_id),
    "figures": lambda c: ItemFigure.objects.filter(body__plant=c.plant_id, month=c.month),
    "vetoes": lambda c: VetoMark.objects.filter(body__plant=c.plant_id, month=c.month),
    "marks": lambda c: PanelMark.objects.filter(body__plant=c.plant_id, month=c.month, at__lte=c.closed_at),
    "rulings": lambda c: Ruling.objects.filter(body__plant=c.plant_id, month=c.month, entered_at__lte=c.closed_at),
    "stands": lambda c: LiftStand.objects.filter(body__plant=c.plant_id, month=c.month),
    "gatherings": lambda c: _met(c),
    "agenda": lambda c: AgendaRow.objects.filter(gathering__in=_met(c)),
    "resolutions": lambda c: Resolution.objects.filter(gathering__in=_met(c)),
    "tellings": lambda c: _told(c),
    "topics": lambda c: _studied(c),
    "commitments": lambda c: _signed(c),
    "inspections": lambda c: _inspected(c),
    "seat_reports": lambda c: _reported(c),
}
"""The rows that a closed month rests on; another noun that a month's score rests on adds its line here. A seal from before
a line was added stands for the tables it names."""

ADJUSTED: dict[str, Callable[[Adjustment], QuerySet[Any]]] = {
    "lines": lambda a: AdjustmentLine.objects.filter(adjustment=a),
    "totals": lambda a: AdjustmentTotal.objects.filter(adjustment=a),
}

OF_YEAR: dict[str, Callable[[YearReview], QuerySet[Any]]] = {
    "year_results": lambda y: YearResult.objects.filter(review=y, number=y.number),
    "year_quotas": lambda y: QuotaList.objects.filter(plant=y.plant_id, year=y.year, subject__startswith="scale:"),
    "year_members": lambda y: QuotaList.objects.filter(plant=y.plant_id, year=y.year).exclude(
        subject__startswith="scale:"
    ),
    "sheet": lambda y: SheetVersion.objects.filter(pk=y.sheet_id),
}
STANDS = {MONTH: "closed", ADJUSTMENT: "approved", YEAR: "archived"}
"""The state that whatever a link of the chain seals must be in."""


def _told(closing: Closing) -> QuerySet[RelayTelling]:
    """What kept a relay: told by its day, written down before the month was closed. A late telling kept nothing."""
    month = Period.from_yyyymm(closing.month)
    due = RelayTelling.objects.filter(relay__document__plant=closing.plant_id, day__lte=F("relay__due_on"))
    return due.filter(relay__due_on__gte=month.first, relay__due_on__lte=month.last, at__lte=closing.closed_at)


def _studied(closing: Closing) -> QuerySet[StudyTopic]:
    """Topics of the month whose meeting had been closed by then."""
    month = Period.from_yyyymm(closing.month)
    due = StudyTopic.objects.filter(plan__plant=closing.plant_id, due_on__gte=month.first, due_on__lte=month.last)
    return due.filter(row__gathering__state="closed", row__gathering__closed_at__lte=closing.closed_at)


def _signed(closing: Closing) -> QuerySet[Commitment]:
    """Papers that count since a day of the quarter that ends with the month; once looked at, none is changed."""
    month = Period.from_yyyymm(closing.month)
    quarter = month.up(Grain.QUARTER)
    there = Commitment.objects.filter(body__plant=closing.plant_id, counts_on__gte=quarter.first)
    return there.filter(counts_on__lte=quarter.last) if quarter.last == month.last else there.none()


def _inspected(closing: Closing) -> QuerySet[SelfInspection]:
    """Self-inspections of the month that were held in time."""
    month = Period.from_yyyymm(closing.month)
    due = SelfInspection.objects.filter(body__plant=closing.plant_id, due_on__gte=month.first, due_on__lte=month.last)
    return due.filter(held_on__lte=F("due_on"))


def _reported(closing: Closing) -> QuerySet[SeatReport]:
    """What was said of duties whose period ends with the month."""
    month = Period.from_yyyymm(closing.month)
    spans = (month.up(grain) for grain in (Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR))
    ended = [str(one) for one in spans if one.last == month.last]
    return SeatReport.objects.filter(duty__plant=closing.plant_id, period__in=ended)


def _met(closing: Closing) -> QuerySet[Gathering]:
    """Meetings of the month that are over: no verb changes one of them, or writes one into a closed month."""
    month = Period.from_yyyymm(closing.month)
    over = Gathering.objects.filter(plant=closing.plant_id, state__in=("closed", "cancelled"))
    return over.filter(starts_at__date__gte=month.first, starts_at__date__lte=month.last)


def of_closing(closing: Closing, *, files: Mapping[str, str], algorithm: str) -> dict[str, Any]:
    """What the seal of a month says: who closed it, every covered row and every archived file."""
    tables = {name: _table(rows(closing), algorithm) for name, rows in COVERED.items()}
    return {"closing": _closing(closing), "tables": tables, "files": dict(files)}


def of_adjustment(adjustment: Adjustment, *, algorithm: str) -> dict[str, Any]:
    tables = {name: _table(rows(adjustment), algorithm) for name, rows in ADJUSTED.items()}
    said = {
        "closing": adjustment.closing_id, "number": adjustment.number, "cause": adjustment.cause, "why": adjustment.why,
        "partitions": adjustment.partitions, "proposed_by": adjustment.proposed_by_id,
        "proposed_at": adjustment.proposed_at.isoformat(), "decided_by": adjustment.decided_by_id,
        "decided_at": adjustment.decided_at.isoformat() if adjustment.decided_at else None,
    }  # fmt: skip
    return {"adjustment": said, "tables": tables}


def of_year(review: YearReview, *, algorithm: str) -> dict[str, Any]:
    """What the seal of a year says: the rules it was computed by, who told and who published it, every result."""
    tables = {name: _table(rows(review), algorithm) for name, rows in OF_YEAR.items()}
    said = {
        "plant": review.plant_id, "year": review.year, "number": review.number, "rules": review.rules,
        "publicised_by": review.publicised_by_id, "publicity_on": str(review.publicity_on),
        "appeals_on": str(review.appeals_on), "published_by": review.published_by_id,
        "published_at": review.published_at.isoformat() if review.published_at else None,
    }  # fmt: skip
    return {"year": said, "tables": tables}


def append(*, plant: Plant, kind: str, month: int, manifest: Mapping[str, Any], algorithm: str) -> Seal:
    """The next link, inside the caller's transaction; the caller holds the plant's row, so no two take one number."""
    last = head(plant)
    number, previous = (last.number + 1, last.digest) if last else (1, FIRST)
    digest = seal(
        number=number, kind=kind, month=month, algorithm=algorithm, manifest=manifest, previous=previous
    )  # fmt: skip
    return Seal.objects.create(
        plant=plant, number=number, kind=kind, month=month, algorithm=algorithm, manifest=dict(manifest), previous=previous,
        digest=digest,
    )  # fmt: skip


def head(plant: Plant) -> Seal | None:
    """The newest link: the digest to keep outside."""
    return Seal.objects.filter(plant=plant).order_by("-number").first()


def verify(*, plant: Plant, archive: Path, known: str = "") -> list[str]:
    """Everything that no longer is as it was sealed, in words; empty when all of it stands.

    `archive` is the folder of the plant's archived months; `known` a digest that was kept outside.
    """
    links = list(Seal.objects.filter(plant=plant).order_by("number"))
    found = faults((_link(one) for one in links), head=known)
    closings = {c.seal_id: c for c in Closing.objects.filter(plant=plant).select_related("run")}
    changes = {a.seal_id: a for a in Adjustment.objects.filter(closing__plant=plant).select_related("closing")}
    years = {y.seal_id: y for y in YearReview.objects.filter(plant=plant)}
    owners: dict[str, dict[int | None, Any]] = {MONTH: closings, ADJUSTMENT: changes, YEAR: years}
    for one in links:
        name = _link(one).name
        owner = owners.get(one.kind, {}).pop(one.pk, None)
        if owner is None or owner.state != STANDS[one.kind]:
            found.append(f"{name}：封存的{one.get_kind_display()}不在了，或被改成了未生效")
        elif one.algorithm not in ALGORITHMS:
            found.append(f"{name}：摘要算法被改成“{one.algorithm}”，内容无从核对")
        elif isinstance(owner, Closing):
            found += _month(name, one, owner, archive / str(one.month))
        elif isinstance(owner, YearReview):
            found += _compare(name, one.manifest, of_year(owner, algorithm=one.algorithm))
        else:
            found += _compare(name, one.manifest, of_adjustment(owner, algorithm=one.algorithm))
    found += [f"{c.month} 已关账，却没有封存" for c in closings.values() if c.state == "closed"]
    found += [
        f"{a.closing.month} 第 {a.number} 次调整已生效，却没有封存" for a in changes.values() if a.state == "approved"
    ]
    found += [f"{y.year} 年度考核已归档，却没有封存" for y in years.values() if y.state == STANDS[YEAR]]
    return found


def file_digest(path: Path, algorithm: str) -> str:
    whole = hasher(algorithm)
    whole.update(path.read_bytes())
    return str(whole.hexdigest())


def _month(name: str, one: Seal, closing: Closing, folder: Path) -> Iterator[str]:
    said = one.manifest.get("files", {})
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} if folder.exists() else set()
    yield from (f"{name}：归档文件 {path} 不在" for path in sorted(set(said) - there))
    yield from (f"{name}：归档目录里多出文件 {path}" for path in sorted(there - set(said)))
    for path in sorted(there & set(said)):
        if file_digest(folder / path, one.algorithm) != said[path]:
            yield f"{name}：归档文件 {path} 被改动"
    yield from _compare(name, one.manifest, of_closing(closing, files=said, algorithm=one.algorithm))


def _compare(name: str, sealed: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for table, said in sealed.get("tables", {}).items():
        if now["tables"].get(table) != said:
            yield f"{name}：{WORDS.get(table, table)}与封存时不符"
    rest = {key: value for key, value in now.items() if key not in ("tables", "files")}
    if canonical({key: sealed.get(key) for key in rest}) != canonical(rest):
        yield f"{name}：经手人、时间或说明与封存时不符"


WORDS = {
    "run": "计分记录", "sheet": "考核表", "results": "各项得分", "totals": "合计", "figures": "导入的项分", "vetoes": "一票否决",
    "rulings": "申诉改判", "marks": "评审评分", "lines": "调整的项",
    "year_results": "年度得分", "year_quotas": "优秀名额", "year_members": "支部里的优秀提名",
    "stands": "党员双提升情况", "gatherings": "会议", "agenda": "会议议程", "resolutions": "会议决议", "tellings": "传达记录",
    "topics": "学习专题", "commitments": "责任书、承诺书", "inspections": "专项自查", "seat_reports": "履责记录",
}  # fmt: skip


def _closing(closing: Closing) -> dict[str, Any]:
    return {
        "plant": closing.plant_id, "month": closing.month, "run": closing.run_id, "proposed_by": closing.proposed_by_id,
        "proposed_at": closing.proposed_at.isoformat(), "closed_by": closing.closed_by_id,
        "closed_at": closing.closed_at.isoformat() if closing.closed_at else None,
    }  # fmt: skip


def _table(rows: QuerySet[Any], algorithm: str) -> dict[str, Any]:
    digest, count = digest_of(lines(rows), hasher(algorithm))
    return {"rows": count, "digest": digest}


def _link(one: Seal) -> SealLink:
    return SealLink(
        number=one.number, kind=one.kind, month=one.month, algorithm=one.algorithm, manifest=one.manifest,
        previous=one.previous, digest=one.digest,
    )  # fmt: skip
