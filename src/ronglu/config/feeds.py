"""Where databases and brokers of feeds are reached, and below which folder files are watched for.

Addresses hold passwords, so they live beside the data, never in it: `RONGLU_FEED_<CODE>` in the environment, else the
line of that code in the file `feeds.yaml` of the data folder.
"""

import os
from pathlib import Path

from django.conf import settings

from ronglu.kernel.time.errors import TimeTrouble

FILE = "feeds.yaml"
BROKER = "mqtt://127.0.0.1:1883"
"""Where a topic is listened to when nothing else was set: on this machine."""
INBOX = "feeds"
"""Below the data folder: every watched folder, unless RONGLU_FEEDS names another place on this machine."""


class Outside(TimeTrouble):
    """这个文件夹不能看。"""


def address(plant: str, code: str) -> str:
    """Empty where none was set."""
    import yaml

    key = f"{plant}-{code}"
    if found := os.environ.get(f"RONGLU_FEED_{key.upper().replace('-', '_')}"):
        return found
    path = Path(settings.HOME) / FILE
    if not path.exists():
        return ""
    lines = yaml.safe_load(path.read_text("utf-8"))
    return str(lines.get(key, "")) if isinstance(lines, dict) else ""


def root() -> Path:
    """Below it lies every watched folder; who may declare a feed may not thereby read the rest of the machine."""
    return Path(os.environ.get("RONGLU_FEEDS") or Path(settings.HOME) / INBOX).resolve()


def folder(plant: str, code: str, named: str = "") -> Path:
    """The feed's own, or the one named below the plant's. Links are followed before it is looked where they lead."""
    base = root()
    found = base / plant / named if named else base / f"{plant}-{code}"
    within = base / plant if named else base
    if not found.resolve().is_relative_to(within) or found.resolve() == within:
        raise Outside(f"文件夹“{named or found.name}”不在本厂的数据源目录之下，应写它下面的文件夹，如 laboratory")
    return found
