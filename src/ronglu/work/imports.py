"""A file on its way in: uploaded, read on trial, confirmed, written. Whatever the end, its report stays."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ronglu.store.models import STANDING, Account, Import, ImportState, Job, Plant, Reading, Source
from ronglu.work import audits, jobs
from ronglu.work.imports_kinds import KINDS, may_import
from ronglu.work.scope import Scope

LISTED = 2000  # problems that the report keeps one by one; the error workbook has them all
RESTING = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.REFUSED, ImportState.FAILED, ImportState.CANCELLED)
AT_WORK = (ImportState.READING, ImportState.WRITING)


class ImportTrouble(ValueError):
    """这个导入不能这样办。"""


@dataclass(frozen=True, slots=True)
class Report:
    """What a trial reading found. `problems` as exchange.problems.Problem.as_dict, worst first.

    `counts` has new, changed and unchanged; `lines` is what the file holds, one row a unit and series (or whatever the
    kind shows): label, given, first, last, total. `frozen`: changes in months that are locked, which need a reason.
    `figures` are cumulated, last year's and planned numbers of a form, against which the next form is checked.
    """

    counts: Mapping[str, int]
    problems: Sequence[Mapping[str, Any]] = ()
    lines: Sequence[Mapping[str, Any]] = ()
    sheets: Sequence[str] = ()
    frozen: int = 0
    figures: Sequence[Mapping[str, Any]] = ()

    @property
    def errors(self) -> int:
        return sum(1 for p in self.problems if p["severity"] == "error")

    @property
    def questions(self) -> int:
        return sum(1 for p in self.problems if p["severity"] == "question")

    @property
    def ready(self) -> bool:
        return not self.errors and not self.questions

    def as_data(self) -> dict[str, Any]:
        found = asdict(self) | {"errors": self.errors, "questions": self.questions, "found": len(self.problems)}
        return found | {"problems": [dict(p) for p in self.problems[:LISTED]], "ready": self.ready}


class NotReady(ImportTrouble):
    """Since the trial reading something has changed: what it found is in `report`."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("再读一遍时发现了新的问题，什么也没有写入。请看报告")


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file as it is kept: `path` below the data folder, `digest` of the bytes that came."""

    name: str
    digest: str
    size: int
    path: str


@transaction.atomic
def upload(
    *,
    plant: Plant,
    kind: str,
    file: File,
    by: Account,
    at: dt.datetime,
    source: Source | None = None,
    options: Mapping[str, Any] | None = None,
) -> Import:
    if kind not in KINDS:
        raise ImportTrouble(f"没有“{kind}”这种导入")
    if source is not None and source.plant_id != plant.pk:
        raise ImportTrouble("这个来源属于另一个厂")
    made = Import.objects.create(
        plant=plant, source=source, kind=kind, file_name=file.name[-200:], digest=file.digest, size=file.size,
        path=file.path, options=dict(options or {}), created_by=by, created_at=at,
    )  # fmt: skip
    detail = {"kind": kind, "digest": file.digest, "import": made.pk}
    audits.record(verb="imports.upload", by=by, at=at, subject=made.file_name, detail=detail, plant=plant)
    return made


@transaction.atomic
def check(
    *,
    imported: Import,
    by: Account,
    at: dt.datetime,
    source: Source | None = None,
    options: Mapping[str, Any] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Job:
    """Asks for a trial reading, the first one or another with a source, options or answers to questions added."""
    row = _mine(imported, by)
    if row.state not in RESTING:
        raise ImportTrouble(f"“{row.file_name}”{row.get_state_display()}，不能再试读")
    row.source = source or row.source
    if KINDS[row.kind].with_source and row.source is None:
        raise ImportTrouble("还没有说怎么读：先指明每一列是什么，或选一个来源")
    row.options |= dict(options or {})
    row.options["answers"] = row.options.get("answers", {}) | dict(answers or {})
    if row.source is not None:
        row.options |= {"profile": row.source.profile, "profile_version": row.source.version}
    return _send(row, "import.check", f"试读 {row.file_name}", ImportState.READING, by, at)


@transaction.atomic
def confirm(*, imported: Import, by: Account, at: dt.datetime, reason: str = "") -> Job:
    """Asks for the writing of what the trial reading found ready. A change in a locked month needs a reason."""
    row = _mine(imported, by)
    if row.state != ImportState.CHECKED or not row.report.get("ready"):
        raise ImportTrouble("还有没有解决的错误或待定项，先改好再入库")
    if row.report.get("frozen") and not reason.strip():
        raise ImportTrouble(f"有 {row.report['frozen']} 个读数在已锁定的月份，请写明更正原因")
    row.options["reason"] = reason.strip()[:200]
    return _send(row, "import.write", f"写入 {row.file_name}", ImportState.WRITING, by, at)


def cancel(*, imported: Import, by: Account, at: dt.datetime) -> None:
    """Gives an import up; while it is being read or written the worker is asked to stop. What is written stays."""
    job = job_of(imported)
    if imported.state in AT_WORK and imported.created_by_id == by.pk and job is not None and job.state == "running":
        jobs.cancel(job=job, by=by)  # it stops at its next step and says so itself
        return
    _give_up(imported, by, at)


@transaction.atomic
def _give_up(imported: Import, by: Account, at: dt.datetime) -> None:
    row = _mine(imported, by)
    if row.state == ImportState.DONE:
        raise ImportTrouble("已经入库，不能取消；要改请更正，或导入改好的文件")
    job = job_of(row)
    if row.state in AT_WORK and job is not None and job.state in jobs.UNDER_WAY:
        jobs.cancel(job=job, by=by)
        if not Job.objects.filter(pk=job.pk, state="cancelled").exists():
            return  # it began in the meantime
    ended(imported=row, state=ImportState.CANCELLED, at=at)


@transaction.atomic
def checked(*, imported: Import, report: Report, at: dt.datetime) -> None:
    open_ = {"errors": report.errors, "questions": report.questions}
    imported.counts, imported.report = dict(report.counts) | open_, report.as_data()
    ended(imported=imported, state=ImportState.CHECKED, at=at)


@transaction.atomic
def written(*, imported: Import, counts: Mapping[str, int], at: dt.datetime) -> None:
    imported.counts = dict(counts)
    imported.report["written"] = dict(counts)
    ended(imported=imported, state=ImportState.DONE, at=at)


@transaction.atomic
def ended(*, imported: Import, state: ImportState, at: dt.datetime, why: str = "") -> None:
    """`why` tells a refusal or a failure to the person."""
    imported.state, imported.finished_at = state, at
    imported.report["why"] = why
    imported.save(update_fields=["state", "counts", "report", "finished_at"])


def strand(*, at: dt.datetime) -> int:
    """Files whose reading or writing stopped with the program (work/jobs.strand): they may be read again. Says how many."""
    lost = [one for one in Import.objects.filter(state__in=AT_WORK) if _lost(job_of(one))]
    for one in lost:
        ended(
            imported=one,
            state=ImportState.FAILED,
            at=at,
            why="程序在办到一半时停了；请再试读一遍，已入库的会显示为无变化",
        )
    return len(lost)


def _lost(job: Job | None) -> bool:
    return job is None or job.state not in jobs.UNDER_WAY


def job_of(imported: Import) -> Job | None:
    """The work that was last asked for, and how far it is."""
    found = Job.objects.filter(pk=imported.options.get("job")).first()
    return jobs.seen(found) if found else None


def errors_path(imported: Import) -> str:
    """Where the error workbook of an import lies below the data folder."""
    return f"imports/errors-{imported.pk}.xlsx"


def figures_before(imported: Import) -> list[dict[str, Any]]:
    """Figures of the forms of the same source that are in the tables, oldest first: a later form restates an earlier one."""
    done = Import.objects.filter(source=imported.source_id, state=ImportState.DONE).exclude(pk=imported.pk)
    reports = done.order_by("finished_at", "pk").values_list("report", flat=True)
    return [figure for report in reports for figure in report.get("figures", [])]


def reported(*, plant: Plant, series: Collection[str], months: Collection[int]) -> dict[str, set[str]]:
    """Unit → the series of these of which it has a standing figure in one of the months."""
    rows = Reading.objects.filter(
        channel__unit__plant=plant,
        channel__series__in=series,
        month__in=months,
        state__in=STANDING,
        value__isnull=False,
    )
    found: dict[str, set[str]] = {}
    for unit, code in rows.values_list("channel__unit__code", "channel__series").distinct():
        found.setdefault(unit, set()).add(code)
    return found


def listed(scope: Scope) -> "QuerySet[Import]":
    """One's own files, and those of a kind that one may bring for the whole plant: a report shows values and totals."""
    kinds, found = may_import(scope), Q(created_by=scope.account_id)
    for code, kind in kinds.items():
        found |= Q(kind=code, plant__in=scope.units(kind.verb).filter(kind="plant").values("plant"))
    rows = Import.objects.filter(found, plant__in=scope.plants("imports.bring"), kind__in=list(kinds)).defer("report")
    return rows.select_related("plant", "source", "created_by__person")


def _mine(imported: Import, by: Account) -> Import:
    """The row, held. One person brings a file from upload to table: then he is the one who may not audit it."""
    row = Import.objects.select_for_update().get(pk=imported.pk)
    if row.created_by_id != by.pk:
        raise ImportTrouble("这个文件是别人上传的，由上传的人接着办")
    return row


def _send(row: Import, kind: str, label: str, state: ImportState, by: Account, at: dt.datetime) -> Job:
    job = jobs.enqueue(kind=kind, label=label, at=at, by=by, plant=row.plant, args={"import": row.pk})
    row.options["job"] = job.pk
    row.state, row.finished_at = state, None
    row.save()
    return job
