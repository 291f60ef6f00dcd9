"""How a file is read, said by pointing: its sheet, its header, what each column is; proposed by the machine, decided by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.exchange.header import Title
from ronglu.exchange.problems import Refused
from ronglu.exchange.profile import Column, Layout, Measure, Profile, Role, SheetRule
from ronglu.exchange.profile_text import from_dict, to_dict
from ronglu.exchange.suggest import Guess, Preview, Suggestion, preview, suggest
from ronglu.exchange.words import normal
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, me, page, require
from ronglu.web.imports.builder_forms import FLAT, ColumnForm, TableForm, WordsForm, own_name
from ronglu.web.imports.views import ACTS, find
from ronglu.work import imports, sources
from ronglu.work.imports import ImportTrouble
from ronglu.work.queries.imports_page import reporting_units, shift_names
from ronglu.work.sources import SourceTrouble

if TYPE_CHECKING:
    from ronglu.store.models import Import

BUSY = ("reading", "writing", "done")
LOOKED_AT = 200  # rows in which words of lines and shifts are searched
SHOWN = 12
SAMPLES = 3
MOST_WORDS = 30


@dataclass
class _Desk:
    """Everything the page is about: the file's first rows, the proposal, the profile so far, the forms."""

    one: "Import"
    seen: Preview
    proposal: Suggestion
    profile: Profile
    table: TableForm
    columns: list[ColumnForm]
    words: WordsForm

    def valid(self) -> bool:
        return all([self.table.is_valid(), self.words.is_valid(), *[column.is_valid() for column in self.columns]])


@page(verb="sources.edit")
def build(request: HttpRequest, pk: int) -> HttpResponse:
    one = find(request, pk)
    require(request, "sources.edit", one.plant)
    if one.created_by_id != me(request).pk:
        raise PermissionDenied(_("这个文件是别人上传的，由上传的人接着办"))
    if one.state in BUSY:
        messages.error(request, _("正在读写或已经入库，不能再改读法"))
        return redirect("import", one.pk)
    try:
        desk = _desk(request, one)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("import", one.pk)
    wrong: list[str] = []
    if request.method == "POST" and desk.valid():
        profile = _profile(desk)
        wrong = profile.problems() or _save(request, one, profile)
        if not wrong:
            return redirect("import", one.pk)
    context = {
        "one": one, "desk": desk, "wrong": wrong, "acts": ACTS,
        "matrix": desk.profile.layout is Layout.MATRIX,
        "sheets": [(name, name) for name, state, rows, _columns in desk.seen.sheets if state == "visible" or rows],
        "shown": desk.seen.rows[:SHOWN],
        "crumbs": [(_("数据导入"), reverse("imports")), (one.file_name, reverse("import", args=[pk])), (_("怎么读"), "")],
    }  # fmt: skip
    return render(request, "imports/builder.html", context, status=422 if request.method == "POST" else 200)


def _save(request: HttpRequest, one: "Import", profile: Profile) -> list[str]:
    """Keeps the profile and asks for a trial reading; what was refused, in words."""
    at = clock.now()
    try:
        source = sources.save(
            plant=one.plant, name=profile.name, profile=to_dict(profile), source=one.source, by=me(request), at=at
        )
        imports.check(imported=one, source=source, by=me(request), at=at)
    except (SourceTrouble, ImportTrouble) as trouble:
        return [str(trouble)]
    return []


def _desk(request: HttpRequest, one: "Import") -> _Desk:
    path, sheet, row = Path(settings.HOME) / one.path, asked(request, "sheet"), asked(request, "header")
    pack, units = pack_of(one.plant.code), reporting_units(one.plant, clock.today())
    seen = preview(path, sheet, rows=LOOKED_AT)
    header = key_of(row, most=LOOKED_AT) or None
    proposal = suggest(
        path, seen.sheet, series=pack.series, lines={own_name(label) for _code, label in units},
        header_row=header, name=Path(one.file_name).stem,
    )  # fmt: skip
    profile = from_dict(one.source.profile) if one.source else proposal.profile
    given = request.POST if request.method == "POST" else None
    columns = [
        ColumnForm(
            given, guess=guess, sample=_sample(seen, guess, proposal.header_row), pack=pack, units=units,
            initial=ColumnForm.of(_column(profile, guess)),
        )
        for guess in proposal.guesses
    ]  # fmt: skip
    numbers = shift_names(one.plant, clock.today())
    known = {part for _no, name in numbers for part in name.split()}  # the clock's own names need no telling
    words = WordsForm(
        given, lines=_met(seen, columns, proposal, Role.LINE),
        shifts=[word for word in _met(seen, columns, proposal, Role.SHIFT) if word.removesuffix("班") not in known],
        units=units, numbers=numbers,
    )  # fmt: skip
    words.fill(profile)
    return _Desk(
        one, seen, proposal, profile, TableForm(given, units=units, initial=TableForm.of(profile)), columns, words
    )


def _column(profile: Profile, guess: Guess) -> Column | None:
    """The profile's column that this column of the file is."""
    names = Title(0, tuple(guess.title.split(" / "))).names()
    for column in profile.columns:
        if column.at == guess.letter or {normal(word) for word in column.words} & set(names):
            return column
    return None


def _sample(seen: Preview, guess: Guess, header_row: int) -> str:
    cells = [cell for cell in _cells(seen, guess.letter, header_row) if cell.strip()]
    return "、".join(cells[:SAMPLES])


def _cells(seen: Preview, letter: str, header_row: int) -> list[str]:
    at = seen.letters.index(letter)
    return [row[at] for row in seen.rows[header_row:] if at < len(row)]


def _met(seen: Preview, columns: Sequence[ColumnForm], proposal: Suggestion, role: Role) -> list[str]:
    """Words that stand in the columns taken for lines or shifts, each once."""
    found: dict[str, None] = {}
    for column in columns:
        if (column["role"].value() or "") == role:
            found |= dict.fromkeys(
                c.strip() for c in _cells(seen, column.guess.letter, proposal.header_row) if c.strip()
            )
    return list(found)[:MOST_WORDS]


def _profile(desk: _Desk) -> Profile:
    """What the person said, on top of what the profile knew before and the page does not show."""
    said = desk.table.cleaned_data
    whole = SheetRule() if said["every_sheet"] else SheetRule(names=(desk.seen.sheet.strip(),))
    if desk.seen.sheet == "CSV" or (desk.one.source and not said["every_sheet"] and desk.profile.sheets.pattern):
        whole = desk.profile.sheets
    columns = [made for form in desk.columns if (made := _said(form))]
    named = {name: said[name] for name in FLAT}
    return replace(
        desk.profile,
        **named,
        sheets=whole,
        stamp=said["stamp"],
        columns=tuple(columns),
        lines=dict(desk.profile.lines) | desk.words.given("line"),
        shifts=dict(desk.profile.shifts) | {word: int(no) for word, no in desk.words.given("shift").items()},
    )


def _said(form: ColumnForm) -> Column | None:
    said: Mapping[str, Any] = form.cleaned_data
    if said["role"] == Role.IGNORE:
        return None
    words = (form.guess.title,) if form.guess.title else ()
    if said["role"] != Role.VALUE:
        return Column(Role(said["role"]), words, "" if words else form.guess.letter)
    given = {name: said[name].strip() for name in ("series", "unit", "line", "factor", "low", "high")}
    return Column(
        Role.VALUE, words, "" if words else form.guess.letter, measure=Measure(**given, percent=said["percent"])
    )
