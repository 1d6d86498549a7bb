"""A frame to look at: titles for column names, labels for codes, numbers as people write them.

What is shown is not what is computed with: tables stay tidy and keep their codes, and
``readable`` makes another frame of one, for the eye.
"""

import hashlib
from datetime import date
from typing import Any

import pandas as pd

from panjin_analysis.errors import DataError, say, ui_language
from panjin_analysis.load import codebook, data_dir, load_table, read_codebook, read_package
from panjin_analysis.load.own import candidate_table, own_tables
from panjin_analysis.load.store import read_derived
from panjin_analysis.tables import TRUTH, labels, vocabularies

MISSING = "–"
LONGEST = 16  # characters of a text that is never broken; a longer one is wrapped
# Columns that hold a word for a row of another table: what that row is called.
_NAMES = {"indicator_id": ("indicators", "name"), "headline_id": ("headlines", "name"), "term_id": ("terms", "term")}
_FINGERPRINTS = ("sha1", "sha256", "fingerprint")


def readable(frame: pd.DataFrame, lang: str | None = None) -> "Readable":
    """Return a frame to look at, in one language.

    Column names become the codebook's titles, codes their labels (still in the order of their list, so
    that sorting works), names of indicators take the place of their ids, and of two columns that say
    the same in Chinese and English one stays. Fingerprints are left out. Shown, missing cells are
    ``–``, dates have no time, numbers from 10,000 on are grouped and long texts are wrapped.

    Parameters
    ----------
    frame
        Any table of the codebook, or what a function made of one. It is not changed.
    lang
        ``zh`` or ``en``; by default the language that messages are in.

    Returns
    -------
    Readable
        The same rows in the same order; columns that no codebook knows keep their names. Index
        levels with a name come first, as columns.

    Raises
    ------
    DataError
        If the language is another.

    Examples
    --------
    >>> from panjin_analysis import load_targets
    >>> readable(load_targets()[["indicator_id", "comparator", "value", "unit"]].head(2), "en")
                                   Name Comparator Value       Unit
    Coverage of inclusive kindergartens   Equal to    90          %
         Homes adapted for older people   Equal to   317 households
    """
    lang = ui_language() if lang is None else lang
    if lang not in TRUTH:
        raise DataError("unknown_choice", where="readable", expected=", ".join(TRUTH), found=lang)
    named = [level is not None for level in frame.index.names]
    whole = frame.reset_index(level=[place for place, is_named in enumerate(named) if is_named])
    whole = whole.reset_index(drop=True)
    book, lists = _titles(whole, lang), _plain_lists(whole) | vocabularies(whole)
    out: dict[str, pd.Series] = {}
    for column in _shown(whole, lang):
        values, title = _labelled(whole[column], column, lists.get(column), lang)
        title = title or book.get(column) or book.get(column.removesuffix(f"_{lang}"), column)
        out[title if title not in out else f"{title} ({column})"] = values
    return Readable(out)


class Readable(pd.DataFrame):
    """A frame as ``readable`` makes it: any other frame, but for how it is shown."""

    @property
    def _constructor(self) -> type["Readable"]:
        return Readable

    def as_text(self) -> pd.DataFrame:
        """Return the cells as they are shown.

        Examples
        --------
        >>> Readable({"Seats": [10200.0, None, 7.25], "Open": [True, False, None]}).as_text().to_numpy().tolist()
        [['10,200', 'True'], ['–', 'False'], ['7.25', '–']]
        """
        texts = {name: [cell_text(value) for value in column.astype(object)] for name, column in self.items()}
        return pd.DataFrame(texts, index=self.index, columns=self.columns, dtype="str")

    def __repr__(self) -> str:
        """Show it in a terminal, Chinese characters counted as two."""
        shown, note = self._first_rows()
        with pd.option_context("display.unicode.east_asian_width", True):
            return "\n".join([shown.as_text().to_string(index=False), *([note] if note else [])])

    def _repr_html_(self) -> str:
        """Show it in a notebook: text to the left and wrapped, numbers to the right."""
        from pandas.io.formats.style import Styler

        shown, note = self._first_rows()
        text = shown.as_text().reset_index(drop=True)
        cells = {name: [{"selector": "td, th", "props": _look(self[name], text[name])}] for name in text.columns}
        style = (
            Styler(text, cell_ids=False)
            .format(escape="html")
            .format_index(escape="html", axis="columns")
            .hide(axis="index")
        )
        style = style.set_table_styles(cells).set_table_attributes('class="dataframe"')
        if note:
            style = style.set_caption(note)
        # The same table has the same name each time, so that notebooks run to the same bytes.
        name = hashlib.sha256(text.to_csv().encode()).hexdigest()[:8]
        return style.set_uuid(name).to_html()

    def _first_rows(self) -> tuple["Readable", str]:
        most = pd.get_option("display.max_rows")
        if not most or len(self) <= most:
            return self, ""
        return self.head(most), say(f"前 {most} 行，共 {len(self)} 行", f"first {most} of {len(self)} rows")


def cell_text(value: Any) -> str:
    """Return a cell as it is shown.

    Four digits stay together, as in a year.

    Examples
    --------
    >>> [cell_text(value) for value in (2024, 10200.0, 0.50, None, pd.Timestamp("2024-12-31"))]
    ['2024', '10,200', '0.5', '–', '2024-12-31']
    """
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return MISSING
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool) or not pd.api.types.is_number(value):
        return str(value)
    value += 0  # no minus before zero
    grouped = "," if abs(value) >= 10_000 else ""
    text = f"{value:{grouped}.3f}".rstrip("0").rstrip(".")
    return text if float(text.replace(",", "")) or not value else f"{value:.2g}"


def _look(column: pd.Series, text: pd.Series) -> list[tuple[str, str]]:
    """Return how the cells of a column stand: numbers to the right, long texts wrapped."""
    is_number = pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)
    is_long = text.str.len().max() > LONGEST
    width = [("white-space", "normal"), ("min-width", "12em"), ("max-width", "26em")]
    return [
        ("text-align", "right" if is_number else "left"),
        ("vertical-align", "top"),
        *(width if is_long else [("white-space", "nowrap")]),
    ]


def _shown(frame: pd.DataFrame, lang: str) -> list[str]:
    """Return the columns to show: of two that say the same, the one in the language; no fingerprints."""
    other = {"zh": "_en", "en": "_zh"}[lang]
    return [
        column
        for column in frame.columns
        if not str(column).endswith(_FINGERPRINTS)
        and not (str(column).endswith(other) and f"{str(column)[:-3]}_{lang}" in frame.columns)
    ]


def _titles(frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the title of each column: in the table most like the frame, else in the first that has it, else as derived."""
    title, book = f"title_{lang}", codebook()
    book = book[book["column"].isin(frame.columns)]
    first = book.drop_duplicates("column")
    alike = book["table"].value_counts(sort=False)
    most = book[book["table"] == alike.idxmax()] if len(alike) else first
    own = [column for table in own_tables().values() for column in table.columns]
    others = [*own, *read_derived(data_dir()), *candidate_table().columns]
    out = {column.name: getattr(column, title) for column in others}
    for rows in (first, most):
        out |= dict(zip(rows["column"], rows[title], strict=True))
    return out


def _plain_lists(frame: pd.DataFrame) -> dict[str, str]:
    """Return the list of each column that holds codes as plain text, by what the codebook says of its name."""
    described = [one for table in read_codebook(data_dir()).values() for one in table.columns]
    out = {}
    for one in [*described, *read_derived(data_dir())]:
        if one.vocabulary and one.name in frame.columns and pd.api.types.is_string_dtype(frame[one.name].dtype):
            cells = frame[one.name].dropna()
            if one.name not in out and len(cells) and cells.isin(labels(one.vocabulary)).all():
                out[one.name] = one.vocabulary
    return out


def _labelled(column: pd.Series, name: str, vocabulary: str | None, lang: str) -> tuple[pd.Series, str]:
    """Return a column with labels for codes, and a title of its own where its cells say more than its name."""
    if name == "vocabulary":
        return column.map(_list_titles(lang)).fillna(column), ""
    if name in _NAMES:
        return _named(column, *_NAMES[name], lang)
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.map(dict(zip((True, False), TRUTH[lang], strict=True))), ""
    if name.endswith("_pct"):
        return column.round(1), ""
    if vocabulary is None:
        return column, ""
    known = labels(vocabulary, lang)
    codes = column if isinstance(column.dtype, pd.CategoricalDtype) else column.astype(pd.CategoricalDtype([*known]))
    return codes.cat.rename_categories(known), _list_titles(lang)[vocabulary] if name == "code" else ""


def _named(column: pd.Series, table: str, stem: str, lang: str) -> tuple[pd.Series, str]:
    """Return the names of the rows that a column of words names, and the title of those names."""
    frame, described = load_table(table), read_codebook(data_dir())[table]
    names = dict(zip(frame[described.key[0]], frame[f"{stem}_{lang}"], strict=True))
    return column.map(names).fillna(column), getattr(described.column(f"{stem}_{lang}"), f"title_{lang}")


def _list_titles(lang: str) -> dict[str, str]:
    key = {"zh": "title_zh", "en": "title"}[lang]
    return {one["name"]: one[key] for one in read_package(data_dir())["vocabularies"]}
