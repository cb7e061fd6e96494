"""Characters per second of the name tagger beside jieba's, and of extraction with and without it.

Figures are the median of three runs in one process on one core, each without what the tagger keeps;
extraction also without the words of stretches of text that were cut before, as for the first texts
of a field. Run by ``make bench``, or alone: ``python benchmarks/names.py [FOLDER]``.
"""

from __future__ import annotations

import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from kg import lac, read, repair
from kg.extract import extract
from kg.lac import weights as parameters
from kg.lac.names import sentences
from kg.model import Source
from kg.recognize.concept_segments import segmenter
from kg.settings import Settings

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def rates(folder: Path = SEEDS) -> Iterator[tuple[str, float]]:
    """What is measured, and its characters per second."""
    sources, _ = read.sources(folder)
    texts = [repair.repair(read.read(source)).clean.text for source in sources]
    given = list(dict.fromkeys(line for text in texts for _, line in sentences(text)))
    size = sum(map(len, given))
    weights = parameters.load()
    yield "tagger (kg.lac)", size / seconds(lambda: lac.Tagger(weights).tag(given))
    posseg = _posseg()
    yield "jieba.posseg", size / seconds(lambda: [posseg(line) for line in given])
    for names in ("neural", "lexicon"):
        for anew in (True, False):
            settings = Settings(names=names)
            spent = seconds(lambda s=settings, a=anew: _extract(sources, s, anew=a))  # type: ignore[misc]
            how = "no word cut yet" if anew else "words cut before"
            yield f"extraction, {names}, {how}", sum(map(len, texts)) / spent


def seconds(work: Callable[[], object]) -> float:
    """Seconds of one core: median of three runs, after one that loads what is loaded once."""
    work()
    runs = []
    for _ in range(3):
        started = time.process_time()
        work()
        runs.append(time.process_time() - started)
    return statistics.median(runs)


def _extract(sources: tuple[Source, ...], settings: Settings, *, anew: bool) -> None:
    lac.shared.cache_clear()
    if anew:
        segmenter().known.clear()
    for source in sources:
        extract(source, settings)


def _posseg() -> Callable[[str], object]:
    with warnings.catch_warnings():  # of its import
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg
    jieba.setLogLevel(60)
    return jieba.posseg.lcut  # type: ignore[no-any-return]


def main(folder: Path = SEEDS) -> None:
    found = dict(rates(folder))
    for name, rate in found.items():
        print(f"{name:<42}{rate:>17,.0f} characters/s")
    share = found["tagger (kg.lac)"] / found["jieba.posseg"]
    print(f"the tagger makes {share:.2f} of the speed of jieba.posseg")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
