"""Frames, charts and prose to web pages that need no network: one file each, font and script inside."""

from panjin_analysis.pages.figures import figure
from panjin_analysis.pages.fonts import font_face
from panjin_analysis.pages.page import Page, page
from panjin_analysis.pages.tables import table

__all__ = ["Page", "figure", "font_face", "page", "table"]
