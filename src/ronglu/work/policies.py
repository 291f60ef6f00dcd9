"""政策告知: people hear of a policy before it takes effect, may ask about it, and read the answers (S0-40)."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from ronglu.kernel.gathering.education import Audience
from ronglu.kernel.labour import written
from ronglu.store.models import Account, Body, Document, DocumentKind, Plant, PolicyQuestion
from ronglu.work import documents, relays
from ronglu.work.documents import BadDocument

DAY = dt.timedelta(days=1)


@transaction.atomic
def announce(
    *,
    plant: Plant,
    title: str,
    gist: str,
    effective_on: dt.date,
    bodies: Sequence[Body],
    audience: Audience,
    by: Account,
    at: dt.datetime,
    number: str = "",
    issuer: str = "",
    themes: Iterable[str] = (),
) -> Document:
    """Told today, in force on a later day; every body chosen passes it on before that day."""
    _ahead(effective_on, at.date())
    title, number = written(title, what="标题", longest=160), number.strip()[:60]
    same = Document.objects.filter(plant=plant, kind=DocumentKind.NOTICE, state="valid", title=title, number=number)
    if before := same.filter(effective_on__gt=at.date()).first():
        raise BadDocument(
            f"“{title}”已经告知，{before.effective_on} 施行；同一政策只告知一次，日期要往后的请用“推迟施行”"
        )
    row = Document.objects.create(
        plant=plant, kind=DocumentKind.NOTICE, number=number, title=title,
        issuer=issuer.strip()[:80], issued_on=at.date(), arrived_on=at.date(), effective_on=effective_on,
        gist=written(gist, what="要点：改什么、为什么、对谁有影响"), themes=sorted(set(themes)), by=by, at=at,
    )  # fmt: skip
    documents.note("announce", row, by=by, at=at, effective_on=str(effective_on))
    relays.ask_until(document=row, bodies=bodies, audience=audience, due_on=effective_on - DAY, by=by, at=at)
    return row


@transaction.atomic
def postpone(*, document: Document, effective_on: dt.date, reason: str, by: Account, at: dt.datetime) -> Document:
    """Later, never earlier: nobody finds a policy in force that he was told would come later."""
    _notice(document)
    if document.effective_on is None or at.date() >= document.effective_on:
        raise BadDocument(f"施行日期 {document.effective_on} 已到，不能再推迟；改政策请另发告知")
    if effective_on <= document.effective_on:
        raise BadDocument(f"只能推迟：新的施行日期应在 {document.effective_on} 以后")
    why = written(reason, what="推迟的原因", longest=200)
    open_ones = document.relays.filter(state__in=relays.WAITING)
    Document.objects.filter(pk=document.pk).update(effective_on=effective_on)
    open_ones.update(due_on=effective_on - DAY)
    document.refresh_from_db()
    documents.note("postpone", document, by=by, at=at, effective_on=str(effective_on), reason=why)
    return document


@transaction.atomic
def ask(*, document: Document, question: str, by: Account, at: dt.datetime) -> PolicyQuestion:
    _notice(document)
    row = PolicyQuestion.objects.create(
        document=document, question=written(question, what="问题", longest=300), asked_by=by, asked_at=at
    )
    documents.note("question", document, by=by, at=at)
    return row


@transaction.atomic
def answer(*, question: PolicyQuestion, text: str, by: Account, at: dt.datetime) -> PolicyQuestion:
    """An answer may be put better later; the trail keeps that it was."""
    question.answer, question.answered_by, question.answered_at = written(text, what="答复", longest=600), by, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    documents.note("answer", question.document, by=by, at=at, question=question.pk)
    return question


def _notice(document: Document) -> None:
    documents.holds(document)
    if document.kind != DocumentKind.NOTICE:
        raise BadDocument("这份文件不是政策告知")


def _ahead(effective_on: dt.date, today: dt.date) -> None:
    if effective_on <= today:
        raise BadDocument(f"施行日期应在告知之后：今天 {today} 告知，最早 {today + DAY} 施行")
