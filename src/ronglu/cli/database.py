"""The database as the commands meet it: migrated, empty or not."""

import shutil
from pathlib import Path

from django.core.management import call_command

from ronglu.cli.shell import Refusal


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


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
