"""What a kernel showed of a frame, back as a frame: from its typed data, else from its HTML."""

from typing import Any

import pandas as pd
from lxml import html

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
    rows = [[cell.text_content().strip() for cell in row] for row in html.fromstring(markup).iter("tr")]
    frame = pd.DataFrame(rows[1:], columns=rows[0], dtype="str")
    return frame.iloc[:, 1:] if rows[0][0] == "" else frame  # an index that only counts


def _from_data(resource: dict[str, Any]) -> pd.DataFrame:
    """Return the frame behind a Table Schema resource, without an index that only counts."""
    fields = [field for field in resource["schema"]["fields"] if field["name"] != "index"]
    cells = pd.DataFrame(resource["data"], columns=[field["name"] for field in fields], dtype="object")
    return pd.DataFrame({field["name"]: _typed(cells[field["name"]], field) for field in fields})


def _typed(values: pd.Series, field: dict[str, Any]) -> pd.Series:
    if "constraints" in field:
        codes = pd.CategoricalDtype(field["constraints"]["enum"], ordered=field["ordered"])
        return values.astype(codes)
    if field["type"] == "datetime":
        return pd.to_datetime(values.str.removesuffix("Z")).dt.tz_localize(None)
    return values.astype(_TYPES.get(field["type"], "str"))
