"""The files of a brief, all of them or none."""

from pathlib import Path

from panjin_analysis.brief.facts import Tables, brief
from panjin_analysis.brief.page import web_page
from panjin_analysis.brief.picture import page_caption, page_table, plot_page
from panjin_analysis.brief.slides import slides
from panjin_analysis.files import write_whole
from panjin_analysis.load import load_tables
from panjin_analysis.office import Scope, write_report
from panjin_analysis.saving import write_figure

SUFFIX = {"zh": "", "en": "_en"}


def write_brief(domain: str, folder: Path, *, lang: str = "zh", tables: Tables | None = None) -> list[Path]:
    """Write the brief of a field: picture (with its numbers and alt text), slides, web page and workbook.

    Files are named by the code of the field. Where the commitments carry ``quote``, the
    workbook and the web page show it; picture and slides never do.

    Parameters
    ----------
    domain
        Code or label of a field that has commitments.
    folder
        Where to.
    lang
        ``zh`` or ``en``.
    tables
        The tables of ``load_tables()``; loaded by default.

    Returns
    -------
    list of pathlib.Path
        What was written: ``.png``, ``.csv``, ``.txt``, ``.pptx``, ``.html``, ``.xlsx``.

    Raises
    ------
    DataError
        If the report has no such field, another workbook stands there (perhaps a filled one),
        or the folder cannot be written.
    """
    tables = load_tables() if tables is None else tables
    field = brief(domain, lang, tables=tables)
    base = folder / f"{field.domain}{SUFFIX[lang]}"
    # All that may fail is made before the first file is written; the workbook refuses to replace another.
    made = {".pptx": slides(field), ".html": web_page(field)}
    axes = plot_page(field)
    workbook = write_report(tables, _named(base, ".xlsx"), lang=lang, scope=Scope("domain", field.domain))
    pictures = write_figure(axes, page_caption(field), page_table(field), base, is_page=True)
    others = [write_whole(_named(base, ending), data) for ending, data in made.items()]
    return [*pictures, *others, workbook]


def _named(base: Path, ending: str) -> Path:
    return base.with_name(base.name + ending)
