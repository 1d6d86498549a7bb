"""A list of words is found where a plain search finds it, whatever the words and the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panjin_analysis.text import chars
from panjin_analysis.text.lexicon import Lexicon, Together, without_overlaps

# Few letters, so that words begin with, contain and follow each other; one lies beyond 16 bits.
LETTERS = "甲乙丙a𠮷"
PLAIN = LETTERS[:-1]
WORDS = st.lists(st.text(PLAIN, min_size=1, max_size=5), min_size=1, max_size=12, unique=True)
TEXTS = st.text(LETTERS + "。\n", max_size=40)
proves = settings(deadline=None, derandomize=True, max_examples=400)


def longest(words, text, place, *, backwards=False):
    """Return the number of the longest word that begins (or ends) at a place, or -1."""
    fits = text[:place].endswith if backwards else text[place:].startswith
    return max((number for number, word in enumerate(words) if fits(word)), key=lambda one: len(words[one]), default=-1)


def naive(words, text):
    found = [(place, longest(words, text, place)) for place in range(len(text))]
    return [(place, number) for place, number in found if number >= 0]


def pairs(found):
    places, words = found
    return list(zip(places.tolist(), words.tolist(), strict=True))


@proves
@given(WORDS, TEXTS)
def test_find_is_a_plain_search_for_the_longest_word_at_each_place(words, text):
    assert pairs(Lexicon(words).find(chars.coded(text))) == naive(words, text)


@proves
@given(WORDS, TEXTS, st.booleans())
def test_at_is_the_longest_word_that_begins_or_ends_at_each_place(words, text, backwards):
    found = Lexicon(words, backwards=backwards).at(chars.coded(text), np.arange(len(text) + 1))
    assert found.tolist() == [longest(words, text, place, backwards=backwards) for place in range(len(text) + 1)]


@proves
@given(st.lists(WORDS, min_size=1, max_size=3), TEXTS)
def test_several_lexicons_found_together_give_what_each_gives_alone(lists, text):
    text = chars.coded(text)
    lexicons = [Lexicon(words) for words in lists]
    assert [pairs(found) for found in Together(*lexicons).find(text)] == [pairs(one.find(text)) for one in lexicons]


@proves
@given(WORDS, st.lists(TEXTS, min_size=1, max_size=3))
def test_no_word_reaches_from_one_text_into_the_next(words, texts):
    together = chars.coded(*texts)
    expected = [
        (start + p, word) for start, t in zip(together.starts, texts, strict=True) for p, word in naive(words, t)
    ]
    assert pairs(Lexicon(words).find(together)) == expected


@proves
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=15).map(lambda rows: sorted(dict(rows).items()))
)
def test_a_match_is_kept_when_it_begins_inside_no_earlier_one(rows):
    reached = [max((place + size for place, size in rows[:number]), default=0) for number in range(len(rows))]
    places, lengths = (np.array([row[side] for row in rows], np.int64) for side in (0, 1))
    kept = without_overlaps(places, lengths)
    assert kept.tolist() == [place >= end for (place, _), end in zip(rows, reached, strict=True)]


def test_the_word_inside_a_longer_one_is_found_at_its_own_place():
    assert pairs(Lexicon(["推进", "加快推进", "加快"]).find(chars.coded("加快推进"))) == [(0, 1), (2, 0)]


def test_a_letter_beyond_16_bits_in_the_text_is_no_letter_of_a_word():
    lexicon = Lexicon(["甲乙", chr(65534)])
    assert pairs(lexicon.find(chars.coded("甲𠮷乙甲乙👍"))) == [(3, 0)]


@pytest.mark.parametrize("word", ["𠮷", "甲𠮷", "\uffff"])
def test_a_word_with_a_letter_that_has_no_code_of_its_own_is_refused(word):
    with pytest.raises(ValueError, match="16 bits"):
        Lexicon(["甲", word])


@pytest.mark.parametrize("backwards", [False, True])
def test_nothing_is_found_in_an_empty_text(backwards):
    lexicon = Lexicon(["甲", "甲乙"], backwards=backwards)
    assert pairs(lexicon.find(chars.coded(""))) == []
    assert lexicon.at(chars.coded(""), np.array([0])).tolist() == [-1]


def test_an_empty_list_finds_nothing():
    assert pairs(Lexicon([]).find(chars.coded("甲乙"))) == []


def test_the_words_of_every_bundled_list_are_found_as_themselves():
    from panjin_analysis.extraction import lexicons

    every = lexicons()
    numbers = every.numbers
    for lexicon in (numbers.printed, numbers.after.lexicon, every.cues.lexicon, every.domains.lexicon):
        text = chars.coded("\n".join(lexicon.words))
        starts = np.cumsum([0, *(len(word) + 1 for word in lexicon.words[:-1])])
        assert lexicon.at(text, starts).tolist() == list(range(len(lexicon.words)))
