"""Every table with its codebook, in the file that another program reads best."""

from panjin_analysis.export.folder import FORMATS, export

__all__ = ["FORMATS", "export"]
