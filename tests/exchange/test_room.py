"""The room as a whole: what it loads, and that its every sentence can be built."""

import re
import subprocess
import sys
from pathlib import Path

from ronglu.exchange.messages import MESSAGES
from ronglu.exchange.problems import Severity

ROOM = Path(__file__).resolve().parents[2] / "src" / "ronglu" / "exchange"
HEAVY = "python_calamine openpyxl xlsxwriter numpy pandas yaml django lxml"


def test_the_doors_open_without_a_heavy_import() -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOM.parents[1])!r})
import ronglu.exchange.errors_book, ronglu.exchange.keep, ronglu.exchange.profile_text, ronglu.exchange.read, ronglu.exchange.suggest
print(sorted(set({HEAVY.split()!r}) & set(sys.modules)))
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_every_problem_code_has_its_sentence_and_every_sentence_its_code() -> None:
    """What only the tables know (a unit, a locked month, a row that is there already) is said by those who compare with them.

    A calendar file names its fields by the same words as a report its codes.
    """
    files = [
        *ROOM.glob("*.py"),
        *(ROOM.parent / "tasks").glob("imports*.py"),
        *(ROOM.parent / "work/tables").glob("*.py"),
    ]
    text = "".join(path.read_text("utf-8") for path in files if path.name not in ("messages.py", "ics.py"))
    used = {code for code in re.findall(r'"([a-z_]+)"', text) if code in MESSAGES}
    named = set(re.findall(r'\.(?:add|ask)\(\s*"([a-z_]+)"|problem\(\s*"([a-z_]+)"', text))
    assert {a or b for a, b in named} <= set(MESSAGES)
    assert used == set(MESSAGES)
    assert {severity for severity, _ in MESSAGES.values()} <= set(Severity)
