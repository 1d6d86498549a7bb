"""The page that lists what a build made: pages, charts, workbooks, and what the data cover.

It is made last and from the files themselves, so it lists what is there and nothing else.
"""

import io
import zipfile
from pathlib import Path

from lxml import etree, html
from markupsafe import Markup

from panjin_analysis.cite import cite
from panjin_analysis.excel import PROFILES, in_language
from panjin_analysis.load import data_dir, load_reports, load_table, read_package
from panjin_analysis.pages.page import Page, page
from panjin_analysis.pages.tables import table
from panjin_analysis.pages.words import LANGUAGE, word

FOLDER, INDEX = "html", "index.html"
THUMBNAIL = 560  # pixels wide, twice of what a card shows: sharp on a phone too
_COLOURS = 48  # of a thumbnail; charts have few


def foot(lang: str = "zh") -> tuple[str, ...]:
    """Return the lines at the foot of every page: version, licence, how to cite.

    Examples
    --------
    >>> foot("en")[0].startswith("Data version")
    True
    """
    version = read_package(data_dir())["version"]
    return (word("foot", lang, version=version), word("licence", lang), cite())


def index_page(made: Path, *, lang: str = "zh") -> bytes:
    """Return the index of a folder that a build filled.

    Parameters
    ----------
    made
        The folder, with charts in it and pages in its folder ``html``.
    lang
        The page's language.

    Raises
    ------
    DataError
        If the page shows a character that the font does not have.
    """
    package = read_package(data_dir())
    intro = word("intro", lang)
    pages = [path for path in sorted((made / FOLDER).glob("*.html")) if path.name != INDEX]
    parts = [
        Markup("<p>{}</p>").format(intro),
        _section("pages", lang, [_page_card(path) for path in pages]),
        _section("charts", lang, [_chart_card(path, lang) for path in _charts(made, lang)]),
        _section("files", lang, _file_cards(made, lang)),
        *_coverage(lang),
    ]
    title = package[in_language(lang, "title_zh", "title")]
    return page(Page(title, lang, intro, foot(lang), subtitle=package["title"] if lang == "zh" else ""), parts)


def _section(key: str, lang: str, cards: list[Markup]) -> Markup:
    if not cards:
        return Markup("")
    heading = Markup('<h2 id="{}">{}</h2>\n').format(key, word(key, lang))
    return heading + Markup('<ul class="cards">{}</ul>\n').format(Markup("\n").join(cards))


def _page_card(path: Path) -> Markup:
    """Return a card of a page: title, the title in the other language, what it found."""
    made = html.fromstring(path.read_text("utf-8"))
    subtitle = made.xpath("//p[@class='subtitle']")
    other = Markup('<p lang="{}">{}</p>').format(subtitle[0].get("lang"), subtitle[0].text) if subtitle else ""
    return Markup('<li><h3><a href="{}">{}</a></h3>{}<p>{}</p></li>').format(
        path.name, made.findtext(".//h1"), other, "".join(made.xpath("//meta[@name='description']/@content"))
    )


def _charts(made: Path, lang: str) -> list[Path]:
    """Return the charts in the page's language, by the file with their words."""
    paths = sorted(made.glob("[0-9][0-9]_*.txt"))
    return [
        path for path in paths if path.stem.endswith("_en") == (lang == "en") and path.with_suffix(".png").is_file()
    ]


def _chart_card(path: Path, lang: str) -> Markup:
    """Return a card of a chart: a small picture with its alt text, its title, and its files."""
    title, alt, *_ = path.read_text("utf-8").splitlines()
    links = Markup(" · ").join(
        Markup('<a href="../{}" aria-label="{}">{}</a>').format(
            path.with_suffix(f".{kind}").name, f"{kind.upper()}: {title}", kind.upper()
        )
        for kind in ("png", "svg", "csv")
    )
    return Markup('<li><h3>{}</h3><img src="{}" alt="{}" width="{}" height="{}"><p class="files">{}</p></li>').format(
        title, *_thumbnail(path.with_suffix(".png"), alt), links
    )


def _thumbnail(path: Path, alt: str) -> tuple[str, str, int, int]:
    """Return a chart made small as a data address, its alt text, its width and its height."""
    import base64

    from PIL import Image

    with Image.open(path) as picture:
        height = round(picture.height * THUMBNAIL / picture.width)
        small = picture.convert("RGB").resize((THUMBNAIL, height), Image.Resampling.LANCZOS, reducing_gap=3)
    out = io.BytesIO()
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "png", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}", alt, THUMBNAIL, height


def _file_cards(made: Path, lang: str) -> list[Markup]:
    """Return a card for each thing to take away: its title, what it is for, and the files it comes as."""
    things: dict[Path, list[Path]] = {}
    for folder in ("briefs", "workbooks"):
        for path in sorted((made / folder).glob("*.*")):
            things.setdefault(path.with_suffix(""), []).append(path)
    return [_file_card(paths, made, lang) for paths in things.values()]


def _file_card(paths: list[Path], made: Path, lang: str) -> Markup:
    title, stem = _title(paths), paths[0].stem
    own = "en" if stem.endswith("_en") else "zh"
    profile = next((profile for profile in PROFILES if f"_{profile}" in stem), "")
    links = Markup(" · ").join(
        Markup('<a href="../{}" aria-label="{}">{}</a> {:,.0f} KB').format(
            path.relative_to(made).as_posix(), f"{_kind(path)}: {title}", _kind(path), path.stat().st_size / 1024
        )
        for path in paths
    )
    return Markup('<li><h3{}>{}</h3>{}<p class="files">{}</p></li>').format(
        Markup(' lang="{}"').format(LANGUAGE[own]) if own != lang else "",
        title,
        Markup("<p>{}</p>").format(word(profile, lang)) if profile else "",
        links,
    )


def _kind(path: Path) -> str:
    return path.suffix.removeprefix(".").upper()


def _title(paths: list[Path]) -> str:
    """Return what a thing calls itself: its page or its workbook says so; else its file's name."""
    by_kind = {path.suffix: path for path in paths}
    if ".html" in by_kind:
        return str(html.fromstring(by_kind[".html"].read_text("utf-8")).findtext(".//h1"))
    if ".xlsx" in by_kind:
        with zipfile.ZipFile(by_kind[".xlsx"]) as book:
            properties = etree.fromstring(book.read("docProps/core.xml"))
        return properties.findtext("{http://purl.org/dc/elements/1.1/}title") or paths[0].stem
    return paths[0].stem


def _coverage(lang: str) -> list[Markup]:
    """Return which reports are held, and where their texts come from."""
    note = f"note_{lang}"
    reports = load_reports()[["report_year", "held", "delivered_on", "congress_no", "session_no", note]]
    # The table of sources names places in Chinese only.
    sources = load_table("sources")[["source_id", "place_zh", "document_type", "year", "publisher", "tier", "extent"]]
    return [
        Markup('<h2 id="coverage">{}</h2>\n').format(word("coverage", lang)),
        table(reports, word("reports", lang), name="reports", lang=lang),
        table(sources, word("sources", lang), name="sources", lang=lang),
    ]
