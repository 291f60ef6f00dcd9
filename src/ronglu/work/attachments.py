"""Pictures and papers of a case: kept once under their digest, optional always, six at most."""

import datetime as dt
import hashlib
import os
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Account, Attachment, Case
from ronglu.work import cases_view

FOLDER = "cases"
MOST = 6
TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PICTURES = frozenset({".jpg", ".png"})


@transaction.atomic
def attach(
    *, case: Case, name: str, data: bytes, suffix: str, at: dt.datetime, by: Account | None = None
) -> Attachment:
    """`data` went through the door already (exchange/pictures, exchange/documents); the same file twice is one.

    Without `by` nothing is kept that could tell who took it or when: neither the file's name nor the moment.
    """
    if suffix not in TYPES:
        raise LoopTrouble(f"附件不收“{suffix}”这种文件")
    row = Case.objects.select_for_update().get(pk=case.pk)
    digest = hashlib.sha256(data).hexdigest()
    if found := Attachment.objects.filter(case=row, digest=digest).first():
        return found
    count = Attachment.objects.filter(case=row).count()
    if count >= MOST:
        raise LoopTrouble(f"一件事项最多 {MOST} 个附件，已经有 {count} 个")
    when = at if by is not None else cases_view.workday_moment(at)
    _store(data, digest, suffix, when)
    said = _title(name, suffix) if by is not None else f"附件{count + 1}{suffix}"
    return Attachment.objects.create(
        case=row, name=said, suffix=suffix, size=len(data), digest=digest, at=when, person_id=cases_view.person_of(by)
    )


def one(*, pk: int) -> Attachment | None:
    return Attachment.objects.filter(pk=pk).first()


def content(attachment: Attachment) -> File:
    return default_storage.open(_path(attachment.digest, attachment.suffix))


def type_of(attachment: Attachment) -> str:
    return TYPES[attachment.suffix]


def _store(data: bytes, digest: str, suffix: str, when: dt.datetime) -> None:
    path = _path(digest, suffix)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
        # the file system notes a moment too, for the folder as well
        kept = Path(default_storage.path(path))
        for one in (kept, kept.parent, kept.parent.parent):
            os.utime(one, (when.timestamp(), when.timestamp()))


def _path(digest: str, suffix: str) -> str:
    return f"{FOLDER}/{digest[:2]}/{digest}{suffix}"


def _title(name: str, suffix: str) -> str:
    """The last part of the name that the browser sent, with the suffix that fits the content."""
    stem = Path(name.replace("\\", "/").rpartition("/")[2].replace("\0", "")).stem.strip() or "附件"
    return f"{stem[:100]}{suffix}"
