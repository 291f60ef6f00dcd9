"""The database as the commands meet it: migrated, empty or not."""

import shutil
from pathlib import Path

from django.core.management import call_command


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


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
