"""Frames: rows as a pandas DataFrame, for those who have pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError, extra

if TYPE_CHECKING:
    import pandas


def frame(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> pandas.DataFrame:
    """A DataFrame of the rows; raises UsageError, with the line to install it, without pandas."""
    try:
        import pandas
    except ImportError:
        advice = extra("pandas")
        raise UsageError("a DataFrame needs pandas, which is not installed", "", advice) from None
    return pandas.DataFrame(list(rows), columns=list(columns))
