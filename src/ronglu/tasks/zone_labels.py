"""Sets the QR labels of zones as a PDF in the worker."""

import datetime as dt
import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ronglu.exchange.labels_pdf import Label, zone_labels
from ronglu.store.models import Job, Zone
from ronglu.tasks.run import Progress
from ronglu.work.queries.places import Places
from ronglu.work.queries.zones import owners_of

FOLDER = "labels"
REPORT = "/r/"
"""Where the page stands that a zone's token opens."""


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: zones (numbers), site (the address people reach the server by), on (whose zone it is that day)."""
    zones = list(Zone.objects.filter(pk__in=job.args["zones"], plant=job.plant).order_by("code"))
    assert job.plant is not None
    owners = owners_of(zones, places=Places(job.plant, dt.date.fromisoformat(job.args["on"])))
    labels = [
        Label(
            title=zone.name,
            sub=" · ".join([zone.code, *(one.name for one in owners.get(zone.pk, []))]),
            url=f"{job.args['site']}{REPORT}{zone.token}/",
        )
        for zone in zones
    ]
    progress(0, len(labels), f"排 {len(labels)} 张标签")
    data = zone_labels(labels, plant=job.plant.name)
    path = f"{FOLDER}/{hashlib.sha256(data).hexdigest()}.pdf"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    progress(len(labels), len(labels), f"{len(labels)} 张标签已排好")
    return {"path": path, "labels": len(labels)}
