"""What must be true of the files themselves."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ronglu"
LONGEST = 400
# written so that this file does not match itself
MACHINE_PATHS = re.compile(r"(?<![\w.-])/" + r"(work|root|tmp/w|home/[a-z]+)/")
ADDRESSES = re.compile(
    r"index[-_]url|find[-_]links|trusted[-_]host|\"resolved\"\s*:|^\s*registry\s*=|--registry\b", re.MULTILINE
)
FETCHED = re.compile(r"(tabler|echarts|htmx|axe|bootstrap)(-(core|vendors|themes|flags|props))?(\.\w+)*\.(js|css)")
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".in", ".json", ".html", ".css", ".js", ".cfg", ""}


def tracked(*kinds: str) -> list[Path]:
    """Files in git, and the new ones that are not ignored; or others, as `git ls-files` calls their kinds."""
    command = ["git", "ls-files", *(kinds or ("--cached", "--others")), "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git here: the list of files is not known")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> list[Path]:
    """Text files that people write; this file names the patterns it looks for."""
    return [path for path in tracked() if path.suffix in TEXT and path != Path(__file__)]


def lines_matching(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """`file:line: text` of every hit."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_source_file_is_longer_than_four_hundred_lines() -> None:
    counts = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in tracked()
        if path.is_relative_to(SOURCE)
        and path.suffix in {".py", ".html", ".css", ".js"}
        and "migrations" not in path.parts
    }
    assert {name: count for name, count in counts.items() if count > LONGEST} == {}


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_matching(MACHINE_PATHS, texts()) == []


def test_no_lock_or_settings_file_names_a_registry() -> None:
    own_tool = ROOT / "tools" / "lock.py"
    assert lines_matching(ADDRESSES, [path for path in texts() if path != own_tool]) == []


def test_no_fetched_asset_is_in_git() -> None:
    fetched = [str(path.relative_to(ROOT)) for path in tracked() if FETCHED.fullmatch(path.name)]
    assert fetched == ["tools/echarts.js"]  # our own list of the parts to pack


def test_what_is_ignored_is_not_in_git() -> None:
    """Words once compiled came in beside their source, and stood there stale."""
    assert tracked("--cached", "--ignored") == []


def test_every_python_module_says_what_it_alone_knows() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py"
        and path.is_relative_to(SOURCE)
        and "migrations" not in path.parts
        and (module := ast.parse(path.read_text("utf-8"))).body
        and not ast.get_docstring(module)
    ]
    assert silent == []


def test_a_fresh_web_process_has_not_loaded_the_heavy_libraries(tmp_path: Path) -> None:
    program = (
        "import sys, django; django.setup(); "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "heavy = {'ibis', 'duckdb', 'pandas', 'pyarrow', 'openpyxl', 'numpy', 'scipy', 'statsmodels', 'weasyprint', 'PIL', 'apprise', 'requests'}; "
        "print(*sorted(heavy & set(sys.modules)))"
    )
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ronglu.config.settings",
        "PYTHONPATH": str(SOURCE.parent),
        "RONGLU_HOME": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == ""
