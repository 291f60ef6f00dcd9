"""Takes the pictures of the README and the documents from the demo: `make shots`, or with names only some of them.

    python tools/shots.py [NAME …]

Serves the demo that lies in RONGLU_HOME (default var/) on a free port, logs in as the people below and photographs their
pages with Chromium, at the width of a desk or of a phone. With Pillow installed the pictures shrink to a palette.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "shots"
DESK, PHONE = (1366, 900), (360, 740)
PATIENCE = 60.0
COLOURS = 128
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none", "--lang=zh-CN"]


@dataclass(frozen=True)
class Shot:
    """A page as somebody sees it: `who` is a role as the demo prints it.

    `follow` picks the link on that page which leads to what is photographed: keys of rows differ from demo to demo, so no
    path here names one.
    """

    name: str
    who: str
    path: str
    size: tuple[int, int] = DESK
    follow: str = ""


SHOTS = (
    Shot("home", "统计员（导入）", "/"),
    Shot("home-phone", "班长（横大班）", "/", PHONE),
    Shot("board", "统计员（导入）", "/board/?unit=QL-R1&grain=month&period=2026-03"),
    Shot("board-phone", "班长（横大班）", "/board/", PHONE),
    Shot("sheet", "党群部", "/sheet/?month=2026-03"),
    Shot("explain", "党群部", "/sheet/2026-03/QL-B-R2/D2/"),
    Shot("explain-phone", "支部书记", "/sheet/2026-03/QL-B-R1/D3/", PHONE),
    Shot("import", "统计员（第二车间）", "/imports/?kind=readings", follow="main th[scope=row] a"),
    Shot("org", "党群部", "/org/"),
    Shot("cases", "安环（安全员）", "/cases/hazard/"),
    Shot("case", "安环（安全员）", "/cases/hazard/?state=closed", follow="th.topic a"),
    Shot("inbox-phone", "安环（安全员）", "/inbox/", PHONE),
    Shot("zones", "安环（安全员）", "/zones/"),
)


def main() -> None:
    """Every shot asked for; a page that does not answer with 200 stops the whole."""
    from playwright.sync_api import sync_playwright

    chosen = [shot for shot in SHOTS if shot.name in sys.argv[1:] or len(sys.argv) == 1]
    home = Path(os.environ.get("RONGLU_HOME", ROOT / "var")).resolve()
    letter = home / "demo" / "accounts.txt"
    if not letter.exists():
        sys.exit(f"没有演示数据：先运行 make demo · no demo in {home.name}/, run `make demo`")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(home) as address, sync_playwright() as driver:
        program = os.environ.get("RONGLU_CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=program, args=CHROMIUM)
        for shot in chosen:
            take(browser, address, shot, letter.read_text("utf-8"))
        browser.close()


@contextmanager
def served(home: Path) -> Iterator[str]:
    """`ronglu serve` for the length of the pictures; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = os.environ | {"RONGLU_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "ronglu.cli.main", "serve", "--port", str(port)]
    process = subprocess.Popen(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + PATIENCE
        while (line := process.stdout.readline() if process.stdout else "") and time.monotonic() < until:
            if "http://" in line:
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def take(browser: "Browser", address: str, shot: Shot, letter: str) -> None:
    """One picture, in a session of its own."""
    width, height = shot.size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce")
    login(page, address, shot.who, letter)
    show(page, address, shot, shot.path)
    if shot.follow:
        link = page.locator(shot.follow).first
        show(page, address, shot, link.get_attribute("href") or "" if link.count() else "")
    path = FOLDER / f"{shot.name}.png"
    page.screenshot(path=path)
    page.context.close()
    shrink(path)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} kB", flush=True)


def show(page: "Page", address: str, shot: Shot, path: str) -> None:
    answer = page.goto(address + path, wait_until="networkidle") if path else None
    if answer is None or answer.status != 200:
        sys.exit(f"{shot.name}: {path or shot.follow} → {answer.status if answer else '—'}")


def login(page: "Page", address: str, who: str, letter: str) -> None:
    """With the first account of that role, and the one password of the demo."""
    number = re.search(rf"^\s+(\S+)\s+{re.escape(who)}　", letter, re.MULTILINE)
    password = re.search(r"口令：(\S+)", letter)
    if number is None or password is None:
        sys.exit(f"演示账号里没有“{who}”")
    page.goto(f"{address}/login/")
    page.fill("input[name=username]", number[1])
    page.fill("input[name=password]", password[1])
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def shrink(path: Path) -> None:
    """Flat pages need few colours; without Pillow the picture stays as it was taken."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    main()
