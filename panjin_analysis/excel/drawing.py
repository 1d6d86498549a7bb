"""Native charts and embedded figures of a sheet, each with an alt text."""

import io

from panjin_analysis.excel.layout import PAGE_WIDTH, Layout
from panjin_analysis.excel.sheet import Chart, Picture
from panjin_analysis.style import BLUE, HATCH

ROW = 20  # pixels that Excel gives to an untouched row
CHART_WIDTH = 760  # pixels
PIXELS = 7.0  # of a half-width character


def chart_height(layout: Layout) -> int:
    """Return the pixels that a chart of a table needs: one band a row."""
    return 21 * len(layout.rows) + 130


def add_chart(book, page, layout: Layout, wanted: Chart, row: int, font: str) -> int:
    """Insert a bar chart at a row; return the row below it."""
    chart = book.add_chart({"type": "bar", **({"subtype": "stacked"} if wanted.is_stacked else {})})
    name, letters = layout.sheet.name, {"name": font, "size": 10}
    for column, colour in wanted.series.items():
        place = layout.place(column)
        chart.add_series(
            {
                "name": [name, layout.head, place],
                "categories": [name, layout.first, 0, layout.last, 0],
                "values": [name, layout.first, place, layout.last, place],
                **_fill(column, colour),
                "border": {"color": BLUE},
                "gap": 45,
            }
        )
    chart.set_title({"name": wanted.title, "name_font": {"name": font, "size": 12, "bold": True}})
    nothing = {"visible": False}
    small = {"name": font, "size": 9}
    chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": small, "major_gridlines": nothing})
    light = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}
    axis = {"name": wanted.unit, "name_font": letters, "num_font": letters, "major_gridlines": light}
    chart.set_x_axis({**axis, "label_position": "high", "min": 0})
    chart.set_legend({"position": "bottom", "font": letters})
    height = chart_height(layout)
    chart.set_size({"width": CHART_WIDTH, "height": height})
    page.insert_chart(row, 0, chart, {"description": wanted.alt, "object_position": 3})
    return row + height // ROW + 2


def add_picture(page, layout: Layout, picture: Picture, row: int) -> int:
    """Insert a figure at a row, as wide as the printed page; return the row below it."""
    width, height = _size(picture.png)
    paper = PAGE_WIDTH["portrait" if layout.sheet.is_portrait else "landscape"]
    scale = 0.95 * paper * PIXELS / width
    options = {"image_data": io.BytesIO(picture.png), "description": picture.alt, "object_position": 3}
    page.insert_image(row, 0, f"{picture.name}.png", {**options, **_scaled(picture.png, scale)})
    return row + int(height * scale) // ROW + 2


def _scaled(png: bytes, scale: float) -> dict[str, float]:
    """Return the scale as XlsxWriter takes it: a PNG carries its own resolution, a screen has 96 pixels an inch."""
    per_inch = _resolution(png)
    return {"x_scale": scale * per_inch / 96, "y_scale": scale * per_inch / 96}


def _size(png: bytes) -> tuple[int, int]:
    """Return width and height in pixels, from the first chunk of a PNG."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def _resolution(png: bytes) -> float:
    """Return the pixels to an inch that a PNG names, 96 where it names none."""
    at = png.find(b"pHYs")
    return int.from_bytes(png[at + 4 : at + 8], "big") * 0.0254 if at >= 0 else 96.0


def _fill(code: str, colour: str) -> dict[str, dict[str, str]]:
    """Return the fill of a series: hatched where the house look hatches."""
    if code in HATCH:
        return {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": BLUE, "bg_color": colour}}
    return {"fill": {"color": colour}}
