"""How a page of ours becomes a PDF: one family of fonts, one look, and no way out to the network or the disk."""

from html import escape

FONT = '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif'
INK = "#1f1f1f"
FAINT = "#595959"
RULE = "#8c8c8c"


def render(*, title: str, style: str, body: str) -> bytes:
    """The PDF of an HTML body; `title` goes into the file's properties, and nothing else about who made it does."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    # pictures come inside the page (data:); an address in somebody's text is printed, never fetched
    sealed = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    page = (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>html, body {{ font-family: {FONT}; color: {INK}; margin: 0 }} {style}</style></head>"
        f"<body>{body}</body></html>"
    )
    return HTML(string=page, url_fetcher=sealed).write_pdf()


def text(value: object) -> str:
    """A value as it may stand in the page; nothing becomes nothing, line breaks stay."""
    return "" if value is None else escape(str(value)).replace("\n", "<br>")
