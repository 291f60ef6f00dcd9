"""Writes a file that passed its trial reading: read again from what was kept, in one transaction."""

from typing import Any

from ronglu.config.clock import now
from ronglu.store.models import Job
from ronglu.tasks.imports import import_of, module_of, path_of, told
from ronglu.tasks.run import Progress
from ronglu.work import imports


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: import (key); result: the counts of what was written."""
    imported = import_of(job)
    with told(imported):
        counts = module_of(imported).write(
            path_of(imported), imported=imported, by=imported.created_by, at=now(), progress=progress
        )
        imports.written(imported=imported, counts=counts, at=now())
        return dict(counts)
    return {}
