"""Errors that tell a person what is wrong, where, and what to do."""

from __future__ import annotations

import shlex
import sys


class KgError(Exception):
    """Root of every error this package raises on purpose.

    The message has three parts, joined into one line: what is wrong, where
    (``file:line`` or ``document:offset``), and what to do about it.
    """

    def __init__(self, what: str, where: str = "", do: str = "") -> None:
        self.what, self.where, self.do = what, where, do
        super().__init__(what, where, do)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.do})" if self.do else ""
        return f"{place}{self.what}{advice}"


class UsageError(KgError):
    """The call itself is wrong: a missing folder, an unknown option value."""


class RefusedError(UsageError):
    """A query asks for what is never done: an update, the network, another graph."""


class SourceError(KgError):
    """One source file cannot be read; the others still can."""


class DataError(KgError):
    """A data file (manifest, lexicon, pattern, calendar, setting) holds a fault."""


class OutputError(KgError):
    """The output folder cannot be written, or does not hold what was expected."""


class LimitError(KgError):
    """A query takes more time or memory than it may."""


class RequestError(KgError):
    """An HTTP request that is refused; ``status`` is that of the answer."""

    def __init__(self, status: int, what: str) -> None:
        self.status = status
        super().__init__(what)


def extra(name: str) -> str:
    """The command that adds an extra of the package to the Python that runs.

    >>> extra("serve").endswith("-m pip install 'tifa-kg[serve]'")
    True
    """
    return f"{shlex.quote(sys.executable)} -m pip install 'tifa-kg[{name}]'"
