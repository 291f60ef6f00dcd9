"""The database as the commands meet it: migrated, empty or not."""

import shutil
from pathlib import Path

from django.core.management import call_command

from ronglu.cli.shell import Refusal

STORE = "store"


def migrate() -> None:
    """A new database gets the tables of the store as they stand today; any other goes step by step.

    Both ways end at the same tables (tests/cli/test_database). Step by step costs most of a minute, for nothing: there are no
    rows to carry along.
    """
    if _new():
        _lay()
    call_command("migrate", interactive=False, verbosity=0)


def _new() -> bool:
    from django.db import connection

    return not connection.introspection.table_names()


def _lay() -> None:
    """All tables and the record that their migrations are done, or neither."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).ensure_schema()
    with connection.schema_editor() as editor:
        for model in apps.get_app_config(STORE).get_models():
            editor.create_model(model)
        note_migrations(STORE)


def note_migrations(*apps: str) -> None:
    """Their migrations are recorded as done, or those of all apps: as after `migrate`, for tables that were made otherwise."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        if not apps or app in apps:
            recorder.record_applied(app, name)


def adopt_loops() -> None:
    """The loops in the versions that this program declares; cases of an older version are carried on. Refusal says what is wrong."""
    from ronglu.config import clock
    from ronglu.config.plant import packs
    from ronglu.kernel.loops.errors import LoopTrouble
    from ronglu.work import loops

    try:
        loops.adopt(loops=packs().loops, at=clock.now())
    except LoopTrouble as trouble:
        raise Refusal(f"闭环声明不能启用：\n{trouble}") from trouble


def filled() -> bool:
    """Whether anything of a plant is in it."""
    from ronglu.store.models import Account, Plant

    return Plant.objects.exists() or Account.objects.exists()


def empty(home: Path) -> None:
    """Every row and every kept file away; the tables stay."""
    from ronglu.cli.archive import FOLDERS

    call_command("flush", interactive=False, verbosity=0)
    for folder in FOLDERS:
        shutil.rmtree(home / folder, ignore_errors=True)
