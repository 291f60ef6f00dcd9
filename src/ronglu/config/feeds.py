"""Where databases and brokers of feeds are reached: addresses hold passwords, so they live beside the data, never in it.

`RONGLU_FEED_<CODE>` in the environment, else the line of that code in the file `feeds.yaml` of the data folder.
"""

import os
from pathlib import Path

from django.conf import settings

FILE = "feeds.yaml"
BROKER = "mqtt://127.0.0.1:1883"
"""Where a topic is listened to when nothing else was set: on this machine."""
INBOX = "feeds"
"""Below the data folder: a watched folder for each feed that names none of its own."""


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


def folder(plant: str, code: str, named: str = "") -> Path:
    """The one the administrator named, else the feed's own below the data folder."""
    return Path(named) if named else Path(settings.HOME) / INBOX / f"{plant}-{code}"
