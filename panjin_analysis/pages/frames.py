"""What a kernel showed of a frame, back as a frame: from its typed data, else from its HTML."""

from typing import Any

import pandas as pd
from lxml import html

from panjin_analysis.errors import DataError, say
from panjin_analysis.kernel import FRAME

_TYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}


def shown_frame(forms: dict[str, Any]) -> pd.DataFrame | None:
    """Return the frame that an output shows, or None if it shows none.

    Typed data keep what HTML loses: which cells are missing, which columns are codes
    and in what order. A table that comes as HTML only, a styled one for example, is
    read from that, as text.

    Parameters
    ----------
    forms
        The output's forms by media type, as in a notebook.

    Raises
    ------
    DataError
        If a table that comes as HTML only has merged cells, several rows of headers or rows of
        other lengths: its cells could not be told to their columns.

    Examples
    --------
    >>> shown_frame({"text/html": "<table><tr><th>数</th></tr><tr><td>—</td></tr></table>"})
      数
    0  —
    >>> shown_frame({"text/plain": "3"}) is None
    True
    """
    if FRAME in forms:
        return _from_data(forms[FRAME])
    markup = str(forms.get("text/html", ""))
    if "<table" not in markup:
        return None
    return _from_html(html.fromstring(markup))


def _from_html(tree: html.HtmlElement) -> pd.DataFrame:
    """Return the frame that a table of HTML shows, as text, without an index that only counts."""
    rows = [[cell.text_content().strip() for cell in row] for row in tree.iter("tr")]
    merged = tree.xpath(".//*[(@rowspan and @rowspan != '1') or (@colspan and @colspan != '1')]")
    headers, widths = len(tree.xpath(".//thead/tr")), {len(row) for row in rows}
    if merged or headers > 1 or len(widths) != 1:
        found = say(
            f"合并单元格 {len(merged)} 个，表头 {headers} 行，各行 {_listed(widths)} 格",
            f"merged cells: {len(merged)}, rows of headers: {headers}, cells in a row: {_listed(widths)}",
        )
        raise DataError(
            "merged_cells", where=say("表", "table") + f" {' | '.join(rows[0]) if rows else ''}", found=found
        )
    frame = pd.DataFrame(rows[1:], columns=rows[0], dtype="str")
    return frame.iloc[:, 1:] if rows[0][0] == "" else frame


def _listed(widths: set[int]) -> str:
    return ", ".join(map(str, sorted(widths))) or "0"


def _from_data(resource: dict[str, Any]) -> pd.DataFrame:
    """Return the frame behind a Table Schema resource, without an index that only counts."""
    fields = resource["schema"]["fields"]
    fields = fields[1:] if fields[0]["name"] == "index" else fields  # further on it is a column of that name
    cells = pd.DataFrame(resource["data"], columns=[field["name"] for field in fields], dtype="object")
    return pd.DataFrame({field["name"]: _typed(cells[field["name"]], field) for field in fields})


def _typed(values: pd.Series, field: dict[str, Any]) -> pd.Series:
    if "constraints" in field:
        codes = pd.CategoricalDtype(field["constraints"]["enum"], ordered=field["ordered"])
        return values.astype(codes)
    if field["type"] == "datetime":
        return pd.to_datetime(values.str.removesuffix("Z")).dt.tz_localize(None)
    return values.astype(_TYPES.get(field["type"], "str"))
