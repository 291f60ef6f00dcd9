"""What reading and writing of a file share: where it lies, and how every end of it is told to the import."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.config.clock import now
from ronglu.exchange.problems import Refused
from ronglu.store.models import Import, ImportState, Job
from ronglu.tasks.run import Cancelled
from ronglu.work import imports
from ronglu.work.imports_kinds import KINDS

log = logging.getLogger(__name__)


def import_of(job: Job) -> Import:
    return Import.objects.select_related("plant", "source", "created_by").get(pk=job.args["import"])


def module_of(imported: Import) -> Any:
    return import_module(KINDS[imported.kind].module)


def path_of(imported: Import) -> Path:
    return Path(settings.HOME) / imported.path


@contextmanager
def told(imported: Import) -> Iterator[None]:
    """A refusal, a cancellation or a failure ends the import too, each with its own state; the job sees them as well."""
    try:
        yield
    except Refused as refusal:
        imports.ended(imported=imported, state=ImportState.REFUSED, at=now(), why=refusal.message)
    except imports.NotReady as found:
        imports.checked(imported=imported, report=found.report, at=now())
        raise
    except Cancelled:
        imports.ended(imported=imported, state=ImportState.CANCELLED, at=now())
        raise
    except Exception as error:
        named = isinstance(error, ValueError)
        why = str(error) if named else "程序出错，什么也没有写入；管理员可在日志中查到原因"
        imports.ended(imported=imported, state=ImportState.FAILED, at=now(), why=why)
        raise
