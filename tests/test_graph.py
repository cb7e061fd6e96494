"""Graph: what may not be assembled, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import graph
from kg.errors import DataError
from kg.model import Entity, Evidence, Relation

SAID = (Evidence("d/1", 0, 2, "水利"),)
A = Entity("e/organization-1", "Organization", "水利局", mentions=SAID)
B = Entity("e/person-1", "Person", "周某", mentions=SAID)
WORKS = Relation(B.id, "memberOf", A.id, SAID, "post")


def test_there_and_back() -> None:
    built = graph.assemble([B, A], [WORKS])
    assert list(graph.entities(built)) == [A, B]
    assert list(graph.relations(built)) == [WORKS]
    assert graph.outgoing(built, B.id, "memberOf") == [WORKS] == graph.incoming(built, A.id)
    assert list(graph.entities(built, "Person")) == [B]


@pytest.mark.parametrize(
    ("entities", "relations", "part"),
    [
        ([replace(A, kind="Ministry")], [], "unknown kind"),
        ([A, A], [], "one id"),
        ([A, B], [replace(WORKS, evidence=())], "without evidence"),
        ([A, B], [replace(WORKS, predicate="leads")], "unknown predicate"),
        ([B], [WORKS], "no node"),
        (
            [A, B],
            [replace(WORKS, predicate="holdsPost", qualifiers={"organization": "e/x"})],
            "e/x",
        ),
        ([A, B], [WORKS, WORKS], "twice"),
    ],
)
def test_faults_are_refused(entities: list[Entity], relations: list[Relation], part: str) -> None:
    with pytest.raises(DataError, match=part):
        graph.assemble(entities, relations)
