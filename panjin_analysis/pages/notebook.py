"""A notebook that was run, as a page: prose, tables and charts to read, code folded away.

The page's order is the notebook's. A chart takes its words from the caption that the
notebook computed for it before: ``plot_x`` from the last ``caption_x``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from panjin_analysis.captions import Caption
from panjin_analysis.errors import DataError
from panjin_analysis.kernel import CAPTION, SVG
from panjin_analysis.pages.figures import figure
from panjin_analysis.pages.frames import shown_frame
from panjin_analysis.pages.page import Page, page
from panjin_analysis.pages.prose import headings, prose
from panjin_analysis.pages.tables import table
from panjin_analysis.pages.words import word

_CAPTION_OF = re.compile(r"\bcaption_(\w+)\(")
_CHART_OF = re.compile(r"\bplot_(\w+)\(")
_ALL_ROWS = re.compile(r"<p>(\d+) rows × \d+ columns</p>")
_SUBTITLE = re.compile(r"^\*\*([^*\u4e00-\u9fff]+)\*\*\n", re.MULTILINE)
_NUMBER = re.compile(r"^\d+\.\s*")


@dataclass(frozen=True)
class Told:
    """What a list of pages says of a notebook: its title in two languages, and what it found first."""

    title: str
    subtitle: str
    answer: str


def told(notebook: Any) -> Told:
    """Return the title of a notebook that was run, and the finding that its first code cell computed.

    Without one, the first paragraph of its prose says what it is about.
    """
    markdown = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    captions = [forms[CAPTION]["title"] for cell in code[:1] for forms in _forms(cell) if CAPTION in forms]
    paragraphs = markdown[0].split("\n\n")[1:]
    answer = captions[0] if captions else Markup(prose((paragraphs or [""])[0])).striptags()
    subtitle = _SUBTITLE.search(markdown[0])
    return Told(headings(markdown[0])[0][1], subtitle[1] if subtitle else "", str(answer))


def notebook_page(notebook: Any, *, name: str, source: tuple[str, ...], lang: str = "zh") -> bytes:
    """Return a notebook that was run as a page.

    Parameters
    ----------
    notebook
        What ``execution.run`` returned.
    name
        The notebook's name, for messages.
    source
        Lines for the foot of the page.
    lang
        The page's language.

    Raises
    ------
    DataError
        If a chart has no caption before it.
    """
    about = told(notebook)
    parts = list(_Reader(name, lang, _NUMBER.sub("", about.title)).parts(notebook))
    return page(Page(about.title, lang, about.answer, source, "index.html", about.subtitle), parts)


@dataclass
class _Reader:
    """Goes through a notebook once, and remembers captions, sections and how many tables there were."""

    name: str
    lang: str
    section_title: str
    captions: dict[str, Caption] = field(default_factory=dict)
    sections: int = 0
    tables: int = 0
    codes: int = 0
    charts: int = 0

    def parts(self, notebook: Any) -> Iterator[Markup]:
        cells, code = notebook.cells, []
        for place, cell in enumerate(cells):
            following = cells[place + 1] if place + 1 < len(cells) else None
            if cell.cell_type == "markdown":
                yield self._prose(cell.source if place else _SUBTITLE.sub("", cell.source, count=1))
                continue
            code.append(cell.source)
            shown = [part for output in cell.get("outputs", []) for part in self._output(cell, output, following)]
            # Cells that show nothing by themselves are folded away together with the next.
            if shown or following is None or following.cell_type == "markdown":
                yield self._code(code)
                code = []
            yield from shown

    def _prose(self, text: str) -> Markup:
        found = [words for level, words in headings(text) if level == 2]
        made = prose(text, section=self.sections, lang=self.lang)
        self.sections += len(found)
        self.section_title = found[-1] if found else self.section_title
        return made

    def _code(self, sources: list[str]) -> Markup:
        self.codes += 1
        text = "\n\n".join(source.strip() for source in sources)
        return Markup(
            '<details class="code"><summary>{}</summary><pre tabindex="0"><code>{}</code></pre></details>\n'
        ).format(word("code", self.lang, number=self.codes), text)

    def _output(self, cell: Any, output: Any, following: Any) -> Iterator[Markup]:
        forms = output.get("data", {})
        if output.output_type == "stream":
            yield _text(output.text)
        elif CAPTION in forms:
            caption = _caption(forms[CAPTION])
            self.captions[_named(_CAPTION_OF, cell.source)] = caption
            if not _draws(following):  # else its words stand round the chart
                yield self._answer(caption)
        elif SVG in forms:
            yield self._figure(cell, forms[SVG])
        elif (frame := shown_frame(forms)) is not None:
            self.tables += 1
            yield self._table(frame, forms)
        else:
            yield _text(forms.get("text/plain", ""))

    def _answer(self, caption: Caption) -> Markup:
        return Markup('<div class="answer"><p class="label">{}</p><p class="title">{}</p></div>\n').format(
            word("answer", self.lang), caption.title
        )

    def _figure(self, cell: Any, svg: str) -> Markup:
        self.charts += 1
        caption = self.captions.get(_named(_CHART_OF, cell.source))
        if caption is None:
            raise DataError("no_caption", where=self.name, found=cell.source.strip().splitlines()[-1])
        return figure(svg, caption, name=f"{self.name} {self.charts}", lang=self.lang)

    def _table(self, frame: Any, forms: dict[str, Any]) -> Markup:
        rows = _ALL_ROWS.search(str(forms.get("text/html", "")))
        is_cut = rows is not None and int(rows[1]) > len(frame)
        note = word("head", self.lang, shown=len(frame), n=rows[1]) if rows and is_cut else ""
        caption = word("table", self.lang, number=self.tables, title=self.section_title)
        return table(frame, caption, name=f"{self.name} {self.tables}", lang=self.lang, note=note)


def _forms(cell: Any) -> list[dict[str, Any]]:
    return [output.get("data", {}) for output in cell.get("outputs", [])]


def _draws(cell: Any) -> bool:
    return cell is not None and cell.cell_type == "code" and any(SVG in forms for forms in _forms(cell))


def _named(pattern: re.Pattern[str], source: str) -> str:
    found = pattern.findall(source)
    return found[-1] if found else ""


def _caption(parts: dict[str, Any]) -> Caption:
    return Caption(parts["title"], parts["alt"], tuple(parts["notes"]))


def _text(text: str) -> Markup:
    return Markup('<pre tabindex="0">{}</pre>\n').format(text.rstrip())
