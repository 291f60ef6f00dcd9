"""The command line's door: sets Django up, knows which command lives where, turns refusals into plain words."""

import os
import sys
from importlib import import_module

import click

# name → module of the command; a command is imported only when it is called
COMMANDS = {
    "serve": "ronglu.cli.serve",
    "tend": "ronglu.cli.tend",
    "demo": "ronglu.cli.demo.command",
    "import": "ronglu.cli.imports",
    "feed": "ronglu.cli.feeds",
    "listen": "ronglu.cli.listen",
    "assess": "ronglu.cli.assess",
    "explain": "ronglu.cli.explain",
    "backup": "ronglu.cli.backup",
    "restore": "ronglu.cli.restore",
    "check": "ronglu.cli.check",
    "verify": "ronglu.cli.verify",
}


class Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=Group, help="熔炉：党建与生产经营深度融合。数据目录由 RONGLU_HOME 指定（默认 ./var）。")
@click.version_option(package_name="ronglu", prog_name="ronglu")
def ronglu() -> None:
    pass


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ronglu.config.settings")
    ronglu(prog_name="ronglu")


if __name__ == "__main__":
    sys.exit(main())
