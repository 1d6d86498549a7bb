"""How to cite the project, with the version of code and data at hand."""

import importlib.metadata

from panjin_analysis.load import data_dir, read_package

_BIBTEX = """@misc{{panjin_analysis_{year},
  author = {{{{panjin\\_analysis contributors}}}},
  title = {{{{{title}}}}},
  year = {{{year}}},
  note = {{Data {data}, software {code}}}
}}"""


def cite(style: str = "text") -> str:
    """Return a citation of the data and the software.

    Parameters
    ----------
    style
        ``text`` or ``bibtex``.

    Raises
    ------
    ValueError
        If the style is another.

    Examples
    --------
    >>> cite().startswith("panjin_analysis contributors")
    True
    """
    package = read_package(data_dir())
    year, title, data = package["created"][:4], package["title"], package["version"]
    code = importlib.metadata.version("panjin-analysis")
    if style == "bibtex":
        return _BIBTEX.format(year=year, title=title, data=data, code=code)
    if style != "text":
        raise ValueError(f"style is 'text' or 'bibtex', not {style!r}")
    return (
        f"panjin_analysis contributors ({year}). {title} (data {data}; software {code}) [data set and Python package]."
    )
