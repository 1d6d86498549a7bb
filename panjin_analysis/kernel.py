"""What a running notebook hands to its page beside what JupyterLab shows.

Called in the kernel before the first cell. A chart then comes as SVG too, a frame as
typed data, a caption as its parts; the committed notebook keeps none of these.
"""

import dataclasses
import io
from typing import Any

SVG = "image/svg+xml"
FRAME = "application/vnd.dataresource+json"  # a Frictionless Table Schema, which pandas writes itself
CAPTION = "application/vnd.panjin.caption+json"
EXTRA = (SVG, FRAME, CAPTION)
_INLINE = "module://matplotlib_inline.backend_inline"
# Inline pictures are otherwise cut to their ink and stamped with a version.
_PNG: dict[str, Any] = {"bbox_inches": None, "dpi": 70, "metadata": {"Software": None}}


def show_more() -> None:
    """Make this kernel show charts, frames and captions in more than one form.

    Does nothing outside a kernel.

    Examples
    --------
    >>> show_more()
    """
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        _show_frames()
        _show_captions(shell)
        _show_charts(shell)


def svg_with_text(figure: Any) -> str:
    """Return a figure as SVG whose words stay text: small, selectable, drawn by the page's font.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> drawn = Figure()
    >>> _ = drawn.text(0, 0, "90")
    >>> ">90</text>" in svg_with_text(drawn)
    True
    """
    import matplotlib as mpl

    picture = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "panjin", "savefig.bbox": None}):
        figure.savefig(picture, format="svg", metadata={"Date": None, "Creator": None})
    return picture.getvalue()


def _show_frames() -> None:
    import pandas as pd

    pd.set_option("display.html.table_schema", True)


def _show_captions(shell: Any) -> None:
    from IPython.core.formatters import BaseFormatter
    from traitlets import ObjectName, Unicode

    class CaptionFormatter(BaseFormatter):
        format_type, print_method, _return_type = Unicode(CAPTION), ObjectName("_repr_caption_"), (dict,)

    formatter = CaptionFormatter(parent=shell.display_formatter)
    formatter.for_type_by_name("panjin_analysis.captions.caption", "Caption", dataclasses.asdict)
    shell.display_formatter.formatters[CAPTION] = formatter


def _show_charts(shell: Any) -> None:
    """Set the inline backend up first: doing so later would drop the form added here."""
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure
    from matplotlib_inline.backend_inline import configure_inline_support
    from matplotlib_inline.config import InlineBackend

    plt.switch_backend(_INLINE)
    InlineBackend.instance(parent=shell).print_figure_kwargs = _PNG
    configure_inline_support(shell, _INLINE)
    forms = shell.display_formatter.formatters
    forms[SVG].for_type(Figure, svg_with_text)
    # Last, because drawing settles the layout a little further: the PNG stays what it is without this.
    forms[SVG] = forms.pop(SVG)
