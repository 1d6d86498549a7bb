"""JupyterLab on copies of the notebooks: what comes with the package is left as it is."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from panjin_analysis.errors import DataError
from panjin_analysis.execution import notebook_paths
from panjin_analysis.files import write_whole

FOLDER = Path("panjin_notebooks")
_PLACES = ("PANJIN_DATA", "PANJIN_REPORTS", "PANJIN_ADOPTED")


@dataclass(frozen=True)
class Copied:
    """What became of each notebook: newly copied, there already, or there and changed."""

    new: list[Path]
    same: list[Path]
    changed: list[Path]


def copy_notebooks(folder: Path | str = FOLDER) -> Copied:
    """Copy the notebooks that are not there yet; what is there is never written over.

    Parameters
    ----------
    folder
        Where to; it is made if need be.

    Returns
    -------
    Copied
        The paths in the folder, sorted by what became of them.

    Raises
    ------
    DataError
        If the folder cannot be read or written.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> len(copy_notebooks(folder).new) == len(copy_notebooks(folder).same)
    True
    """
    done = Copied([], [], [])
    for source in notebook_paths():
        path, data = Path(folder) / source.name, source.read_bytes()
        if path.exists():
            (done.same if _bytes(path) == data else done.changed).append(path)
        else:
            done.new.append(write_whole(path, data))
    return done


def open_lab(folder: Path | str, words: Sequence[str] = ()) -> int:
    """Run JupyterLab in a folder until it is closed, with this Python; return its exit status.

    Folders that ``PANJIN_DATA``, ``PANJIN_REPORTS`` and ``PANJIN_ADOPTED`` name are the same inside as outside.

    Parameters
    ----------
    folder
        What it shows.
    words
        Options of ``jupyter lab``, such as ``--no-browser``.
    """
    # Figures appear in the notebook whatever the variable says outside.
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    # A relative path is meant from here, not from the folder of the notebooks.
    environment |= {name: str(Path(environment[name]).resolve()) for name in _PLACES if environment.get(name)}
    # Ctrl-C is for JupyterLab, which asks before it stops its kernels; we wait for it.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call([sys.executable, "-m", "jupyterlab", *words], cwd=folder, env=environment)
    finally:
        signal.signal(signal.SIGINT, before)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError("unreadable_file", where=path, found=error.strerror) from None
