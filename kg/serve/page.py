"""Page: where people write queries, with the ready ones as examples; works offline."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from kg.query import ready, titles


def render(prefixes: Mapping[str, str]) -> tuple[str, str]:
    """The page, and the Content-Security-Policy to send with it."""
    html, style, script = (_part(f"sparql.{end}") for end in ("html", "css", "js"))
    data = json.dumps({"prefixes": dict(prefixes), "examples": _examples()}, ensure_ascii=False)
    data = data.replace("<", "\\u003c")
    for place, text in (("/*style*/", style), ("/*data*/", data), ("/*script*/", script)):
        html = html.replace(place, text)
    policy = (
        f"default-src 'none'; connect-src 'self'; script-src '{_hash(script)}'; "
        f"style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return html, policy


def _examples() -> list[dict[str, str]]:
    found = [ready(name) for name in titles()]
    return [
        {"name": q.name, "title": q.title, "title_zh": q.title_zh, "text": q.text} for q in found
    ]


@cache
def _part(name: str) -> str:
    return (files("kg") / "data" / "templates" / "serve" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
