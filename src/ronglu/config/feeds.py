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


class Unreadable(TimeTrouble):
    """地址文件读不懂。"""


def address(plant: str, code: str) -> str:
    """Empty where none was set. Unreadable says in which line the file is wrong, and none of its words."""
    key = f"{plant}-{code}"
    if found := os.environ.get(f"RONGLU_FEED_{key.upper().replace('-', '_')}"):
        return found
    lines = _lines(Path(settings.HOME) / FILE)
    return str(lines.get(key, "")) if isinstance(lines, dict) else ""


def _lines(path: Path) -> object:
    import yaml

    if not path.exists():
        return {}
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise Unreadable(f"数据目录的 {FILE} 读不懂：应存为 UTF-8 文本") from None
    except yaml.YAMLError as why:  # its words quote the line, and the line may hold a password: they go nowhere
        mark = getattr(why, "problem_mark", None)
        spot = f"第 {mark.line + 1} 行附近" if mark else ""
        raise Unreadable(f"数据目录的 {FILE} {spot}写法不对：每行一个“键: 地址”，地址整个放在引号里") from None


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
