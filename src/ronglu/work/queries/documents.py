"""The library as lists and pages read it: which documents, which version holds on a day, what was asked about a policy."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ronglu.store.models import Document, DocumentVersion, Plant, PolicyQuestion
from ronglu.work.scope import Scope

SEE, KEEP = "documents.see", "documents.keep"


@dataclass(frozen=True, slots=True)
class Wanted:
    kind: str = ""
    theme: str = ""
    state: str = "valid"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """`until_on`: the day the next one begins; `holds`: in force on the day asked for."""

    row: DocumentVersion
    until_on: dt.date | None
    holds: bool


def listed(*, plant: Plant, wanted: Wanted) -> QuerySet[Document]:
    rows = Document.objects.filter(plant=plant)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.words:
        rows = rows.filter(Q(title__icontains=wanted.words) | Q(number__icontains=wanted.words))
    if wanted.theme:
        # a list in a JSON column: read once, the same on both databases
        tagged = [pk for pk, themes in rows.values_list("pk", "themes") if wanted.theme in themes]
        rows = rows.filter(pk__in=tagged)
    return rows.annotate(revisions=Count("versions")).order_by("-issued_on", "-id")


def document_of(*, scope: Scope, pk: int) -> Document | None:
    rows = Document.objects.select_related("plant", "by__person")
    return rows.filter(pk=pk, plant__in=scope.plants(SEE)).first()


def versions(*, document: Document, on: dt.date) -> list[Version]:
    """The newest first, each with the day on which the next one took its place."""
    rows = list(document.versions.select_related("by__person").order_by("from_on", "id"))
    ends = [*(one.from_on for one in rows[1:]), None]
    valid = document.state == "valid"
    return [
        Version(one, until, valid and one.from_on <= on and (until is None or on < until))
        for one, until in reversed(list(zip(rows, ends, strict=False)))
    ]


def questions(*, document: Document) -> list[PolicyQuestion]:
    return list(document.questions.order_by("asked_at", "pk"))


def question_of(*, scope: Scope, pk: int) -> PolicyQuestion | None:
    rows = PolicyQuestion.objects.select_related("document__plant")
    return rows.filter(pk=pk, document__plant__in=scope.plants(SEE)).first()


def unanswered(documents: Iterable[Document]) -> dict[int, int]:
    rows = PolicyQuestion.objects.filter(document__in=list(documents), answer="")
    return dict(rows.values_list("document").annotate(n=Count("pk")))


def waiting(scope: Scope) -> int:
    """Questions without an answer, for whoever keeps the library."""
    reach = scope.reach(KEEP)
    rows = PolicyQuestion.objects.filter(document__plant__in=reach.plants, document__state="valid", answer="")
    return rows.count()
