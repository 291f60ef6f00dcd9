"""The library of documents: entered once, a rule revised version by version, and what no longer holds is marked, not deleted."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import written
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Document, DocumentKind, DocumentVersion, Plant
from ronglu.work import audits


class BadDocument(OrgTrouble):
    """文件不能这样登记。"""


@transaction.atomic
def register(
    *,
    plant: Plant,
    kind: str,
    title: str,
    by: Account,
    at: dt.datetime,
    number: str = "",
    issuer: str = "",
    issued_on: dt.date | None = None,
    arrived_on: dt.date | None = None,
    gist: str = "",
    themes: Iterable[str] = (),
) -> Document:
    """A rule gets its text and its day of effect with its first version (`revise`)."""
    if kind not in DocumentKind.values or kind == DocumentKind.NOTICE:
        raise BadDocument("政策告知请用“发布政策告知”登记，它要写施行日期" if kind else "请选文件类型")
    title, number = written(title, what="标题", longest=160), number.strip()[:60]
    same = Document.objects.filter(plant=plant, kind=kind, title=title, number=number)
    if same.exists():
        raise BadDocument(f"“{title}”{number}已经登记过，同一文件只登记一次")
    for day, what in ((issued_on, "发文日期"), (arrived_on, "到厂日期")):
        if day is not None and day > at.date():
            raise BadDocument(f"{what} {day} 还没有到")
    row = Document.objects.create(
        plant=plant, kind=kind, number=number, title=title, issuer=issuer.strip()[:80], issued_on=issued_on,
        arrived_on=arrived_on, gist=gist.strip(), themes=sorted(set(themes)), by=by, at=at,
    )  # fmt: skip
    note("register", row, by=by, at=at, kind=kind)
    return row


@transaction.atomic
def describe(*, document: Document, gist: str, themes: Iterable[str], by: Account, at: dt.datetime) -> Document:
    """The gist and the tags; number, title and dates are those of the paper. What people were told of a policy that is in
    force is not put otherwise; until then the trail keeps what it was.
    """
    before, document.gist, document.themes = document.gist, gist.strip(), sorted(set(themes))
    told = {} if before == document.gist else {"before": before}
    if told and document.effective_on is not None and document.effective_on <= at.date():
        raise BadDocument(f"这项政策 {document.effective_on} 已施行，要点不再改动；改政策请另发告知")
    document.save(update_fields=["gist", "themes"])
    note("describe", document, by=by, at=at, **told)
    return document


@transaction.atomic
def revise(
    *, document: Document, version: str, from_on: dt.date, revised: str, by: Account, at: dt.datetime, text: str = ""
) -> DocumentVersion:
    """A new version from a day on. The earlier ones stay as they were: what held then can be looked up."""
    if document.kind != DocumentKind.RULE:
        raise BadDocument("只有规章制度分版本；别的文件有变动，请登记新的文件")
    holds(document)
    version = written(version, what="版本", longest=20)
    if document.versions.filter(version=version).exists():
        raise BadDocument(f"版本“{version}”已经有了，请换一个版本号")
    last = document.versions.order_by("from_on", "id").last()
    if last is not None and from_on <= last.from_on:
        raise BadDocument(f"施行日期应在上一版（{last.version}，{last.from_on}）之后")
    row = DocumentVersion.objects.create(
        document=document, version=version, from_on=from_on, text=text.strip(), by=by, at=at,
        revised=written(revised, what="修订内容", longest=400),
    )  # fmt: skip
    note("revise", document, by=by, at=at, version=version, from_on=str(from_on))
    return row


@transaction.atomic
def void(*, document: Document, reason: str, by: Account, at: dt.datetime) -> Document:
    """It stays in the library, with the mark that it does not hold any more."""
    why = written(reason, what="废止的依据", longest=200)
    if not Document.objects.filter(pk=document.pk, state="valid").update(state="void"):
        raise BadDocument("这份文件已经废止")
    document.refresh_from_db()
    note("void", document, by=by, at=at, reason=why)
    return document


def holds(document: Document) -> None:
    if document.state != "valid":
        raise BadDocument(f"“{document.title}”已废止")


def note(verb: str, row: Document, *, by: Account, at: dt.datetime, **detail: Any) -> None:
    audits.record(verb=f"documents.{verb}", by=by, at=at, subject=row.title, plant=row.plant, detail=detail)
