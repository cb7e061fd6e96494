"""Characters per second of each stage, on the seed documents repeated. Run by ``make bench``.

Figures are the median of three runs in one process; compare rates within one run only.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import joins
import load
import names
import page
import queries
import reuse
import scale
import times
import writers
from names import seconds

from kg import export, graph, pipeline, read, recognize, relate, repair, resolve
from kg.extract import extract
from kg.raw import RawText
from kg.settings import Settings

JOINED = 1_000  # documents; ``joins.py`` and ``reuse.py`` measure ten times as many
GROWN = (10, 200, 1_000)  # documents; ``scale.py 20000`` by itself takes half an hour
LOADED = 10  # seconds; ``load.py`` by itself takes sixty
COLUMN = 60  # characters of a line; texts with shorter lines are hard-wrapped
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def is_wrapped(text: str) -> bool:
    """Whether the lines of a text are those of a column, not of its passages."""
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(map(len, lines)) < COLUMN * len(lines)


def repaired(raws: Sequence[RawText]) -> None:
    """Print the rates of repair on plain text and on wrapped columns by themselves."""
    for name, wanted in (("repair: plain text", False), ("repair: wrapped columns", True)):
        some = [raw for raw in raws if is_wrapped(raw.text) == wanted]
        show(name, seconds(lambda: [repair.repair(r) for r in some]), some)  # noqa: B023


def show(name: str, spent: float, raws: Sequence[RawText]) -> None:
    size = sum(len(raw.text) for raw in raws)
    print(f"{name:<32}{spent * 1000:>10.1f} ms{size / spent:>14,.0f} characters/s")


def main() -> None:
    settings = Settings()
    sources, _ = read.sources(SEEDS)
    raws = [read.read(source) for source in sources]
    documents = [repair.repair(raw) for raw in raws]
    mentions = [recognize.mentions(document, settings) for document in documents]
    extractions = [extract(source, settings) for source in sources]
    built = pipeline.build(SEEDS, settings).graph
    rows: list[tuple[str, float]] = [
        ("read", seconds(lambda: [read.read(s) for s in sources])),
        ("repair", seconds(lambda: [repair.repair(r) for r in raws])),
    ]
    for recognizer in recognize.recognizers():
        rows.append(
            (
                f"recognize: {recognizer.name}",
                seconds(
                    lambda r=recognizer: [  # type: ignore[misc]
                        list(r.find(p)) for d in documents for p in d.passages if not p.repeats
                    ]
                ),
            )
        )
    pairs = list(zip(documents, mentions, strict=True))
    rows.append(("recognize: lists", seconds(lambda: [recognize.lists(d, m) for d, m in pairs])))
    claims = seconds(lambda: [relate.claims(d, m, settings) for d, m in pairs])
    rows.append(("relate: claims", claims))
    rows.append(("whole extraction", seconds(lambda: [extract(s, settings) for s in sources])))
    rows.append(("resolve", seconds(lambda: resolve.resolve(extractions, settings))))
    entities, relations = list(graph.entities(built)), list(graph.relations(built))
    rows.append(("graph", seconds(lambda: graph.assemble(entities, relations))))
    with tempfile.TemporaryDirectory() as folder:
        rows.append(("export", seconds(lambda: export.write(built, Path(folder), settings))))
    for name, spent in rows:
        show(name, spent, raws)
    repaired(raws)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"{sum(len(raw.text) for raw in raws):,} characters; peak memory {peak_mb:,.0f} MB")
    print()
    names.main()
    joins.measure(JOINED)
    reuse.measure(JOINED)
    scale.main(GROWN, 200)
    times.main()
    for line in queries.table(queries.TRIPLES):
        print(line)
    for line in writers.table(queries.TRIPLES):
        print(line)
    for line in load.table(LOADED):
        print(line)
    page.main(page.SIZES)


if __name__ == "__main__":
    main()
