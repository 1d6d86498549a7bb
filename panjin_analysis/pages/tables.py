"""A frame as a table of a page: titles of the codebook, labels for codes, numbers to the right.

Without script it is a plain table with a caption and marked header cells. The page's
script gives it buttons that sort and a box that filters; for that a cell carries the
value behind what it shows, so that codes sort in their own order and numbers as numbers.
"""

import hashlib

import pandas as pd
from markupsafe import Markup

from panjin_analysis.pages.words import word
from panjin_analysis.readable import Readable, cell_text, readable
from panjin_analysis.style import text_width

FILTERED = 8  # rows from which a filter helps
SORTED = 3  # rows from which sorting does
LONG = 24  # half-width units of text from which a cell may be broken into lines
YEARS = range(1900, 2100)


def table(frame: pd.DataFrame, caption: str, *, name: str, lang: str = "zh", note: str = "") -> Markup:
    """Return a frame as an HTML table that can be sorted, filtered, scrolled and printed.

    It is shown as ``readable`` shows it: titles for columns, labels for codes, which sort
    in the order of their list. A missing value is a dash that is read out as a word.

    Parameters
    ----------
    frame
        Rows and columns as they are to be shown; an index with a name becomes the first column.
    caption
        What the table holds.
    name
        A name that no other table of the page has.
    lang
        ``zh`` or ``en``.
    note
        A line under the table.

    Examples
    --------
    >>> table(pd.DataFrame({"due_on": [None]}), "时限", name="a").count("<td")
    1
    """
    shown = frame if isinstance(frame, Readable) else readable(frame, lang)
    columns = [_Column(str(title), shown[title], word("missing", lang)) for title in shown.columns]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(column.attributes(), column.title) for column in columns
    )
    rows = Markup("\n").join(
        Markup("<tr>{}</tr>").format(Markup("").join(column.cell(place) for column in columns))
        for place in range(len(shown))
    )
    notes = [text for text in (word("blank", lang) if shown.isna().any(axis=None) else "", note) if text]
    return Markup(
        '<div class="table" data-filter="{filter}" data-rows="{rows_word}" data-shown="{shown_word}"'
        ' data-sort="{sort}" data-filtered="{filtered}" data-sorted="{sorted}">\n'
        '<div class="scroll" role="region" aria-labelledby="{id}" tabindex="0"><table>\n'
        '<caption><span id="{id}">{caption}</span></caption>\n'
        "<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>{notes}</div>\n"
    ).format(
        filter=word("filter", lang),
        rows_word=word("rows", lang),
        shown_word=word("shown", lang),
        sort=word("sort", lang),
        filtered=int(len(shown) >= FILTERED),
        sorted=int(len(shown) >= SORTED),
        id="t" + hashlib.sha256(name.encode()).hexdigest()[:8],
        caption=caption,
        head=head,
        rows=rows,
        notes=Markup("").join(Markup('<p class="note">{}</p>').format(text) for text in notes),
    )


class _Column:
    """One column: what its cells show, and what they sort by."""

    def __init__(self, title: str, values: pd.Series, missing: str):
        self.title, self.values, self.missing = title, values.tolist(), missing
        self.known = [value for value in self.values if not pd.isna(value)]
        is_coded = isinstance(values.dtype, pd.CategoricalDtype)
        self.order = {label: place for place, label in enumerate(values.cat.categories)} if is_coded else {}
        self.is_numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
        # A year is a name: it stands to the left like one.
        self.is_number = self.is_numeric and not (self.known and all(value in YEARS for value in self.known))
        self.decimals = self._decimals()

    def _decimals(self) -> int | None:
        """Return the decimals that all numbers of a share or a coefficient have; None: each as it needs."""
        if not self.is_number or all(float(value).is_integer() for value in self.known):
            return None
        if self.title.endswith(("（%）", "(%)")):
            return 1
        return 3 if max(map(abs, self.known)) <= 1 else None

    def attributes(self) -> Markup:
        """Return what the header cell carries."""
        return Markup(' class="num"') if self.is_number else Markup("")

    def cell(self, place: int) -> Markup:
        """Return the cell of a row."""
        value = self.values[place]
        side = "num" if self.is_number else ""
        if pd.isna(value):
            dash = Markup('<span aria-hidden="true">—</span><span class="unseen">{}</span>').format(self.missing)
            return Markup('<td class="{}">{}</td>').format(f"{side} missing".strip(), dash)
        text = cell_text(value) if self.decimals is None else f"{value:,.{self.decimals}f}"
        side = side or ("long" if text_width(text) > LONG else "")
        return Markup("<td{}{}>{}</td>").format(
            Markup(' class="{}"').format(side) if side else "",
            Markup(' data-value="{}"').format(sort) if (sort := self._sort(value)) is not None else "",
            text,
        )

    def _sort(self, value: object) -> object:
        """Return the number that a cell sorts by; None: by its text."""
        return value if self.is_numeric else self.order.get(value)
