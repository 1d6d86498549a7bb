"""One field of the report on one page: picture, slides, workbook and web page from the same frames."""

from panjin_analysis.brief.facts import Brief, brief, domains, find_domain

__all__ = ["Brief", "brief", "domains", "find_domain"]
