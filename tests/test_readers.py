"""The same report from every kind of file is the same text; what is no report is one clear line."""

import re
import tracemalloc
import zipfile
import zlib

import docx
import paper
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from panjin_analysis.errors import DataError
from panjin_analysis.text import limits
from panjin_analysis.text.documents import ENDINGS, document_of, read_document, read_text
from panjin_analysis.text.encodings import decode
from panjin_analysis.text.html_reader import html_lines
from panjin_analysis.text.segments import segment

TITLE = "某市政府工作报告"
PARAGRAPHS = [
    "各位代表：",
    "现在，我向大会报告工作，请予审议。",
    "一、上年工作回顾",
    "全年地区生产总值增长5.2%，新增就业1.2万人；改造老旧小区30个，惠及居民2万户。“一网通办”持续优化，办件时间压缩60%以上，"
    "群众满意度达到98.5%，比上年提高1.3个百分点，营商环境进一步改善，发展的信心和底气更足。",
    "（一）产业升级",
    "完成投资230亿元，开工项目120个，其中亿元以上45个（含续建12个），R&D经费增长12%。",
    "二、今年重点任务",
    "新建公园6座、口袋公园20座，修缮道路12公里，供热管网改造36公里，力争6月底前全部完工。",
]
TEXT = "\n".join([TITLE, *PARAGRAPHS])
KINDS = {
    "gb18030 txt": "a.txt",
    "wrapped utf-16 txt": "b.txt",
    "md": "c.md",
    "html": "d.html",
    "gb18030 html": "e.htm",
    "docx": "f.docx",
    "pdf": "g.pdf",
}


def save(folder, title, paragraphs):
    """Save one report in every kind."""
    whole = [title, *paragraphs]
    page = paper.as_html(title, paragraphs)
    (folder / "a.txt").write_bytes(paper.as_txt(whole).encode("gb18030"))
    (folder / "b.txt").write_bytes(paper.as_wrapped(whole).replace("\n", "\r\n").encode("utf-16"))
    (folder / "c.md").write_text("---\ntitle: x\n---\n\n# " + paper.as_txt(whole), encoding="utf-8")
    (folder / "d.html").write_text(page, encoding="utf-8")
    (folder / "e.htm").write_bytes(page.replace("utf-8", "gb2312").encode("gb18030"))
    paper.write_docx(title, paragraphs, folder / "f.docx")
    paper.write_pdf(title, paragraphs, folder / "g.pdf")
    return folder


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return save(tmp_path_factory.mktemp("saved"), TITLE, PARAGRAPHS)


@pytest.fixture(scope="module")
def real(tmp_path_factory, reports):
    """Return a folder with a whole real report in every kind, and its text."""
    title, *paragraphs = [TITLE, *read_document(reports / "panjin" / "2025.md").text.split("\n")]
    return save(tmp_path_factory.mktemp("real"), title, paragraphs), "\n".join([title, *paragraphs])


def clauses(text):
    return [text[clause.start : clause.end] for clause in segment(text)]


@pytest.mark.parametrize("name", KINDS.values(), ids=KINDS)
def test_one_report_is_one_text_in_every_kind_of_file(saved, name):
    assert read_document(saved / name).text == TEXT


@pytest.mark.parametrize("name", KINDS.values(), ids=KINDS)
def test_a_real_report_has_the_same_clauses_in_every_kind_of_file(real, name):
    folder, text = real
    found = read_document(folder / name).text
    assert len(text) > 15_000
    assert clauses(found) == clauses(text)
    assert found == text, "equal clauses, but other paragraphs"


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "c.md", "d.html", "e.htm"])
def test_each_character_stands_in_the_source_where_the_document_says(saved, name):
    document = read_document(saved / name)
    assert document.unit == "character"
    wrong = [
        (mark, document.source[document.source_place(offset)])
        for offset, mark in enumerate(document.text)
        if mark != "\n" and document.source[document.source_place(offset)] != mark
    ]
    assert {pair for pair in wrong if pair != ("&", "&")} == set()


def test_the_source_of_a_coded_text_is_the_text_that_offsets_refer_to(saved, reports):
    for path in (saved / "a.txt", saved / "c.md", reports / "panjin" / "2024-excerpt.txt"):
        assert read_document(path).source == read_text(path)


def test_a_docx_tells_paragraphs_and_a_pdf_pages(saved):
    word, pdf = read_document(saved / "f.docx"), read_document(saved / "g.pdf")
    places = [word.source_place(offset) for offset, mark in enumerate(word.text) if mark == "\n"]
    assert (word.unit, places) == ("paragraph", list(range(1, 9)))
    assert (pdf.unit, pdf.source_place(0), pdf.source_place(len(pdf.text))) == ("page", 1, 1)


def test_a_pdf_of_many_pages_loses_its_headers_and_keeps_its_pages(tmp_path):
    body = [f"第{number}段。{PARAGRAPHS[3][number:]}{PARAGRAPHS[7][: 2 * number]}。" for number in range(40)]
    document = read_document(paper.write_pdf(TITLE, body, tmp_path / "a.pdf"))
    assert document.text == "\n".join([TITLE, *body])
    pages = [document.source_place(offset) for offset in range(len(document.text))]
    assert pages == sorted(pages)
    assert set(pages) == set(range(1, pages[-1] + 1))
    assert pages[-1] > 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, "發展經濟，改善民生。" * 3, "甲，" * 9000])
def test_an_encoding_is_told_from_the_bytes(encoding, text):
    found, _ = decode(text.encode(encoding))
    assert found.removeprefix("\ufeff") == text


def test_a_page_of_letters_in_gb18030_is_not_taken_for_utf_16():
    page = paper.as_html(TITLE, ["a" * 4000, "甲乙。"])
    assert decode(page.encode("gb18030"))[1] == "gb18030"


def test_a_page_keeps_the_report_alone():
    menu = "<div class='top-nav'><ul>" + "<li><a href='/'>政务公开。</a></li>" * 40 + "</ul></div>"
    related = "<div class='related'><p><a>相关文件。今天天气很好。</a></p></div>"
    hidden = "<div style='display:none'>隐藏的一句话。</div>"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:5])
    source = (
        f"<body>{menu}<div id='share-content'><br>{body}{hidden}<p>【打印】【关闭】</p>{related}</div>{menu}</body>"
    )
    assert document_of(html_lines(source, "a"), "character", source).text == "\n".join(PARAGRAPHS[:5])


def test_one_long_paragraph_is_not_the_whole_report():
    long = PARAGRAPHS[3] * 3
    source = f"<body><div><a href='/'>首页</a></div><div><h3>各位代表：</h3><p>{long}</p><p>谢谢！</p></div></body>"
    assert document_of(html_lines(source, "a"), "character", source).text == f"各位代表：\n{long}\n谢谢！"


def test_a_short_line_that_begins_like_a_word_of_the_page_stays():
    lines = [*PARAGRAPHS[:4], "关闭小矿12座。", "分享发展成果", "打印产业加快集聚", "来源广泛的资金更多"]
    source = (
        "".join(f"<p>{line}</p>" for line in lines) + "<p>来源：某网</p><p>字体：大 中 小</p><p>分享到：</p><p>打印</p>"
    )
    assert document_of(html_lines(source, "a"), "character", source).text == "\n".join(lines)


def test_a_page_that_is_one_form_of_tables_and_split_runs_is_read():
    rows = "".join(
        f"<p><span>{paragraph[:-1]}</span><font><b>{paragraph[-1]}</b></font></p>" for paragraph in PARAGRAPHS[1:]
    )
    source = (
        "<form id='aspnetForm'><table><tr><td><a href='/'>首页</a></td></tr><tr><td>"
        f"<font>{rows}</font></td></tr><tr><td>版权所有：某市</td></tr></table></form>"
    )
    assert document_of(html_lines(source, "a"), "character", source).text == "\n".join(PARAGRAPHS[1:])


def test_line_breaks_and_broken_markup_of_a_page_are_read_as_a_browser_does():
    source = (
        "<div>　　" + "。<br>　　".join(["甲" * 30, "乙" * 30, "丙<b>丁" + "&ldquo;戊&#x5df1;&rdquo;&nbsp;"]) + "。"
    )
    document = document_of(html_lines(source, "a"), "character", source)
    assert document.text == "\n".join(["甲" * 30 + "。", "乙" * 30 + "。", "丙丁“戊己”。"])
    assert source[document.source_place(document.text.index("己")) :].startswith("&#x5df1;")


def test_what_word_marks_as_deleted_or_hides_in_a_fallback_is_no_text(tmp_path):
    written = docx.Document()
    written.add_paragraph("甲乙。")
    table = written.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "丙", "丁"
    written.save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        xml = archive.read("word/document.xml").decode()
    deleted = "<w:del><w:r><w:t>不</w:t><w:delText>不</w:delText></w:r></w:del><w:r><w:tab/><w:t>戊</w:t><w:br/><w:t>己</w:t></w:r></w:p>"
    xml = xml.replace("</w:p>", deleted, 1)
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert read_document(tmp_path / "b.docx").text == "甲乙。戊\n己\n丙\n丁"


# What is no report, one line each.


def refused(path):
    with pytest.raises(DataError) as caught:
        read_document(path)
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value.kind


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"", "empty_document"),
        ("a.txt", b"\xef\xbb\xbf\r\n", "empty_document"),
        ("a.md", b"---\ntitle: x\n---\n", "empty_document"),
        ("a.docx", b"", "empty_document"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "not_text"),
        ("a.txt", b"\x7fELF" + bytes(range(256)) * 9, "not_text"),
        ("a.md", "一。".encode() + b"\xff", "not_text"),
        ("a.txt", b"%PDF-1.7\n1 0 obj", "wrong_ending"),
        ("a.html", b"PK\x03\x04" + bytes(30), "wrong_ending"),
        ("a.pdf", b"PK\x03\x04" + bytes(30), "wrong_ending"),
        ("a.doc", OLE, "old_doc"),
        ("a.docx", OLE, "old_doc"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_file"),
        ("a.docx", b"PK\x03\x04 and no more", "broken_document"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "broken_document"),
        ("a.rtf", b"{\\rtf1}", "unknown_ending"),
        ("report", "一。".encode(), "unknown_ending"),
        ("a.html", "<ul><li><a>一。</a></li></ul><p>页面不存在。</p>".encode(), "no_report"),
        ("a.html", b"<html></html>", "no_report"),
        ("a.html", ("<a>甲乙丙丁。</a>" * 99).encode(), "no_report"),
        ("a.html", ("<script>" + "甲乙丙丁。" * 99).encode(), "no_report"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path, name, data, kind):
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path) == kind


def test_what_is_not_there_or_is_a_folder_is_refused(tmp_path):
    assert refused(tmp_path / "no.pdf") == "missing_file"
    (tmp_path / "a.txt").mkdir()
    assert refused(tmp_path / "a.txt") == "unreadable_file"


@pytest.mark.parametrize("name", ["f.docx", "g.pdf"])
@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
def test_a_file_that_did_not_arrive_whole_is_refused(saved, tmp_path, name, part):
    whole = (saved / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * part)])
    assert refused(tmp_path / name) == "broken_document"


def test_a_docx_without_its_text_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(tmp_path / "a.docx") == "broken_document"


def test_a_pdf_with_a_password_is_refused(tmp_path):
    assert refused(paper.write_pdf(TITLE, PARAGRAPHS, tmp_path / "a.pdf", password="x")) == "encrypted_file"


def test_a_scan_is_refused(tmp_path):
    assert refused(paper.write_scan(tmp_path / "a.pdf")) == "scanned_pdf"


def test_a_file_of_200_mb_is_refused_unread(tmp_path):
    for ending in ENDINGS:
        path = tmp_path / f"a{ending}"
        with path.open("wb") as file:
            file.truncate(200 * 2**20)
        tracemalloc.start()
        assert refused(path) == "file_too_large"
        assert tracemalloc.get_traced_memory()[1] < 2**20
        tracemalloc.stop()


def test_a_text_of_too_many_lines_or_characters_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("年\n" * (limits.LINES + 2), encoding="utf-8")
    assert refused(path) == "file_too_large"
    path.write_text("a" * (limits.CHARACTERS + 1), encoding="utf-8")
    assert refused(path) == "file_too_large"


def test_a_page_of_too_many_tags_is_refused(tmp_path):
    (tmp_path / "a.html").write_text("<br>" * (limits.HTML_TAGS + 1), encoding="utf-8")
    assert refused(tmp_path / "a.html") == "file_too_large"


def test_a_swollen_docx_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (limits.DOCX_XML_BYTES + 1))
    assert refused(tmp_path / "a.docx") == "swollen_file"


def test_a_docx_whose_entities_multiply_is_refused(tmp_path):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    xml = f'<!DOCTYPE a [<!ENTITY a0 "{"x" * 1000}">{entities}]><a><p><t>&a8;</t></p></a>'
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert refused(tmp_path / "a.docx") in {"broken_document", "empty_document"}


def test_an_outside_entity_of_a_docx_is_not_fetched(tmp_path):
    (tmp_path / "secret").write_text("秘密。", encoding="utf-8")
    address = (tmp_path / "secret").as_uri()
    xml = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{address}">]><a><p><t>一。&e;</t></p></a>'
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert "秘" not in read_document(tmp_path / "a.docx").text


def test_a_swollen_pdf_is_refused(tmp_path):
    stream = zlib.compress(b" " * (limits.PDF_STREAM_BYTES + 2**21), 9)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + stream + b"\nendstream endobj\n%%EOF")
    assert refused(path) == "swollen_file"


def test_a_pdf_of_nothing_but_beginnings_of_streams_is_refused_soon(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\n" + b"stream\n" * 200_000 + b"%%EOF")
    assert refused(tmp_path / "a.pdf") == "broken_document"


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
@example(data=b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF")
@example(data=b"PK\x05\x06" + bytes(18))
@example(data=b"<!--")
@example(data=b"<p>" * 300)
@example(data=b"\xff\xfe\x00")
def test_any_bytes_are_a_document_or_a_data_error(tmp_path, ending, data):
    path = tmp_path / f"a{ending}"
    path.write_bytes(data)
    document_or_error(path)


@pytest.mark.parametrize("name", KINDS.values(), ids=KINDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), max_size=6))
def test_a_damaged_file_is_a_document_or_a_data_error(saved, tmp_path, name, changes):
    data = bytearray((saved / name).read_bytes())
    for where, new in changes:
        place = int(where * len(data))
        data[place : place + len(new)] = new
    (tmp_path / name).write_bytes(data)
    document_or_error(tmp_path / name)


def document_or_error(path):
    try:
        document = read_document(path)
    except DataError:
        return
    assert re.search(r"\S", document.text)
    assert all(document.source_place(offset) >= 0 for offset in range(len(document.text) + 1))
