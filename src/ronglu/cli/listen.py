"""`ronglu listen`: the ears of MQTT feeds, in a process of their own, until it is stopped."""

import signal
from types import FrameType

import click

from ronglu.cli.shell import told


@click.command(
    name="listen", help="听 MQTT 主题，直到停止（Ctrl+C 或 SIGTERM）；没有另设地址的，只听本机的消息服务器。"
)
@told
def command() -> None:
    from ronglu.config.clock import now
    from ronglu.tasks.listen import Listener

    stopped = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    click.echo("正在听 MQTT 主题　（Ctrl+C 停止）")
    Listener(now=now, stop=lambda: stopped).run()
    click.echo("已停止")
