"""One report saved in every usual way, by other libraries than the ones that read it."""

import html
from pathlib import Path

import docx
import zhplot
from fpdf import FPDF
from PIL import Image

from panjin_analysis.text.healing import columns

FONT = Path(zhplot.__file__).parent / "fonts" / "NotoSansSC-Regular.ttf"
PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}_某市人民政府</title><style>p {{ text-indent: 2em }}</style>
<script>var hits = "今天天气很好。" + 1 < 2;</script></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/b">政务公开</a></li></ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/c">政府工作报告</a></div>
<div class="article"><h1>{title}</h1><div class="info">发布时间：2024-01-09 08:00 来源：市政府办公室 浏览次数：12</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="content" id="zoom">
{paragraphs}
</div>
<div>上一篇：<a href="/1">另一份文件</a></div></div>
<div class="sidebar"><a href="/2">通知公告</a></div>
<div class="footer"><p>版权所有：某市人民政府 主办：市政府办公室</p><p>备案号：12345678</p></div>
</body></html>
"""


def as_txt(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def as_wrapped(paragraphs: list[str], width: int = 72, lines: int = 40) -> str:
    """Return the text as an old converter leaves it: lines of one width, pages with numbers."""
    rows = []
    for paragraph in paragraphs:
        row = "　　"
        for mark in paragraph:
            if columns(row + mark) > width:
                rows.append(row)
                row = ""
            row += mark
        rows.append(row)
    pages = [rows[start : start + lines] for start in range(0, len(rows), lines)]
    return "".join("\n".join([*page, "", f"— {number} —", "", ""]) for number, page in enumerate(pages, start=1))


def as_html(title: str, paragraphs: list[str]) -> str:
    blocks = "\n".join(f"<p>　　{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return PAGE.format(title=html.escape(title), paragraphs=blocks)


def write_docx(title: str, paragraphs: list[str], path: Path) -> Path:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "某市政府文件"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    document.add_heading(title, 0)
    for paragraph in paragraphs:
        middle = len(paragraph) // 2
        block = document.add_paragraph("　　")
        block.add_run(paragraph[:middle]).bold = True
        block.add_run(paragraph[middle:])
    document.save(str(path))
    return path


class _Pages(FPDF):
    def header(self):
        self.set_font("noto", size=9)
        self.cell(0, 8, "某市政府文件", align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self):
        self.set_y(-15)
        self.set_font("noto", size=9)
        self.cell(0, 8, f"— {self.page_no()} —", align="C")


def write_pdf(title: str, paragraphs: list[str], path: Path, password: str = "") -> Path:
    pdf = _Pages()
    pdf.add_font("noto", fname=str(FONT))
    if password:
        pdf.set_encryption(owner_password=password, user_password=password)
    pdf.add_page()
    pdf.set_font("noto", size=20)
    pdf.multi_cell(0, 14, title, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("noto", size=15)
    for paragraph in paragraphs:
        pdf.multi_cell(0, 9, "　　" + paragraph, wrapmode="CHAR", align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))
    return path


def write_scan(path: Path, pages: int = 2) -> Path:
    """Return a PDF whose pages are pictures."""
    pdf = FPDF()
    for _ in range(pages):
        pdf.add_page()
        pdf.image(Image.new("L", (60, 80), 200), w=150)
    pdf.output(str(path))
    return path
