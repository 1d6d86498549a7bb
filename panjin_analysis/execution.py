"""Running notebooks so that the same inputs give the same bytes.

What would change from run to run is left out: times, versions, memory addresses.
"""

import copy
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from panjin_analysis.errors import DataError
from panjin_analysis.kernel import EXTRA
from panjin_analysis.load import bundled

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
_SETUP = "from panjin_analysis.kernel import show_more as _show_more; _show_more()\n"


def notebook_paths() -> list[Path]:
    """Return the notebooks that come with the project, in their order.

    Examples
    --------
    >>> notebook_paths()[0].name
    '01_at_a_glance.ipynb'
    """
    return sorted(bundled("notebooks").glob("[0-9][0-9]_*.ipynb"))


def executed(path: Path, data: Path) -> bytes:
    """Run a notebook from top to bottom on a data folder; return it with its outputs, as it is committed.

    Raises
    ------
    DataError
        Naming the cell that failed and why.
    """
    return committed(run(path, data))


def run(path: Path, data: Path) -> Any:
    """Run a notebook from top to bottom on a data folder.

    Returns
    -------
    nbformat.NotebookNode
        The notebook with its outputs, each in every form that ``kernel.show_more`` adds.

    Raises
    ------
    DataError
        Naming the cell that failed and why.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    written, first.source = first.source, _SETUP + first.source
    with tempfile.TemporaryDirectory() as folder, _kernel_environment(data):
        client = NotebookClient(
            notebook,
            timeout=600,
            extra_arguments=["--log-level=40"],
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": folder}},
        )
        try:
            client.execute()
        except CellExecutionError as error:
            raise DataError("notebook_failed", where=path.name, found=f"{error.ename}: {error.evalue}") from None
    first.source = written
    return _stable(notebook)


def committed(notebook: Any) -> bytes:
    """Return a notebook that was run as a file: pictures as PNG only, without what is there for its page."""
    import nbformat

    kept = copy.deepcopy(notebook)
    for cell in kept.cells:
        for output in cell.get("outputs", []):
            for form in EXTRA:
                output.get("data", {}).pop(form, None)
                output.get("metadata", {}).pop(form, None)
    return (nbformat.writes(kept) + "\n").encode()


@contextmanager
def _kernel_environment(data: Path) -> Iterator[None]:
    """Give the kernel its data folder, inline pictures and Chinese; put the variables back afterwards."""
    wanted = {
        "PANJIN_DATA": str(data.resolve()),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PANJIN_LANG": "zh",
        "PYTHONUTF8": "1",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


def _stable(notebook: Any) -> Any:
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = _ADDRESS.sub("", output["text"])
            plain = output.get("data", {}).get("text/plain")
            if plain:
                output["data"]["text/plain"] = _ADDRESS.sub("", plain)
    return notebook
