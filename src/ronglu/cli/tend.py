"""`ronglu tend`: the clock. Deadlines, look-backs, the work of the day and digests, every minute until it is stopped."""

import logging
import time
from dataclasses import asdict

import click

from ronglu.cli.shell import Refusal, as_json, print_json, told

EVERY = 60.0
"""Seconds between passes."""
log = logging.getLogger(__name__)


@click.command(
    name="tend", help="时钟：到期的事项逐级催办，每天的检查和巡查，每班一次的提醒摘要；每分钟一遍，直到停止。"
)
@click.option("--once", is_flag=True, help="只走一遍")
@as_json
@told
def command(once: bool, as_data: bool) -> None:
    from django.db import DatabaseError

    from ronglu.config.clock import now
    from ronglu.tasks import tend

    while True:
        began = time.monotonic()
        try:
            done = tend.once(at=now(), now=now)
        except DatabaseError as why:
            if once:
                raise Refusal(f"数据库连不上，或还没有表（先运行 ronglu serve）：{why}") from why
            log.warning("tend: %s", why)
            _forget_connection()
        else:
            if as_data:
                print_json(asdict(done))
            elif once or not done.idle:
                click.echo(_said(done))
        if once:
            return
        time.sleep(max(0.0, EVERY - (time.monotonic() - began)))


def _forget_connection() -> None:
    """A server that was restarted is met with a new connection."""
    from django.db import connections

    connections.close_all()


def _said(done: "tend.Pass") -> str:  # type: ignore[name-defined]  # noqa: F821
    cases, told = done.cases, done.notices
    words = [
        f"看过 {cases.looked} 件，催办 {cases.told} 人次，到期动作 {cases.moved} 件",
        f"摘要 {told.made} 份，送出 {told.sent} 份",
    ]
    words += [f"数据源来数 {len(done.feeds)} 个"] if done.feeds else []
    words += [f"生产简报 {len(done.briefs)} 份"] if done.briefs else []
    words += [f"当日工作 {len(done.daily)} 项"] if done.daily else []
    failed = cases.failed + told.failed + len(done.faults)
    words += [f"没有办成 {failed} 项（见 ronglu check）"] if failed else []
    return "；".join(words)
