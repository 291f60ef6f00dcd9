"""The empty official paper: every part of a .docx that is the same in all of them, written here and nowhere as a binary."""

from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ronglu.exchange.word import layout as page
from ronglu.exchange.word.layout import Font

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
DAY = (1980, 1, 1, 0, 0, 0)

BODY, TITLE, UNDER, FIRST, SECOND, CELL, CELL_HEAD, NOTE, FOOT, GRID = (
    "Body", "Title", "Under", "Heading1", "Heading2", "Cell", "CellHead", "Note", "Footer", "TableGrid",
)  # fmt: skip
"""The styles by their ids in the document."""


@cache
def base() -> bytes:
    """A document without content; the same bytes each time."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations(
            ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"), ("rId3", "fontTable", "fontTable.xml"),
            ("rId4", "footer", "footer1.xml"), ("rId5", "footer", "footer2.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": _footer('<w:jc w:val="right"/>', '<w:ind w:rightChars="100" w:right="280"/>'),
        "word/footer2.xml": _footer('<w:jc w:val="left"/>', '<w:ind w:leftChars="100" w:left="280"/>'),
    }  # fmt: skip
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as pack:
        for name, text in parts.items():
            pack.writestr(ZipInfo(name, DAY), HEAD + text, ZIP_DEFLATED)
    return stream.getvalue()


def _types() -> str:
    parts = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    named = parts | {"footer1": "footer", "footer2": "footer"}
    rows = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>' for part, kind in named.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{RELATIONS}"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{rows}</Types>"
    )


def _relations(*rows: tuple[str, str, str]) -> str:
    made = "".join(f'<Relationship Id="{key}" Type="{KIND}/{kind}" Target="{to}"/>' for key, kind, to in rows)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def _document() -> str:
    return (
        f"<w:document {W} {R}><w:body><w:sectPr>"
        '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{page.WIDTH}" w:h="{page.HEIGHT}"/>'
        f'<w:pgMar w:top="{page.MARGIN_TOP}" w:right="{page.MARGIN_RIGHT}" w:bottom="{page.MARGIN_BOTTOM}"'
        f' w:left="{page.MARGIN_LEFT}" w:header="851" w:footer="{page.FOOTER}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{page.LINE_PITCH}"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _settings() -> str:
    """Odd and even pages number at their outer edge; no proofing marks under a colleague's Chinese."""
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:hideSpellingErrors/><w:hideGrammaticalErrors/>'
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _fonts() -> str:
    rows = "".join(
        f'<w:font w:name="{font.name}"><w:altName w:val="{",".join(font.others)}"/></w:font>' for font in page.FONTS
    )
    return f"<w:fonts {W}>{rows}</w:fonts>"


def _footer(side: str, inward: str) -> str:
    """— 1 —, one character in from the edge."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="{FOOT}"/>{inward}{side}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def _styles() -> str:
    pitch = f'<w:spacing w:before="0" w:after="0" w:line="{page.LINE_PITCH}" w:lineRule="exact"/>'
    tight = '<w:spacing w:before="0" w:after="0" w:line="360" w:lineRule="exact"/>'
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    keep, off, both = "<w:keepNext/>", '<w:snapToGrid w:val="0"/>', '<w:jc w:val="both"/>'
    centre = '<w:jc w:val="center"/>'
    return (
        f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{_face(page.FANGSONG, page.SAN_HAO)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        + _style("Normal", "Normal", "", _face(page.FANGSONG, page.SAN_HAO), default=True)
        + _style(BODY, "正文段落", indent + both, _face(page.FANGSONG, page.SAN_HAO, squeeze=True))
        + _style(TITLE, "Title", keep + off + pitch + centre, _face(page.TITLE, page.ER_HAO))
        + _style(UNDER, "副题", pitch + centre, _face(page.KAITI, page.SAN_HAO))
        + _style(
            FIRST,
            "heading 1",
            f'{keep}{indent}{both}<w:outlineLvl w:val="0"/>',
            _face(page.HEITI, page.SAN_HAO, squeeze=True),
        )
        + _style(
            SECOND,
            "heading 2",
            f'{keep}{indent}{both}<w:outlineLvl w:val="1"/>',
            _face(page.KAITI, page.SAN_HAO, squeeze=True),
        )
        + _style(CELL, "表文", off + tight, _face(page.FANGSONG, page.XIAO_SI))
        + _style(CELL_HEAD, "表头", keep + off + tight + centre, _face(page.HEITI, page.XIAO_SI))
        + _style(NOTE, "附注", off + tight, _face(page.FANGSONG, page.XIAO_SI))
        + _style(FOOT, "footer", off, _face(page.SONGTI, page.SI_HAO, page.SONGTI))
        + _grid()
        + "</w:styles>"
    )


def _face(font: Font, points: int, latin: Font = page.LATIN, *, squeeze: bool = False) -> str:
    spacing = f'<w:spacing w:val="{page.SQUEEZE}"/>' if squeeze else ""
    return (
        f'<w:rFonts w:ascii="{latin.name}" w:hAnsi="{latin.name}" w:eastAsia="{font.name}" w:cs="{page.LATIN.name}"/>{spacing}'
        f'<w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'
    )


def _style(key: str, name: str, paragraph: str, run: str, *, default: bool = False) -> str:
    first = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{key}"><w:name w:val="{escape(name)}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _grid() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        f'<w:style w:type="table" w:styleId="{GRID}"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
