"""Drafts and versions on paper and as files: what two versions differ in, YAML of a version, the sheet offices circulate."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import yaml
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.kernel.rules.diff import differences
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.linter import Evidence
from ronglu.kernel.rules.load import readable
from ronglu.kernel.rules.trace import params_of
from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, page
from ronglu.web.drafts import frame
from ronglu.web.where import here
from ronglu.work.queries import drafts as queries
from ronglu.work.sheets import sheet_of

if TYPE_CHECKING:
    from ronglu.store.models import SheetDraft, SheetVersion

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = (6, 22, 7, 7, 46, 40, 14, 14, 26)


@page(verb="rules.see")
def diff(request: HttpRequest) -> HttpResponse:
    """Two versions in words; without a choice the newest against the one before it (or against the shipped sheet)."""
    where = here(request, "rules.see")
    rows = {row.version: row for row in queries.versions(where.plant)}
    if not rows:
        raise Http404("还没有发布过考核表")
    after = rows.get(_number(request, "after")) or rows[max(rows)]
    before = rows.get(_number(request, "before")) or rows.get(after.version - 1)
    old = sheet_of(before) if before else pack_of(where.plant.code).sheet
    context = {
        "here": where, "before": before, "after": after, "month": Period.from_yyyymm(after.from_month),
        "changes": differences(old, sheet_of(after)),
        "options": [(str(n), _("第 %s 版") % n) for n in sorted(rows, reverse=True)],
        "crumbs": [(_("考核规则"), f"/sheet/rules/?plant={where.plant.code}"), (_("两版之间改了什么"), "")],
    }  # fmt: skip
    return render(request, "drafts/diff.html", context)


@page(verb="rules.see")
def as_yaml(request: HttpRequest, number: int) -> HttpResponse:
    """The declaration, or with ?part=examples its worked examples, value for value as published."""
    where = here(request, "rules.see")
    row = queries.version(where.plant, number)
    if row is None:
        raise Http404("没有这一版")
    examples = asked(request, "part") == "examples"
    content = {"examples": row.examples or frame.shipped_examples()} if examples else row.declaration
    text = _head(row) + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    name = f"{row.code}-v{row.version}{'.examples' if examples else ''}.yaml"
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(verb=frame.SEE)
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    draft = frame.draft_here(request, pk)
    name = _("%(plant)s-双百考核细则（草案 %(no)s）.xlsx") % {"plant": draft.plant.name, "no": draft.no}
    return FileResponse(book_of(draft), as_attachment=True, filename=name)


def book_of(draft: "SheetDraft") -> BytesIO:
    """One landscape A4 sheet wide: category, item, points, cadence, rule, parameters, source; signatures below."""
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN) as book:
        _fill(book, book.add_worksheet(_("考核细则")), draft)
    stream.seek(0)
    return stream


def _fill(book: Any, page: Any, draft: "SheetDraft") -> None:
    box = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 10}
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    sub = book.add_format({"font_size": 9, "align": "center", "font_color": "#595959"})
    head, text, group = book.add_format({**box, "bold": True, "align": "center", "bg_color": "#F2F0EB"}), book.add_format(box), book.add_format({**box, "bold": True, "bg_color": "#F7F5F1"})  # fmt: skip
    last, data = len(WIDTHS) - 1, draft.declaration
    page.merge_range(0, 0, 0, last, f"{draft.plant.name} {data['name']}", title)
    words = {
        "no": draft.no,
        "month": Period.from_yyyymm(draft.from_month),
        "doc": draft.document or _("（待填）"),
        "state": draft.get_state_display(),
    }
    page.merge_range(1, 0, 1, last, _("草案 %(no)s（%(state)s） · 从 %(month)s 起用 · 授权文件：%(doc)s") % words, sub)
    heads = [_("项号"), _("考核项"), _("满分"), _("周期"), _("评分规则"), _("参数"), _("依据"), _("取数"), _("出处")]
    for column, word in enumerate(heads):
        page.write_string(3, column, word, head)
    at, items = 4, readable(data)
    for category in data["categories"]:
        page.merge_range(
            at, 0, at, last, f"{category['code']} {category['name']}（{category['points']} {_('分')}）", group
        )
        at += 1
        for item in (one for one in items if one.category == category["code"]):
            for column, value in enumerate(_row(item)):
                (page.write_number if column == 2 else page.write_string)(at, column, value, text)
            at += 1
    page.write_string(at + 1, 0, _("起草：            审核：            批准：            日期："))
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.freeze_panes(4, 2)
    page.repeat_rows(3)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")


def _row(item: Item) -> list[Any]:
    params = "；".join(f"{label}：{value}" for label, value in params_of(item)[1:-1])
    known = set(Evidence)
    evidence = "、".join(Evidence(kind).label if kind in known else kind for kind in item.evidence)
    facts = "、".join(item.facts)
    return [
        item.code, item.name, float(item.points), item.cadence.label, item.rule, params, evidence, facts, item.source.text
    ]  # fmt: skip


def _head(row: "SheetVersion") -> str:
    """What the file is, as comments: the values below them are the published ones."""
    lines = [
        f"{row.plant.name} 第 {row.version} 版，从 {Period.from_yyyymm(row.from_month)} 起用",
        f"内容摘要 SHA-256 {row.digest}",
    ]
    return "".join(f"# {line}\n" for line in [*lines, *([f"授权文件：{row.document}"] if row.document else [])])


def _number(request: HttpRequest, name: str) -> int:
    return key_of(asked(request, name), most=99_999) or 0
