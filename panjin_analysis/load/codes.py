"""What the tables mean: the codebook as a frame, and the lists of codes."""

import pandas as pd

from panjin_analysis.errors import DataError
from panjin_analysis.load.store import data_dir, load_table, read_codebook, read_user_tables
from panjin_analysis.schema import Column


def load_vocabulary(name: str | None = None) -> pd.DataFrame:
    """Load the closed lists of codes, all of them or one.

    Parameters
    ----------
    name
        A vocabulary such as ``"domain"``; all by default.

    Returns
    -------
    pandas.DataFrame
        One row a code, in the order charts and lists use, with labels and definition
        in Chinese and English.

    Raises
    ------
    DataError
        If there is no such vocabulary.

    Examples
    --------
    >>> load_vocabulary("testable")["code"].tolist()
    ['no', 'partly', 'yes']
    """
    vocabulary = load_table("vocabulary")
    if name is None:
        return vocabulary
    known = vocabulary["vocabulary"].unique().tolist()
    if name not in known:
        raise DataError("unknown_choice", where="load_vocabulary", expected=", ".join(known), found=name)
    return vocabulary[vocabulary["vocabulary"] == name].reset_index(drop=True)


def codebook(table: str | None = None) -> pd.DataFrame:
    """Return the codebook as a frame: what every column of every table means.

    Parameters
    ----------
    table
        One table; all bundled ones by default. A user's own, ``progress``, is described too.

    Returns
    -------
    pandas.DataFrame
        One row a column: ``table``, ``column``, ``type``, ``unit``, ``vocabulary``,
        ``is_required``, titles and descriptions in Chinese and English.

    Raises
    ------
    DataError
        If there is no such table.

    Examples
    --------
    >>> codebook("targets").set_index("column").loc["value", "type"]
    'number'
    """
    bundled = read_codebook(data_dir())
    tables = bundled | read_user_tables(data_dir())
    if table is not None and table not in tables:
        raise DataError("unknown_choice", where="codebook", expected=", ".join(tables), found=table)
    chosen = bundled.values() if table is None else [tables[table]]
    rows = [{"table": one.name, **_describe(column)} for one in chosen for column in one.columns]
    return pd.DataFrame(rows)


def describe_code(code: str) -> pd.DataFrame:
    """Say what a code means, in every vocabulary that has it.

    Parameters
    ----------
    code
        A code as it stands in the tables, such as ``"deliver"``.

    Returns
    -------
    pandas.DataFrame
        One row per vocabulary that has the code.

    Raises
    ------
    DataError
        If no vocabulary has it.

    Examples
    --------
    >>> describe_code("deliver")["vocabulary"].tolist()
    ['verb_force', 'strength']
    """
    vocabulary = load_vocabulary()
    found = vocabulary[vocabulary["code"] == code].reset_index(drop=True)
    if found.empty:
        expected = "a code of data/vocabulary.csv"
        raise DataError("unknown_reference", where="describe_code", expected=expected, found=code)
    return found


def _describe(column: Column) -> dict[str, object]:
    return {
        "column": column.name,
        "type": column.type,
        "unit": column.unit,
        "vocabulary": column.vocabulary,
        "is_required": column.is_required,
        "title_zh": column.title_zh,
        "title_en": column.title_en,
        "description_zh": column.description_zh,
        "description_en": column.description_en,
    }
