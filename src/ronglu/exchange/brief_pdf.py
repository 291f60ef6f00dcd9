"""A production brief as PDF: sentences under their headings, drawings, the table of figures, pages numbered."""

from collections.abc import Iterable, Sequence

from ronglu.exchange.drawn import on_paper
from ronglu.exchange.paper import FAINT, RULE, render, text

STYLE = f"""
@page {{ size: A4 portrait; margin: 18mm 18mm 20mm;
  @bottom-left {{ content: element(foot); vertical-align: top; padding-top: 3mm; width: 75% }}
  @bottom-right {{ content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font-size: 8pt; color: {FAINT};
    vertical-align: top; padding-top: 3mm }} }}
.foot {{ position: running(foot); font-size: 8pt; color: {FAINT} }}
h1 {{ font-size: 18pt; text-align: center; margin: 0 }}
.sub {{ font-size: 10pt; text-align: center; color: {FAINT}; margin: 1mm 0 5mm }}
h2 {{ font-size: 12pt; margin: 5mm 0 1.5mm; break-after: avoid }}
p {{ font-size: 10.5pt; line-height: 1.6; margin: 0; text-indent: 2em }}
figure {{ margin: 4mm 0 0; break-inside: avoid }}
figcaption {{ font-size: 10pt; font-weight: 700; margin-bottom: 1mm }}
svg {{ width: 174mm; display: block }}
table {{ width: 100%; border-collapse: collapse; font-size: 8.5pt; line-height: 1.35 }}
th, td {{ border: 0.2mm solid {RULE}; padding: 0.8mm 1.2mm; text-align: left }}
th {{ background: #f2f2f2 }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums }}
tr {{ break-inside: avoid }}
"""


def brief_pdf(
    title: str,
    *,
    sub: str,
    parts: Iterable[tuple[str, Sequence[str]]],
    drawings: Iterable[tuple[str, str]],
    heads: Sequence[str],
    figures: Iterable[Sequence[str]],
    figures_title: str,
    footer: str,
) -> bytes:
    """`drawings` are title and SVG; of the figures' columns the third holds the numbers."""
    body = f'<div class="foot">{text(footer)}</div><h1>{text(title)}</h1><p class="sub">{text(sub)}</p>'
    for name, sentences in parts:
        body += f"<h2>{text(name)}</h2>" + "".join(f"<p>{text(one)}</p>" for one in sentences)
    for name, svg in drawings:
        body += f"<figure><figcaption>{text(name)}</figcaption>{on_paper(svg)}</figure>"
    rows = "".join(f"<tr>{''.join(_cell(n, one) for n, one in enumerate(row))}</tr>" for row in figures)
    shown = "".join(f"<th>{text(head)}</th>" for head in heads)
    body += f"<h2>{text(figures_title)}</h2><table><thead><tr>{shown}</tr></thead><tbody>{rows}</tbody></table>"
    return render(title=title, style=STYLE, body=body)


def _cell(column: int, value: str) -> str:
    return f'<td class="number">{text(value)}</td>' if column == 2 else f"<td>{text(value)}</td>"
