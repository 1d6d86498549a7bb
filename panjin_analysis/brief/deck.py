"""A presentation in the house look: one layout, real title and footer placeholders, stable bytes.

Text is measured with the font that the charts are drawn with before it is set; a list that
does not fit is cut and says so. Fonts are named in the theme, so that a user can change them
for the whole file.
"""

import copy
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from panjin_analysis.brief.words import and_more
from panjin_analysis.errors import DataError
from panjin_analysis.excel.words import LANGUAGE
from panjin_analysis.load import data_dir, read_package
from panjin_analysis.style import BLUE, INK, MUTED, ORANGE, PLUM, TEAL, text_ems, wrap

WIDTH, HEIGHT = 13.333, 7.5  # inches
MARGIN = 0.5
TITLE_SIZES, BODY_SIZES = (26, 24, 22, 20), (20, 18, 16, 14)  # points
SMALLEST = 14
SPACING = 1.3  # line to line, in letters' heights; set exactly, because fonts differ in it
SAFETY = 0.94  # of a width: the reader's font may be wider than the one measured with
INSET = 0.05  # inches inside a text box
LATIN, EAST_ASIAN = "Arial", "微软雅黑"  # in Office, WPS and LibreOffice alike something of that width stands in
AFTER = 0.3  # behind a paragraph of a list, in letters' heights
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_PALETTE = {
    "dk1": INK, "lt1": "#FFFFFF", "dk2": BLUE, "lt2": "#F2F4F6", "accent1": BLUE, "accent2": TEAL, "accent3": ORANGE,
    "accent4": PLUM, "accent5": "#3F78A8", "accent6": MUTED, "hlink": BLUE, "folHlink": PLUM,
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


TITLE_BOX = Box(MARGIN, 0.32, WIDTH - 2 * MARGIN, 0.98)
BODY = Box(MARGIN, 1.42, WIDTH - 2 * MARGIN, 5.1)
FOOTER = Box(MARGIN, 6.68, WIDTH - 2 * MARGIN - 0.8, 0.6)
NUMBER = Box(WIDTH - MARGIN - 0.7, 6.68, 0.7, 0.6)


def text_height(lines: list[str], width: float, size: float) -> float:
    """Return the inches that paragraphs take in a box, wrapped as a slide wraps them.

    Examples
    --------
    >>> round(text_height(["目标"], 3.0, 18), 2)
    0.43
    """
    return _line_count(lines, (width - 2 * INSET) * SAFETY, size) * size * SPACING / 72 + 2 * INSET


def list_height(lines: list[str], width: float, size: float) -> float:
    """Return the inches that paragraphs take that hang behind their marks, each with a space after it."""
    count = _line_count(lines, (width - 2 * INSET - bullet(size)) * SAFETY, size)
    return (count * SPACING + AFTER * len(lines)) * size / 72 + 2 * INSET


def _line_count(lines: list[str], room: float, size: float) -> int:
    return sum(len(wrap(line, room, lambda part: text_ems(part) * size / 72)) for line in lines)


def fitting(lines: list[str], box: Box, lang: str, *, sizes: tuple[int, ...] = BODY_SIZES) -> tuple[int, list[str]]:
    """Return the largest size at which lines fit a box; at the smallest, as many lines as do, and how many more.

    Examples
    --------
    >>> fitting(["one", "two", "three"], Box(0, 0, 3.5, 0.8), "en")
    (14, ['one', 'and 2 more, see the workbook'])
    """
    for size in sizes:
        if list_height(lines, box.width, size) <= box.height:
            return size, lines
    for room in range(len(lines) - 1, 0, -1):
        shown = and_more(lines, room, lang)
        if list_height(shown, box.width, sizes[-1]) <= box.height:
            return sizes[-1], shown
    raise DataError("chart_failed", where=lines[0], found="a list that does not fit its slide")


def bullet(size: float) -> float:
    """Return the inches that a paragraph hangs behind its mark."""
    return 1.1 * size / 72


class Deck:
    """A presentation that grows slide by slide, in one language."""

    def __init__(self, title: str, lang: str):
        from pptx import Presentation

        self.lang = lang
        self.file: Any = Presentation()
        _set_up(self.file, lang)
        _describe(self.file, title, lang)

    def slide(self, title: str, source: str, notes: list[str]) -> Any:
        """Add a slide with its title, source line, number and speaker notes; return it."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[0])
        self._title(slide, title)
        for kind in ("ftr", "sldNum"):
            self._footer(slide, kind, source)
        frame = slide.notes_slide.notes_text_frame
        frame.text = "\n".join(notes)
        for paragraph in frame.paragraphs:
            self._tell_language(paragraph)
        return slide

    def write(
        self, slide: Any, lines: list[str], box: Box, size: float, *, marked: bool = True, colour: str = INK
    ) -> None:
        """Add a text box with paragraphs, each behind a mark or not."""
        frame = slide.shapes.add_textbox(*_emu(box)).text_frame
        frame.word_wrap = True
        _no_insets(frame)
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            self.fill(paragraph, line, size, colour)
            if marked:
                _mark(paragraph, size)

    def bytes(self) -> bytes:
        """Return the file; the same slides give the same bytes."""
        for slide in self.file.slides:  # read aloud, source line and number come last
            for shape in [one for one in slide.placeholders if _kind(one) in {"ftr", "sldNum"}]:
                slide.shapes._spTree.append(shape._element)
        out = io.BytesIO()
        self.file.save(out)
        return stable_zip(out.getvalue())

    def _title(self, slide: Any, title: str) -> None:
        high = {size: text_height([title], TITLE_BOX.width, size) for size in TITLE_SIZES}
        # One line where slightly smaller letters allow it: no title ends in a line of one word.
        fits = [size for size in TITLE_SIZES[:3] if high[size] < 2 * size * SPACING / 72]
        fits += [size for size in TITLE_SIZES if high[size] <= TITLE_BOX.height]
        if not fits:
            raise DataError("chart_failed", where=title, found="a title that does not fit its slide")
        self.fill(slide.shapes.title.text_frame.paragraphs[0], title, fits[0], BLUE)

    def _footer(self, slide: Any, kind: str, source: str) -> None:
        """Give the slide its own copy of a placeholder of the layout: the source line, or the number."""
        [pattern] = [one for one in slide.slide_layout.placeholders if _kind(one) == kind]
        element = copy.deepcopy(pattern._element)
        slide.shapes._spTree.append(element)
        shape = slide.shapes[-1]
        shape._element.nvSpPr.cNvPr.set("id", str(len(slide.shapes) + 1))
        shape._element.remove(shape._element.spPr)
        shape._element.insert(1, etree.SubElement(element, f"{{{_P}}}spPr"))
        for marked in found(element, ".//*[@lang]"):
            marked.set("lang", LANGUAGE[self.lang])
        if kind == "ftr":
            self.fill(shape.text_frame.paragraphs[0], source, SMALLEST, MUTED)

    def fill(self, paragraph: Any, text: str, size: float, colour: str) -> None:
        """Write a paragraph, its lines so far apart whatever the reader's font is."""
        from pptx.util import Pt

        paragraph.text = text
        paragraph.line_spacing = Pt(size * SPACING)
        for run in paragraph.runs:
            run.font.size = Pt(size)
            run.font.color.rgb = rgb(colour)
        self._tell_language(paragraph)

    def _tell_language(self, paragraph: Any) -> None:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", LANGUAGE[self.lang])


def found(element: Any, path: str) -> list[Any]:
    """Return what an XPath finds, whatever class of element it begins at."""
    return etree.XPath(path, namespaces={"a": _A, "c": CHART, "p": _P})(element)


def rgb(colour: str) -> Any:
    """Return a colour as python-pptx wants it."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.removeprefix("#"))


def describe(shape: Any, name: str, alt: str) -> None:
    """Give a chart or table the name that the selection pane shows, and its alt text."""
    properties = found(shape._element, "./p:nvGraphicFramePr/p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", alt)


def stable_zip(data: bytes) -> bytes:
    """Return a zip of Office parts without times, workbooks inside it as well.

    Examples
    --------
    >>> out = io.BytesIO()
    >>> with zipfile.ZipFile(out, "w") as file:
    ...     file.writestr("a.xml", "<a/>")
    >>> zipfile.ZipFile(io.BytesIO(stable_zip(out.getvalue()))).infolist()[0].date_time
    (1980, 1, 1, 0, 0, 0)
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = stable_zip(content)
            elif entry.filename == "docProps/core.xml":
                day = f"{created():%Y-%m-%dT00:00:00Z}".encode()
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + day, content)
            same = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            same.compress_type = zipfile.ZIP_DEFLATED
            same.external_attr = 0o600 << 16
            new.writestr(same, content)
    return out.getvalue()


def created() -> datetime:
    """Return the day of the data: what is made from the same data has the same day."""
    return datetime.fromisoformat(read_package(data_dir())["created"])


def _emu(box: Box) -> tuple[int, int, int, int]:
    from pptx.util import Inches

    return Inches(box.x), Inches(box.y), Inches(box.width), Inches(box.height)


def _no_insets(frame: Any) -> None:
    from pptx.util import Inches

    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(INSET)


def _mark(paragraph: Any, size: float) -> None:
    """Put a bullet before a paragraph, which hangs behind it."""
    from pptx.util import Pt

    hang = int(bullet(size) * 914400)
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(hang))
    properties.set("indent", str(-hang))
    paragraph.space_after = Pt(AFTER * size)
    font = etree.SubElement(properties, f"{{{_A}}}buFont")
    font.set("typeface", "Arial")
    etree.SubElement(properties, f"{{{_A}}}buChar").set("char", "•")


def _kind(placeholder: Any) -> str:
    return found(placeholder._element, "./p:nvSpPr/p:nvPr/p:ph")[0].get("type", "obj")


def _set_up(file: Any, lang: str) -> None:
    """Make the template's one layout ours: size, places, palette, fonts; what is not used goes."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Inches

    file.slide_width, file.slide_height = Inches(WIDTH), Inches(HEIGHT)
    found(file.part._element, "./p:sldSz")[0].attrib.pop("type", None)  # it would say 4:3
    for layout in [one for one in file.slide_layouts if one.name != "Title Only"]:
        file.slide_layouts.remove(layout)
    master = file.slide_master
    for holder in (master, file.slide_layouts[0]):
        for shape in list(holder.placeholders):
            if _kind(shape) == "dt":
                shape._element.getparent().remove(shape._element)
    places = {"title": TITLE_BOX, "body": BODY, "ftr": FOOTER, "sldNum": NUMBER}
    for shape in master.placeholders:
        shape.left, shape.top, shape.width, shape.height = _emu(places[_kind(shape)])
        _no_insets(shape.text_frame)
    _set_styles(master)
    _draw_band(master)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _themed(theme.blob, lang)
    _drop(file.part.package, RELATIONSHIP_TYPE.THUMBNAIL)
    _drop(file.part, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    properties = file.part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    properties._blob = _APP


_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>panjin_analysis</Application></Properties>'
)


def _set_styles(master: Any) -> None:
    """Set titles to the left in our colour, and the source line and number large enough to read."""
    title = found(master._element, "./p:txStyles/p:titleStyle/a:lvl1pPr")[0]
    title.set("algn", "l")
    found(title, "./a:defRPr")[0].set("sz", str(100 * TITLE_SIZES[0]))
    for shape in master.placeholders:
        kind = _kind(shape)
        if kind in {"ftr", "sldNum"}:
            style = found(shape._element, ".//a:lstStyle/a:lvl1pPr")[0]
            style.set("algn", "l" if kind == "ftr" else "r")
            found(style, "./a:defRPr")[0].set("sz", str(100 * SMALLEST))
        for autofit in found(shape._element, ".//a:normAutofit"):
            autofit.getparent().remove(autofit)


def _draw_band(master: Any) -> None:
    """Draw the band of the house along the upper edge of every slide."""
    band = etree.fromstring(
        f'<p:sp xmlns:p="{_P}" xmlns:a="{_A}"><p:nvSpPr><p:cNvPr id="99" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{int(WIDTH * 914400)}" cy="109728"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>'
    )
    found(master._element, "./p:cSld/p:spTree")[0].insert(2, band)


def _themed(blob: bytes, lang: str) -> bytes:
    """Return the theme with our palette and fonts."""
    root = etree.fromstring(blob)
    root.set("name", "panjin_analysis")
    for name, colour in _PALETTE.items():
        slot = found(root, f".//a:clrScheme/a:{name}")[0]
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{{{_A}}}srgbClr").set("val", colour.removeprefix("#"))
    for face in ("latin", "ea"):
        for font in found(root, f".//a:fontScheme/*/a:{face}"):
            font.set("typeface", LATIN if face == "latin" else EAST_ASIAN)
    for font in found(root, ".//a:fontScheme/*/a:font[@script='Hans']"):
        font.set("typeface", EAST_ASIAN)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop(part: Any, kind: str) -> None:
    """Take away what a part refers to by one kind of relationship."""
    relations = part._rels
    for name in [name for name, relation in relations.items() if relation.reltype == kind]:
        relations.pop(name)


def _describe(file: Any, title: str, lang: str) -> None:
    about = file.core_properties
    about.title, about.language, about.subject = title, LANGUAGE[lang], title
    about.author = about.last_modified_by = "panjin_analysis"
    about.keywords, about.comments, about.category, about.revision = "", "", "", 1
    about.created = about.modified = created()
