"""Store: what is kept is what was made, and nothing damaged or foreign is read."""

from __future__ import annotations

import os
import pickle
import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kg import read, store
from kg.extract import Crew, extract, extract_all
from kg.lexicons import Lexicon
from kg.model import Extraction, Failure, Source
from kg.settings import Settings
from kg.store import Store, packed, unpacked


@pytest.fixture
def sources(folder: Path) -> tuple[Source, ...]:
    return read.sources(folder)[0]


def made(source: Source) -> Extraction:
    found = extract(source, Settings())
    assert isinstance(found, Extraction)
    return found


def test_what_is_kept_is_what_was_made(sources: tuple[Source, ...], tmp_path: Path) -> None:
    kept, source = Store(tmp_path / "store"), sources[0]
    key = kept.key(source, Settings())
    assert key not in kept and kept.get(key) is None
    kept.put(key, packed(made(source)))
    assert key in kept and kept.get(key) == packed(made(source))


def test_the_key_tells_all_that_matters(sources: tuple[Source, ...], tmp_path: Path) -> None:
    kept, source, plain = Store(tmp_path), sources[0], Settings()
    keys = {
        kept.key(source, plain),
        kept.key(replace(source, path="other.txt"), plain),
        kept.key(replace(source, encoding="gb18030"), plain),
        kept.key(replace(source, meta=replace(source.meta, encoding="x")), plain),
        kept.key(source, replace(plain, knowledge=False)),
    }
    Path(source.file).write_text("另一篇。", "utf-8")
    keys.add(kept.key(source, plain))
    assert len(keys) == 6


@pytest.mark.parametrize("cut", [0, 10, 32, 100, -1])
def test_a_cut_entry_counts_as_missing(
    cut: int, sources: tuple[Source, ...], tmp_path: Path
) -> None:
    kept = Store(tmp_path)
    data = packed(made(sources[0]))
    kept.put("ab" * 32, data[:cut])
    assert kept.get("ab" * 32) is None
    assert "ab" * 32 not in kept, "a damaged entry is taken out"


def test_an_entry_runs_no_code(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "trapped"),)

    for thing in (Trap(), "text", (Settings(),)):
        data = zlib.compress(pickle.dumps(thing))
        assert unpacked(sha256(data).digest() + data) is None
    assert not (tmp_path / "trapped").exists()


def test_prune_keeps_what_is_wanted_and_what_is_new(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    for number in range(5):
        key = f"{number:064}"
        kept.put(key, bytes(100))
        os.utime(next(tmp_path.glob(f"*/{key}.kgx")), (number, number))
    kept.prune([f"{0:064}"], most=300)
    assert [f"{number:064}" in kept for number in range(5)] == [True, False, False, True, True]


def test_code_is_one_hash_a_process() -> None:
    assert store.code() == store.code() and len(store.code()) == 64


def test_only_what_changed_is_made_again(
    sources: tuple[Source, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = Crew(store=Store(tmp_path / "store"))
    first = list(extract_all(sources, Settings(), crew))
    asked: list[str] = []

    def counted(source: Source, settings: Settings, lexicon: Lexicon) -> Extraction | Failure:
        asked.append(source.path)
        return extract(source, settings, lexicon)

    monkeypatch.setattr("kg.extract.extract", counted)
    for settings in (
        Settings(base_iri="https://a.example/", texts=False),
        Settings(cooccurrence=0, concepts=5, seconds=9),
    ):
        assert list(extract_all(sources, settings, crew)) == first
    assert asked == []
    with Path(sources[1].file).open("ab") as file:
        file.write("补充一句。".encode())
    again = extract_all(sources, Settings(), crew)
    assert asked == [sources[1].path]
    assert [a == b for a, b in zip(first, again, strict=True)] == [True, False, True]


def test_a_store_that_cannot_be_written_costs_nothing(
    sources: tuple[Source, ...], tmp_path: Path
) -> None:
    (tmp_path / "store").write_text("a file stands here", "utf-8")
    found = extract_all(sources, Settings(), Crew(store=Store(tmp_path / "store")))
    assert all(isinstance(result, Extraction) for result in found)
