"""A ledger (台账) on paper: one table in the superior's columns, its heads repeated on every page, pages numbered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ronglu.exchange.paper import FAINT, RULE, render, text


@dataclass(frozen=True, slots=True)
class Column:
    """A head; `share` is its part of the width beside the others', numbers stand at the right."""

    label: str
    share: int = 1
    number: bool = False


def table_pdf(
    title: str,
    *,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    sub: str = "",
    notes: Sequence[str] = (),
    footer: str = "",
    landscape: bool = True,
) -> bytes:
    """A4; `sub` stands under the title (whose, which period), `notes` under the table, `footer` (who printed, when) on each page."""
    body = (
        f'<div class="foot">{text(footer)}</div><h1>{text(title)}</h1><p class="sub">{text(sub)}</p>'
        f"<table>{_widths(columns)}<thead><tr>{_heads(columns)}</tr></thead>"
        f"<tbody>{''.join(_row(row, columns) for row in rows) or _empty(columns)}</tbody></table>"
        + "".join(f'<p class="note">{text(note)}</p>' for note in notes)
    )
    return render(title=title, style=_style("landscape" if landscape else "portrait"), body=body)


def _style(turned: str) -> str:
    return f"""
@page {{ size: A4 {turned}; margin: 14mm 12mm 16mm;
  @bottom-left {{ content: element(foot); vertical-align: top; padding-top: 3mm; width: 70% }}
  @bottom-right {{ content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font-size: 8pt; color: {FAINT};
    vertical-align: top; padding-top: 3mm }} }}
.foot {{ position: running(foot); font-size: 8pt; color: {FAINT} }}
h1 {{ font-size: 16pt; text-align: center; margin: 0 }}
.sub {{ font-size: 9pt; text-align: center; color: {FAINT}; margin: 1mm 0 3mm }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 8.5pt; line-height: 1.35 }}
th, td {{ border: 0.2mm solid {RULE}; padding: 1mm 1.2mm; vertical-align: top; overflow-wrap: anywhere; text-align: left }}
th {{ font-weight: 700; text-align: center; vertical-align: middle; background: #f2f2f2 }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums }}
tr {{ break-inside: avoid }}
.none {{ text-align: center; color: {FAINT} }}
.note {{ font-size: 8pt; color: {FAINT}; margin: 2mm 0 0 }}
"""


def _widths(columns: Sequence[Column]) -> str:
    whole = sum(column.share for column in columns)
    return "".join(f'<col style="width: {100 * column.share / whole:.2f}%">' for column in columns)


def _heads(columns: Sequence[Column]) -> str:
    return "".join(f"<th>{text(column.label)}</th>" for column in columns)


def _row(row: Sequence[object], columns: Sequence[Column]) -> str:
    cells = (
        f'<td class="number">{text(value)}</td>' if column.number else f"<td>{text(value)}</td>"
        for value, column in zip(row, columns, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _empty(columns: Sequence[Column]) -> str:
    return f'<tr><td class="none" colspan="{len(columns)}">本期没有记录</td></tr>'
