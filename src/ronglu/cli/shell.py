"""What every command shares: Django set up when needed, refusals in plain words on stderr, data as JSON on request."""

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec

import click

P = ParamSpec("P")
DEMO_DAY = "demo/today"


class Refusal(Exception):
    """The command can't do what was asked; the message is for the person who typed it."""


def django() -> None:
    """Before the first import of a model. A demo stands on its own day, whatever the machine's clock says."""
    import django as framework
    from django.apps import apps

    home = Path(os.environ.setdefault("RONGLU_HOME", "var")).resolve()
    os.environ["RONGLU_HOME"] = str(home)
    day = home / DEMO_DAY
    if day.exists() and not os.environ.get("RONGLU_TODAY"):
        os.environ["RONGLU_TODAY"] = day.read_text().strip()
    if not apps.ready:
        framework.setup()


def refuse(text: str, code: int = 1) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(code)


# a command does its long work itself: what it asks for is not put in the worker's queue
OWN_WORK = "django_tasks.backends.dummy.DummyBackend"


def told(function: Callable[P, None]) -> Callable[P, None]:
    """Errors of the domain become one sentence and exit code 1; anything else keeps its traceback."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        os.environ.setdefault("RONGLU_TASKS", OWN_WORK)
        django()
        try:
            function(*args, **kwargs)
        except Refusal as refusal:
            refuse(str(refusal))

    return run


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def as_json(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_data", is_flag=True, help="以 JSON 输出")(function)


def plant_of(code: str) -> Any:
    """The plant by its code; names those there are."""
    from django.db import DatabaseError

    from ronglu.store.models import Plant

    try:
        found = Plant.objects.filter(code=code).first()
    except DatabaseError as why:
        raise Refusal(
            "数据库里还没有表：请先运行 ronglu serve（或 ronglu demo），或检查 RONGLU_HOME、DATABASE_URL"
        ) from why
    if found is None:
        known = "、".join(Plant.objects.values_list("code", flat=True)) or "（还没有厂，可先运行 ronglu demo）"
        raise Refusal(f"没有编码为 {code} 的厂，现有：{known}")
    return found


def month_of(text: str) -> Any:
    """2026-03 as a period."""
    from ronglu.kernel.time.errors import TimeTrouble
    from ronglu.kernel.time.period import Grain, Period

    try:
        period = Period.parse(text)
    except (ValueError, TimeTrouble):
        period = None
    if period is None or period.grain is not Grain.MONTH:
        raise Refusal(f"“{text}”不是月份，应写成 2026-03")
    return period
