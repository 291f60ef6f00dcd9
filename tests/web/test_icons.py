"""Every icon that a page, an entry of the menu or a loop names is drawn in the sprite: a name without a drawing is a blank."""

import re
from pathlib import Path

import ronglu.web
from ronglu.config.plant import packs
from ronglu.web.home.kinds import KINDS
from ronglu.web.marks import STATES
from ronglu.web.menu import PARTS

WEB = Path(ronglu.web.__file__).parent
DRAWN = set(re.findall(r'<symbol id="([^"]+)"', (WEB / "static/icons/sprite.svg").read_text()))
NAMED = re.compile(r"""\{%\s*icon ['"]([\w-]+)['"]|\bicon="([\w-]+)\"""")


def test_every_icon_of_a_template_is_drawn() -> None:
    named = {one or two for page in WEB.rglob("*.html") for one, two in NAMED.findall(page.read_text())}
    assert len(named) > 20
    assert named - DRAWN == set()


def test_every_icon_of_a_loop_an_entry_and_a_state_is_drawn() -> None:
    named = {loop.icon for loop in packs().loops.values()} | {one.icon for one in STATES.values()}
    named |= {entry.icon for part in PARTS for entry in part.entries} | {kind.icon for kind in KINDS.values()}
    assert named - DRAWN == set()
