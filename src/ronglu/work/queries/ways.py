"""The ways out of a plant with what came of the last message on each."""

from dataclasses import dataclass

from django.db.models import Max

from ronglu.store.models import Digest, NoticeChannel, Plant
from ronglu.work.queries.places import Places


@dataclass(frozen=True, slots=True)
class Way:
    row: NoticeChannel
    unit: str
    last: Digest | None


def listed(*, plant: Plant, places: Places) -> list[Way]:
    """Four queries, however many there are."""
    rows = list(NoticeChannel.objects.filter(plant=plant).order_by("-state", "label"))
    newest = Digest.objects.filter(channel__in=rows).order_by().values("channel").annotate(last=Max("pk"))
    last = {one.channel_id: one for one in Digest.objects.filter(pk__in=[row["last"] for row in newest])}
    return [Way(row, places.unit_name(row.unit_id) if row.unit_id else "", last.get(row.pk)) for row in rows]


def one(*, plant: Plant, pk: int) -> NoticeChannel | None:
    return NoticeChannel.objects.select_related("plant", "unit").filter(plant=plant, pk=pk).first()
