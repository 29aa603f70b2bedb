"""Words that the index still knows and no public page holds any more.

A page may be past its date, or have become private, before the index hears of it. Until
then a search answers as if its words had never been there: nobody learns of them by
what is set right and what is not.
"""

from __future__ import annotations

from datetime import datetime

from education.models import ClinicalPage
from education.search.analysis import Analyser
from education.search.finding import Found, matching
from education.search.knowledge import Knowledge
from education.search.query import Query
from education.search.spelling import is_real_word
from education.search.terms import literal_terms


def words_gone(
    query: Query, found: Found, known: Knowledge, now: datetime
) -> frozenset[str]:
    """The words of the query that only the index's memory knows, with their forms.

    No statement where every word was found; two for each word that was not and that is
    known from nowhere else.
    """
    if found.pages and found.has_all_words:
        return frozenset()
    analyser = Analyser(query.language)
    gone = {
        stem
        for term in query.asked.terms
        for word, stem in zip(term.typed, analyser.stems(term.typed), strict=True)
        if stem in known.stems
        and stem not in known.synonym_stems
        and not is_real_word(word, query.language)
        and not any(stem in page.stems for page in found.pages)
        and not _is_public(word, analyser, now)
    }
    if not gone:
        return frozenset()
    return frozenset(w for w in known.words if analyser.stems([w])[0] in gone)


def _is_public(word: str, analyser: Analyser, now: datetime) -> bool:
    pages = matching(literal_terms([word], analyser), analyser.language)
    public = ClinicalPage.objects.published(analyser.language, now)
    return public.filter(pk__in=pages).exists()
