"""What a second person decides about linkage and the year: a scheme, a choice among tied ones, a year to publish or to keep."""

from collections.abc import Iterator

from django.db.models import Q

from ronglu.store.models import LinkScheme, QuotaList, YearReview
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

LISTED = 5


def waiting_years(scope: Scope) -> Iterator[Todo]:
    """Nothing that the reader asked for himself."""
    me = scope.account_id
    if scope.has("linkage.approve"):
        schemes = LinkScheme.objects.filter(plant__in=scope.plants("linkage.approve"), state="proposed")
        for scheme in schemes.exclude(proposed_by=me)[:LISTED]:
            yield Todo("link_scheme", place=scheme.document, since=scheme.proposed_at.date())
    if scope.has("year.decide"):
        lists = QuotaList.objects.filter(plant__in=scope.plants("year.decide"), subject__startswith="scale:")
        for row in lists.filter(Q(state="open") | (Q(state="decided") & ~Q(decided_by=me)))[:LISTED]:
            yield Todo("quota", place=row.subject.removeprefix("scale:"), key=str(row.year))
    if scope.has("year.publish"):
        reviews = YearReview.objects.filter(plant__in=scope.plants("year.publish"))
        over = Q(state="publicity", appeals_on__lt=scope.on) & ~Q(publicised_by=me)
        for review in reviews.filter(over | Q(state="published"))[:LISTED]:
            yield Todo("year", place=review.state, key=str(review.year))
