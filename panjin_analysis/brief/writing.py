"""The files of a brief, all of them or none."""

from collections.abc import Mapping
from pathlib import Path

from panjin_analysis.brief.facts import Tables, brief
from panjin_analysis.brief.numbers import page_table, printed
from panjin_analysis.brief.page import web_page
from panjin_analysis.brief.picture import page_caption, plot_page
from panjin_analysis.brief.slides import slides
from panjin_analysis.files import places_left, write_all
from panjin_analysis.load import load_tables
from panjin_analysis.office import FILLED, Scope, report_bytes
from panjin_analysis.saving import LANGUAGES, figure_files

WORKBOOK = ".xlsx"


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
        If the report has no such field, another file stands in the place of one (slides that were
        edited, a workbook that was filled), or the folder cannot be written; nothing is written then.
    """
    return write_briefs(brief_files(domain, folder, lang=lang, tables=tables))


def brief_files(domain: str, folder: Path, *, lang: str = "zh", tables: Tables | None = None) -> dict[Path, bytes]:
    """Return the files of a brief, each with its place, and write nothing; the parameters are those of ``write_brief``."""
    tables = load_tables() if tables is None else tables
    field = brief(domain, lang, tables=tables)
    base = folder / f"{field.domain}{LANGUAGES[lang]}"
    made = {
        ".pptx": slides(field),
        ".html": web_page(field),
        WORKBOOK: report_bytes(tables, lang=lang, scope=Scope("domain", field.domain)),
    }
    pictures = figure_files(plot_page(field), page_caption(field), printed(page_table(field)), base, is_page=True)
    return {**pictures, **{base.with_name(base.name + ending): data for ending, data in made.items()}}


def write_briefs(files: Mapping[Path, bytes]) -> list[Path]:
    """Write the files of one brief or several, all of them or none; return their paths.

    Raises
    ------
    DataError
        If another file stands in the place of one, or the folder cannot be written; nothing is written then.
    """
    # A workbook that differs may be a filled one: its message says how to get back what was filled in.
    places_left({path: data for path, data in files.items() if path.suffix == WORKBOOK}, FILLED)
    return write_all(files, "other_file")
