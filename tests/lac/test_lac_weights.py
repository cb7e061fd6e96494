"""The parameter reader, on files built by hand."""

import struct
from math import prod
from pathlib import Path

import numpy as np
import pytest

from kg.errors import DataError
from kg.lac import weights


def _file(dims: tuple[int, ...], *, levels: tuple[bytes, ...] = (), kind: int = 5) -> bytes:
    """A parameter file that counts up from 0."""
    message = bytes([0x08, kind])
    for dim in dims:
        message += b"\x10" + (bytes([dim]) if dim < 128 else bytes([dim & 127 | 128, dim >> 7]))
    head = struct.pack("<IQ", 0, len(levels))
    for level in levels:
        head += struct.pack("<Q", len(level)) + level
    head += struct.pack("<Ii", 0, len(message)) + message
    return head + np.arange(prod(dims), dtype="<f4").tobytes()


@pytest.mark.parametrize("dims", [(3,), (2, 3), (1, 384), (300, 2)])
@pytest.mark.parametrize("levels", [(), (b"12345678",), (b"", b"123")])
def test_values_come_out_in_shape(
    tmp_path: Path, dims: tuple[int, ...], levels: tuple[bytes, ...]
) -> None:
    path = tmp_path / "w"
    path.write_bytes(_file(dims, levels=levels))
    found = weights.parameter(path, *dims)
    assert found.dtype == np.float32
    assert np.array_equal(found, np.arange(prod(dims)).reshape(dims))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 9,
        _file((2, 3))[:-1],  # cut
        _file((2, 3)) + b"\0",  # too long
        _file((3, 2)),  # other shape
        _file((2, 3), kind=6),  # float64
        struct.pack("<IQQ", 0, 1, 2**62),  # a level beyond the end
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "w"
    path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        weights.parameter(path, 2, 3)
    assert str(path) in str(caught.value)
    assert "jieba==0.42.1" in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        weights.parameter(tmp_path / "w", 1)


def test_jieba_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    with pytest.raises(DataError, match="needs the package jieba"):
        weights.load()


def test_jieba_was_packed_without_the_network(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Spec:
        submodule_search_locations = (str(tmp_path),)

    monkeypatch.setattr(weights, "find_spec", lambda name: Spec)
    with pytest.raises(DataError, match=r"lacks the network's files: word\.dic"):
        weights.load()


def test_a_dictionary_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "word.dic").write_text("no number\tx\n", "utf-8")
    with pytest.raises(DataError, match="not a dictionary"):
        weights.load(tmp_path)


def test_shapes_of_the_installed_network() -> None:
    found = weights.load()
    assert found.embedding.shape == (20941, 128)
    assert len(found.tags) == 57
    assert (found.tags[0], found.tags[-1]) == ("a-B", "O")
    assert found.ids[weights.OOV] == 20940
    assert found.transitions.shape == (57, 57)
