"""Whether the packs that ship can be loaded and the sheets' worked examples hold; every problem is printed at once."""

import sys
from pathlib import Path

from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.examples import gaps as gaps_of_rules
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.examples import gaps, run
from ronglu.kernel.rules.linter import lint_sheet
from ronglu.packs import regulations, sheets
from ronglu.packs.loader import ROOT, load, modules_available, plants_available
from ronglu.packs.pack import PackError


def plants() -> list[str]:
    """All plants with all process modules."""
    try:
        load(plants_available(), modules=modules_available())
    except PackError as error:
        return [str(problem) for problem in error.problems]
    return []


def sheet(folder: Path) -> list[str]:
    """One sheet, its examples and the red list."""
    try:
        loaded, examples, red = sheets.load(folder), sheets.examples(folder), sheets.redlist()
    except SheetProblem as error:
        return [str(error)]
    broken = [text for one in examples for text in run(loaded.item(one.item), one)]
    refused = [refusal.text for refusal in lint_sheet(loaded, red)]
    return gaps(loaded.items, examples) + broken + refused


def rules() -> list[str]:
    """The regulations' worked examples, where the rules themselves can be read."""
    try:
        book, examples = regulations.load(), regulations.examples()
    except (PackError, RuleProblem) as error:
        return str(error).splitlines()
    return gaps_of_rules(book, examples) + [text for one in examples for text in regulations.run(book, one)]


def main() -> int:
    """1 when anything is wrong."""
    folders = sorted(path.parent for path in ROOT.glob("**/sheets/*/sheet.yaml"))
    found = plants() + [problem for folder in folders for problem in sheet(folder)] + rules()
    print(
        "\n".join(found)
        or f"{len(plants_available())} plants, {len(modules_available())} modules, {len(folders)} sheets: all well"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
