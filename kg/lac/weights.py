"""Weights: the parameters of the LAC-small network that lie inside the installed jieba package.

The files are those of Baidu's LAC (PaddlePaddle, Apache-2.0), which jieba 0.42.1 carries for
its paddle mode. They are read as data: jieba itself is never imported.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import DataError

Array = NDArray[np.float32]

HIDDEN = 128  # units of each recurrent layer
OOV = "OOV"  # the dictionary's name for a character that it does not hold
UNTRAINED = 0.1001  # rows whose values all stay this small are still as they were initialised
ADVICE = (
    "install jieba 0.42.1 as published: pip install --force-reinstall jieba==0.42.1; "
    "or do without the tagger: --names lexicon"
)


@dataclass(frozen=True, slots=True)
class Layer:
    """One direction of one recurrent layer.

    ``project`` [in, 384] and ``bias`` [384] make the inputs of the update, reset and
    candidate parts (128 columns each) from what lies below; ``gates`` [128, 256] and
    ``candidate`` [128, 128] make theirs from the state before.
    """

    project: Array
    bias: Array
    gates: Array
    candidate: Array


@dataclass(frozen=True, slots=True)
class Weights:
    """All parameters: embedding [words, 128], layers as (below, above) of (forward, backward)
    directions, output [256, tags], transitions [from, to] and the scores of a first and a
    last tag; ``ids`` gives the row of each character, ``tags`` the name of each tag.
    """

    ids: Mapping[str, int]
    tags: tuple[str, ...]
    embedding: Array
    layers: tuple[tuple[Layer, Layer], tuple[Layer, Layer]]
    output: Array
    output_bias: Array
    start: Array
    stop: Array
    transitions: Array


def folder() -> Path:
    """Where the installed jieba package keeps the network; jieba is not imported.

    Raises DataError when jieba is not installed or was packed without these files.
    """
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise DataError("the name tagger needs the package jieba", "jieba", ADVICE)
    found = Path(next(iter(spec.submodule_search_locations))) / "lac_small"
    needed = [found / "word.dic", found / "tag.dic", found / "model_baseline" / "word_emb"]
    missing = [path.name for path in needed if not path.is_file()]
    if missing:
        what = f"the installed jieba lacks the network's files: {', '.join(missing)}"
        raise DataError(what, str(found), ADVICE)
    return found


def load(where: Path | None = None) -> Weights:
    """The weights in ``where``, by default those of the installed jieba.

    Raises DataError for a missing, cut or unexpected file.
    """
    where = where or folder()
    ids = {text: number for number, text in _dictionary(where / "word.dic")}
    tags = tuple(text for _, text in sorted(_dictionary(where / "tag.dic")))
    model = where / "model_baseline"
    embedding = parameter(model / "word_emb", max(ids.values(), default=-1) + 1, HIDDEN)
    if OOV not in ids:
        raise DataError(f"no row for {OOV}", str(where / "word.dic"), ADVICE)
    crf = parameter(model / "crfw", len(tags) + 2, len(tags))
    return Weights(
        ids=ids,
        tags=tags,
        embedding=embedding,
        layers=(
            (_layer(model, 0, HIDDEN), _layer(model, 1, HIDDEN)),
            (_layer(model, 2, 2 * HIDDEN), _layer(model, 3, 2 * HIDDEN)),
        ),
        output=parameter(model / "fc_4.w_0", 2 * HIDDEN, len(tags)),
        output_bias=parameter(model / "fc_4.b_0", len(tags)),
        start=crf[0],
        stop=crf[1],
        transitions=crf[2:],
    )


def _dictionary(path: Path) -> list[tuple[int, str]]:
    """The ``id TAB text`` lines of a file."""
    pairs = []
    try:
        for line in path.read_text("utf-8").rstrip("\n").split("\n"):
            number, _, text = line.partition("\t")
            pairs.append((int(number), text))
    except (OSError, ValueError) as error:
        raise DataError(f"not a dictionary of the network: {error}", str(path), ADVICE) from None
    return pairs


def _layer(model: Path, number: int, width: int) -> Layer:
    recurrent = parameter(model / f"gru_{number}.w_0", HIDDEN, 3 * HIDDEN).reshape(-1)
    split = 2 * HIDDEN * HIDDEN  # two blocks stand one after the other, not side by side
    fc_bias = parameter(model / f"fc_{number}.b_0", 3 * HIDDEN)
    gru_bias = parameter(model / f"gru_{number}.b_0", 1, 3 * HIDDEN)
    return Layer(
        project=parameter(model / f"fc_{number}.w_0", width, 3 * HIDDEN),
        bias=fc_bias + gru_bias[0],
        gates=recurrent[:split].reshape(HIDDEN, 2 * HIDDEN),
        candidate=recurrent[split:].reshape(HIDDEN, HIDDEN),
    )


def parameter(path: Path, *shape: int) -> Array:
    """One parameter file of PaddlePaddle, as a read-only array of the expected shape.

    The file is little-endian: uint32 version 0; uint64 number of LoD levels, each a uint64
    byte count and its bytes; uint32 version 0; int32 length of a protobuf TensorDesc (field
    1 the type, 5 being float32; field 2 the dimensions); the values, row by row.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error}", str(path), ADVICE) from None
    try:
        at = 4
        (levels,) = struct.unpack_from("<Q", data, at)
        at += 8
        for _ in range(levels):
            at += 8 + int(struct.unpack_from("<Q", data, at)[0])
        (length,) = struct.unpack_from("<i", data, at + 4)
        at += 8
        kind, dims = _description(data[at : at + length])
    except (struct.error, IndexError):
        raise DataError("not a parameter file", str(path), ADVICE) from None
    at += length
    if kind != 5 or dims != shape or len(data) != at + 4 * prod(shape):
        what = f"holds type {kind}, shape {dims}, {len(data) - at} bytes, not float32 {shape}"
        raise DataError(what, str(path), ADVICE)
    return np.frombuffer(data, "<f4", offset=at).reshape(shape).astype(np.float32, copy=False)


def _description(message: bytes) -> tuple[int, tuple[int, ...]]:
    """Type and dimensions of a TensorDesc, all of whose fields are varints."""
    kind, dims, at = 0, [], 0
    while at < len(message):
        field, at = _varint(message, at)
        value, at = _varint(message, at)
        if field >> 3 == 1:
            kind = value
        elif field >> 3 == 2:
            dims.append(value)
    return kind, tuple(dims)


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while message[at] & 0x80:
        value |= (message[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
    return value | message[at] << shift, at + 1
