"""Seconds that finding passages which documents share takes. Run by ``make bench``.

The documents are those of ``corpus.py``, where sentences are handed on from document to document
as newspapers do. ``python benchmarks/reuse.py 10000`` measures so many documents.
"""

from __future__ import annotations

import resource
import sys
import time

import corpus

from kg import relate, repair
from kg.extract import uncollected
from kg.model import Meta
from kg.raw import RawText

DOCUMENTS, LENGTH = 10_000, 2_000


def measure(documents: int = DOCUMENTS) -> float:
    """Seconds of one core; prints them, what was found and the peak of memory."""
    texts = [
        repair.repair(RawText(text, Meta(name)))
        for name, text in corpus.documents(documents, LENGTH)
    ]
    size = sum(len(text.raw) for text in texts)
    started = time.process_time()
    with uncollected():
        shared = relate.shared(texts)
    spent = time.process_time() - started
    print(f"text reuse in {documents:,} documents, {size:,} characters{spent:>10.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"{len(shared.entities):,} shared passages; peak memory {peak_mb:,.0f} MB")
    return spent


if __name__ == "__main__":
    measure(*(int(word) for word in sys.argv[1:2]))
