"""Words: a stretch of text cut by jieba's dictionary, each word with its tag."""

from __future__ import annotations

from functools import lru_cache

from kg.recognize.concept_segments import segmenter


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[tuple[str, str], ...]:
    """The words of ``text`` in order, without a gap, with jieba's tags: n, v, p, d …

    The tag of a word that the dictionary does not hold is empty.
    """
    dictionary = segmenter().dictionary
    return tuple((word, dictionary.tag(word)) for word in dictionary.cut(text))
