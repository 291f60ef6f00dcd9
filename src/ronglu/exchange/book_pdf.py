"""A book of tables as PDF (台账): each under its own heading, heads repeated on every page, pages numbered."""

from collections.abc import Iterable, Sequence

from ronglu.exchange.paper import FAINT, RULE, render, text

NARROW, WIDE = 4, 22
"""Bounds of a column's part of the width, in letters."""
STYLE = f"""
@page {{ size: A4 landscape; margin: 14mm 12mm 16mm;
  @bottom-left {{ content: element(foot); vertical-align: top; padding-top: 3mm; width: 70% }}
  @bottom-right {{ content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font-size: 8pt; color: {FAINT};
    vertical-align: top; padding-top: 3mm }} }}
.foot {{ position: running(foot); font-size: 8pt; color: {FAINT} }}
h1 {{ font-size: 18pt; text-align: center; margin: 0 }}
h2 {{ font-size: 11.5pt; margin: 5mm 0 1.5mm; break-after: avoid }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 8.5pt; line-height: 1.35 }}
th, td {{ border: 0.2mm solid {RULE}; padding: 1mm 1.2mm; vertical-align: top; overflow-wrap: anywhere; text-align: left }}
th {{ background: #f2f2f2; text-align: center }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums }}
tr {{ break-inside: avoid }}
.none {{ font-size: 9pt; color: {FAINT}; margin: 0 }}
"""
Table = tuple[str, Sequence[str], Iterable[Sequence[object]]]


def book_pdf(title: str, *, tables: Iterable[Table], footer: str, nothing: str) -> bytes:
    """`nothing` stands where a table has no rows: that there is none is what the reader wants to know."""
    body = f'<div class="foot">{text(footer)}</div><h1>{text(title)}</h1>'
    for name, heads, rows in tables:
        body += f"<h2>{text(name)}</h2>" + (_table(heads, list(rows)) or f'<p class="none">{text(nothing)}</p>')
    return render(title=title, style=STYLE, body=body)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return ""
    shares = [_share([head, *(row[place] for row in rows)]) for place, head in enumerate(heads)]
    columns = "".join(f'<col style="width: {100 * share / sum(shares):.2f}%">' for share in shares)
    shown = "".join(f"<th>{text(head)}</th>" for head in heads)
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table>{columns}<thead><tr>{shown}</tr></thead><tbody>{lines}</tbody></table>"


def _share(cells: Sequence[object]) -> int:
    """As wide as the longest of the cells, within bounds; a Chinese letter is as wide as two others."""
    longest = max(sum(2 if letter > "\u2e80" else 1 for letter in str(cell or "")) for cell in cells)
    return min(max(longest // 2 + 1, NARROW), WIDE)


def _cell(value: object) -> str:
    kind = ' class="number"' if isinstance(value, int) else ""
    return f"<td{kind}>{text(value)}</td>"
