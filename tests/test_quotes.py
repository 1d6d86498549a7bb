"""From a row back to its words, and only ever from the text that was coded."""

import functools

import pandas as pd
import pytest

from panjin_analysis import quotes
from panjin_analysis.errors import DataError
from panjin_analysis.load import load_commitments, load_segments
from panjin_analysis.text.documents import read_text

NAME = "2024-excerpt.txt"


@pytest.fixture(scope="module", autouse=True)
def loaded_once():
    """Let the real loaders, which check every table on each call, do so once for all these tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("load_reports", "load_segments"):
            patch.setattr(quotes, name, functools.cache(getattr(quotes, name)))
        yield


@pytest.fixture(scope="module")
def commitments():
    return load_commitments()


@pytest.fixture(scope="module")
def segments():
    return load_segments()


@pytest.fixture(scope="module")
def text(reports):
    return read_text(reports / "panjin" / NAME)


def saved(folder, text, encoding="utf-8"):
    """Write a report text into a subfolder and return the folder."""
    path = folder / "texts" / "panjin" / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode(encoding))
    return folder / "texts"


def refusal(call, *arguments):
    with pytest.raises(DataError) as caught:
        call(*arguments)
    return caught.value


@pytest.mark.parametrize("name", ["commitments", "segments"])
def test_rows_and_order_survive_and_the_quotation_is_the_span(request, reports, text, name):
    shuffled = request.getfixturevalue(name).sample(frac=1, random_state=3)
    out = quotes.with_quotes(shuffled, reports)
    pd.testing.assert_frame_equal(out[shuffled.columns], shuffled)
    assert out["quote"].tolist() == [text[a:b] for a, b in zip(shuffled["start"], shuffled["end"], strict=True)]
    assert [row.quote for row in out.itertuples() if row.quote not in row.context] == []


def test_a_row_without_offsets_has_no_quotation_and_the_others_keep_theirs(reports, text, commitments):
    some = commitments.head(3).set_axis([0, 0, 1])
    some.iloc[1, some.columns.get_indexer(["start", "end", "span_sha1"])] = pd.NA
    quoted = quotes.with_quotes(some, reports)
    assert quoted["quote"].isna().tolist() == [False, True, False]
    first, last = some.iloc[0], some.iloc[2]
    assert quoted["quote"].tolist()[::2] == [text[one["start"] : one["end"]] for one in (first, last)]


def test_rows_that_share_an_index_label_keep_their_own_quotation(reports, text, commitments):
    twice = commitments.head(2).set_axis([0, 0])
    expected = [text[a:b] for a, b in zip(twice["start"], twice["end"], strict=True)]
    assert quotes.with_quotes(twice, reports)["quote"].tolist() == expected


def test_the_context_is_the_whole_sentence(reports, text, segments):
    clauses = segments[(segments["paragraph_no"] == 2) & (segments["sentence_no"] == 2)]
    sentence = text[clauses["start"].min() : clauses["end"].max()]
    assert len(clauses) > 1
    assert quotes.with_quotes(clauses, reports)["context"].tolist() == [sentence] * len(clauses)


def test_no_rows_give_no_quotations(reports, commitments):
    out = quotes.with_quotes(commitments.head(0), reports)
    assert list(out.columns[-2:]) == ["quote", "context"]
    assert out.empty


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_copy_saved_by_windows_is_the_same_text(tmp_path, text, segments, encoding):
    folder = saved(tmp_path, text.replace("\n", "\r\n") + "\r\n", encoding)
    out = quotes.with_quotes(segments, folder)
    assert out["quote"].tolist() == [text[a:b] for a, b in zip(out["start"], out["end"], strict=True)]


@pytest.mark.parametrize("paragraph", [1, 15])
def test_one_changed_character_names_its_paragraph(tmp_path, text, segments, commitments, paragraph):
    place = segments.loc[segments["paragraph_no"] == paragraph, "start"].iloc[-1]
    folder = saved(tmp_path, text[:place] + "囍" + text[place + 1 :])
    error = refusal(quotes.with_quotes, commitments, folder)
    assert error.kind == "text_changed"
    assert NAME in str(error)
    assert f"paragraph {paragraph} is the first that differs" in str(error)


def test_a_paragraph_too_many_or_too_few_at_the_end_is_named(tmp_path, text, segments):
    last = segments["paragraph_no"].max()
    longer = saved(tmp_path / "longer", text + "\n另加一段。")
    shorter = saved(tmp_path / "shorter", text.rpartition("\n")[0])
    assert f"paragraph {last + 1} is" in str(refusal(quotes.report_text, "PJ-GWR-2024", longer))
    assert f"paragraph {last} is" in str(refusal(quotes.report_text, "PJ-GWR-2024", shorter))


def test_a_change_of_white_space_alone_is_called_that(tmp_path, text, commitments):
    error = refusal(quotes.with_quotes, commitments, saved(tmp_path, text.replace("\n", "\n\n")))
    assert error.kind == "text_changed"
    assert "white space differs" in str(error)


def test_a_folder_that_is_not_there_is_named(tmp_path, commitments):
    error = refusal(quotes.with_quotes, commitments, tmp_path / "nowhere")
    assert (error.kind, "nowhere" in str(error)) == ("no_report_folder", True)


def test_a_text_that_is_not_in_the_folder_is_named(tmp_path, commitments):
    error = refusal(quotes.with_quotes, commitments, tmp_path)
    assert (error.kind, NAME in str(error)) == ("no_report_text", True)


def test_a_report_whose_text_is_not_held_asks_for_no_file_called_nan(reports):
    assert "nan" not in str(refusal(quotes.report_text, "PJ-GWR-2015", reports))


def test_a_row_with_another_hash_is_refused(reports, commitments):
    other = commitments.head(3).assign(span_sha1="0" * 40)
    error = refusal(quotes.with_quotes, other, reports)
    assert (error.kind, "PJ-GWR-2024" in str(error)) == ("text_changed", True)


@pytest.fixture
def own(monkeypatch, tmp_path):
    """Send the user's own folder to a temporary place, on every system."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "own")
    return tmp_path / "own" / "reports"


def test_a_known_report_is_copied_as_it_is_under_the_name_the_tables_use(own, tmp_path, text, commitments):
    given = tmp_path / "my copy.txt"
    given.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert quotes.reports_dir() is None
    assert quotes.add_report(given) == own / NAME
    assert [path.name for path in own.iterdir()] == [NAME]
    assert (own / NAME).read_bytes() == given.read_bytes()
    assert quotes.reports_dir() == own
    assert quotes.with_quotes(commitments, own)["quote"].notna().all()


def test_another_text_is_not_copied(own, tmp_path, text):
    given = tmp_path / NAME
    given.write_text(text + "。", "utf-8")
    assert refusal(quotes.add_report, given).kind == "text_changed"
    assert not own.exists()


def test_the_environment_names_the_folder_before_the_users_own(own, monkeypatch, tmp_path):
    own.mkdir(parents=True)
    monkeypatch.setenv("PANJIN_REPORTS", str(tmp_path))
    assert quotes.reports_dir() == tmp_path
