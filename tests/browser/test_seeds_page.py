"""The page of the five documents, opened from the file system with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.page_checks import (
    check_formula,
    check_labels,
    check_opens,
    check_search,
    chromium,
    visit,
)

import kg

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "八个坚持"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_a_formula_with_its_members_and_quotes(browser: Browser, seeds_output: Path) -> None:
    formula = kg.load(seeds_output).find(NAME)
    assert formula is not None
    members = [member.name for member in formula.members]
    assert len(members) == 8
    page = seeds_output / "graph.html"
    check_opens(browser, page)
    check_labels(browser, page)
    check_search(browser, page, NAME)
    check_formula(browser, page, NAME, members, members[0])


def test_every_rule_is_told_in_words(browser: Browser, seeds_output: Path) -> None:
    with visit(browser, seeds_output / "graph.html") as found:
        untold = found.js("window.kgUntold()")
        assert not untold, f"kg/data/templates/words_rules.js has no words for {untold}"
        found.clean()
