"""The command line: what people type wrongly, files that are broken, and what is still built."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def one_line(result: CompletedProcess[str], *parts: str) -> None:
    """The message is one line on standard error, with every part, and no traceback."""
    lines = [line for line in result.stderr.splitlines() if line.startswith("kg: ")]
    assert "Traceback" not in result.stderr + result.stdout
    assert any(all(part in line for part in parts) for line in lines), result.stderr


def documents(output: Path) -> set[str]:
    """Paths of the documents in an export."""
    rows = map(json.loads, (output / "graph.jsonl").read_text("utf-8").splitlines())
    return {row["attributes"]["path"] for row in rows if row.get("kind") == "Document"}


def test_missing_folder(kg_run: Run) -> None:
    result = kg_run("build", "nowhere", "-o", "out")
    assert result.returncode == 2
    one_line(result, "nowhere", "(")


def test_empty_folder(kg_run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = kg_run("build", "empty", "-o", "out")
    assert result.returncode == 2
    one_line(result, "empty", "no document")


BROKEN: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": ("\u3000 \n\n".encode(), "no text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not a text file"),
    "zip.txt": (b"PK\x03\x04" + bytes(400), "not a text file"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_costs_itself_only(name: str, kg_run: Run, folder: Path) -> None:
    data, reason = BROKEN[name]
    (folder / name).write_bytes(data)
    result = kg_run("build", folder, "-o", "out")
    assert result.returncode == 1
    one_line(result, name, reason)
    assert documents(folder.parent / "out") == {"report.txt", "notice.txt", "speech.txt"}
    summary = json.loads((folder.parent / "out" / "summary.json").read_text("utf-8"))
    assert name in json.dumps(summary)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_unreadable_file(kg_run: Run, folder: Path) -> None:
    (folder / "closed.txt").symlink_to("nowhere-at-all.txt")
    result = kg_run("build", folder, "-o", "out")
    assert result.returncode == 1
    one_line(result, "closed.txt")
    assert len(documents(folder.parent / "out")) == 3


def test_undecodable_bytes_are_reported_and_kept(kg_run: Run, folder: Path) -> None:
    data = (folder / "report.txt").read_bytes() * 20
    (folder / "report.txt").write_bytes(data[:100] + b"\xff\xfe\xfd" + data[100:])
    result = kg_run("build", folder, "-o", "out")
    assert documents(folder.parent / "out") == {"report.txt", "notice.txt", "speech.txt"}
    assert "Traceback" not in result.stderr
    assert kg_run("verify", folder, "-o", "out").returncode == 0


def test_lying_encoding(kg_run: Run, folder: Path) -> None:
    (folder / "manifest.toml").write_text(
        '[[document]]\npath = "speech.txt"\nencoding = "utf-8"\n', "utf-8"
    )
    result = kg_run("build", folder, "-o", "out")
    assert result.returncode == 1
    one_line(result, "speech.txt", "utf-8")
    assert documents(folder.parent / "out") == {"report.txt", "notice.txt"}


@pytest.mark.parametrize(
    ("manifest", "parts"),
    [
        ('[[document]]\npath = "report.txt"\nauthor = "x"\n', ("manifest.toml: line 3", "author")),
        ('[[document]]\npath = "report.txt"\nissued = "2018-02-29"\n', ("line 3", "2018-02-29")),
        ('colour = "red"\n', ("manifest.toml: line 1", "colour")),
        ('[[document]]\npath = "gone.txt"\n', ("manifest.toml: line 2", "gone.txt")),
        ("[[document]\n", ("manifest.toml", "TOML")),
    ],
)  # fmt: skip
def test_faulty_manifest(manifest: str, parts: tuple[str, ...], kg_run: Run, folder: Path) -> None:
    (folder / "manifest.toml").write_text(manifest, "utf-8")
    result = kg_run("build", folder, "-o", "out")
    assert result.returncode == 2  # nothing was built; 1 says that some of it was not
    one_line(result, *parts)
    assert not (folder.parent / "out").exists() or not list((folder.parent / "out").iterdir())


def test_faulty_settings(kg_run: Run, folder: Path) -> None:
    (folder / "kg.toml").write_text('concept = 3\nknowledge = "no"\n', "utf-8")
    result = kg_run("build", folder, "-o", "out")
    assert result.returncode == 2
    one_line(result, "kg.toml", "concept", "knowledge", "true or false, not 'no'")


def test_output_that_cannot_be_written(kg_run: Run, folder: Path) -> None:
    (folder.parent / "out").write_text("a file stands here", "utf-8")
    result = kg_run("build", folder, "-o", "out")
    assert result.returncode == 2
    one_line(result, "out")
    assert (folder.parent / "out").read_text("utf-8") == "a file stands here"


def test_hostile_text_is_survived(kg_run: Run, tmp_path: Path) -> None:
    source = tmp_path / "hostile"
    source.mkdir()
    (source / "controls.txt").write_bytes(
        "一是\x00抓\x07好落实\x1b[31m，二是\ufeff加强监督。".encode()
    )
    (source / "long.txt").write_text("坚持稳中求进，统筹发展。" * 290_000, "utf-8")
    (source / "surrogate.txt").write_bytes(b"\xed\xa0\x80" + "全面落实责任制。".encode() * 9)
    result = kg_run("build", source, "-o", "out", "--concepts", "5")
    assert "Traceback" not in result.stderr
    assert documents(tmp_path / "out") >= {"controls.txt", "long.txt"}
    assert kg_run("verify", source, "-o", "out").returncode == 0
    for name in ("graph.nt", "graph.gexf", "nodes.csv"):
        text = (tmp_path / "out" / name).read_text("utf-8")
        assert "\x00" not in text and "\x1b" not in text


def test_files_of_unknown_kinds_are_skipped(kg_run: Run, folder: Path) -> None:
    (folder / "table.xyz").write_bytes(b"1,2,3")
    (folder / "old.doc").write_bytes(b"1,2,3")
    (folder / "README.md").write_text("not a document", "utf-8")
    (folder / ".hidden.txt").write_text("not a document", "utf-8")
    result = kg_run("build", folder, "-o", "out")
    assert result.returncode == 0
    one_line(result, "table.xyz: not a kind of file that kg reads")
    one_line(result, "old.doc: not a kind of file that kg reads (save it as .docx)")
    assert "README" not in result.stderr and "hidden" not in result.stderr


def test_earlier_results_survive_a_failed_build(kg_run: Run, folder: Path) -> None:
    assert kg_run("build", folder, "-o", "out").returncode == 0
    before = {p.name: p.read_bytes() for p in (folder.parent / "out").iterdir()}
    (folder.parent / "out" / "mine.txt").write_text("mine", "utf-8")
    (folder / "manifest.toml").write_text("x = 1\n", "utf-8")
    assert kg_run("build", folder, "-o", "out").returncode != 0
    after = {p.name: p.read_bytes() for p in (folder.parent / "out").iterdir()}
    assert after.pop("mine.txt") == b"mine"
    assert after == before


def test_results_among_the_sources_are_not_read(kg_run: Run, folder: Path) -> None:
    for output in (folder / "results", folder, folder / "results"):
        result = kg_run("build", folder, "-o", output)
        assert result.returncode == 0 and not result.stderr
        assert documents(output) == {"report.txt", "notice.txt", "speech.txt"}
    assert kg_run("verify", folder, "-o", folder / "results").returncode == 0


def test_a_build_says_what_its_page_leaves_out(kg_run: Run, tmp_path: Path) -> None:
    names = [f"{a}{b}省" for a in "甲乙丙丁戊己庚辛壬癸子丑" for b in "东南西北中前后左右内"]
    text = "。".join(f"大会在{name}人民政府召开" for name in names)
    (tmp_path / "一.txt").write_text(text, "utf-8")
    said = kg_run("build", str(tmp_path), "--view", "100", "-o", str(tmp_path / "out")).stdout
    assert "The page, GEXF and CSV hold the 100 most important of" in said


def test_commands_read_what_build_wrote(kg_run: Run, folder: Path) -> None:
    built = kg_run("build", folder, "-o", "out")
    assert built.returncode == 0, built.stderr
    assert "四个统筹: announced 4, found 4" in built.stdout
    explained = kg_run("explain", "四个统筹", "-o", "out").stdout
    assert "1. 统筹上游下游" in explained and "notice.txt:" in explained
    data = json.loads(kg_run("explain", "四个统筹", "-o", "out", "--json").stdout)
    assert [m["name"] for m in data[0]["members"]][3] == "统筹建设管护"
    assert json.loads(kg_run("stats", "-o", "out", "--json").stdout)["documents"] == 3
    ask = "SELECT (COUNT(*) AS ?n) WHERE { ?d a kg:Document }"
    assert (
        kg_run("query", "--sparql", "-", "--format", "csv", "-o", "out", stdin=ask).stdout
        == "n\n3\n"
    )
    wrong = kg_run("query", "--sparql", "-", "-o", "out", stdin="ASK { ?x a kg:Person }")
    assert wrong.returncode == 0 and wrong.stdout.endswith("false\n")
    one_line(wrong, "query:1:12", "kg:Person", "is foaf:Person meant?")
    assert not kg_run("query", "--sparql", "-", "-o", "out", stdin=ask).stderr
    assert kg_run("verify", folder, "-o", "out").returncode == 0


def test_ready_queries(kg_run: Run, folder: Path) -> None:
    assert kg_run("build", folder, "-o", "out").returncode == 0
    rows = [row.split("\t") for row in kg_run("query", "--list").stdout.splitlines()]
    assert len(rows) >= 30 and all(len(row) == 2 and row[1] for row in rows)
    posts = kg_run("query", "posts", "-o", "out").stdout
    assert "周文海" in posts and "局长" in posts
    ask = ("query", "members", "--arg", "name=四个统筹", "--format", "csv", "-o", "out")
    found = kg_run(*ask).stdout.splitlines()
    assert len(found) == 5 and "统筹城市农村" in found[2]
    checked = kg_run("query", "check-quotes", "--format", "csv", "-o", "out").stdout
    assert len(checked.splitlines()) == 1
    few = kg_run(*ask, "--rows", "2")
    assert len(few.stdout.splitlines()) == 3 and "more than 2 rows" in few.stderr
    described = kg_run("query", "members", "--describe", "--arg", "name=四个统筹").stdout
    assert "--arg name=" in described and 'VALUES ?name { "四个统筹"@zh }' in described
    for wrong, part in (
        (("query",), "--sparql"),
        (("query", "posts", "--sparql", "-"), "--sparql"),
        (("query", "member"), "members"),
        (("query", "members", "--arg", "name"), "KEY=VALUE"),
        (("query", "members", "--arg", "nome=x"), "name (label)"),
        (("query", "about"), "required"),
        (("query", "newcomers", "--arg", "since=soon"), "2020-06-30"),
        (("query", "--sparql", "-", "--arg", "name=x"), "NAME"),
    ):
        result = kg_run(*wrong, "-o", "out")
        assert result.returncode == 2, wrong
        one_line(result, part)


def test_an_endless_query_is_stopped(kg_run: Run, folder: Path) -> None:
    assert kg_run("build", folder, "-o", "out").returncode == 0
    ask = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    result = kg_run("query", "--sparql", "-", "--seconds", "0.5", "-o", "out", stdin=ask)
    assert result.returncode == 1 and not result.stdout
    one_line(result, "stopped after 0.5 seconds")


def test_verify_names_document_and_offset(kg_run: Run, folder: Path) -> None:
    assert kg_run("build", folder, "-o", "out").returncode == 0
    text = (folder / "notice.txt").read_text("utf-8")
    place = text.index("统筹城市")
    (folder / "notice.txt").write_text(text[:place] + "统合" + text[place + 2 :], "utf-8")
    result = kg_run("verify", folder, "-o", "out")
    assert result.returncode == 1
    assert "notice.txt" in result.stdout and str(place) in result.stdout
    (folder / "report.txt").unlink()
    assert "report.txt" in kg_run("verify", folder, "-o", "out").stdout


@pytest.mark.parametrize(
    ("args", "status", "part"),
    [
        (("explain", "x", "-o", "nowhere"), 2, "nowhere"),
        (("stats", "-o", "nowhere"), 2, "kg build"),
        (("query", "--sparql", "missing.rq", "-o", "nowhere"), 2, "missing.rq"),
        (("evaluate", "missing", "-o", "nowhere"), 2, "nowhere"),
        (("text", "missing.txt"), 2, "missing.txt: no such file (give one document)"),
        (("compare", "missing.txt", "missing.txt"), 2, "give one document"),
        (("trends", "--between", "2018", "-o", "out"), 2, "--between: not a date: '-o' (give 2018"),
        (("timeline", "--since", "soon", "-o", "out"), 2, "not a date: 'soon' (give 2018"),
        (("build", ".", "--lexicon", "x"), 2, "x: no such folder of lexicons (see docs"),
        (("build", ".", "--config", "no.toml"), 2, "no.toml: no such settings file (give an"),
    ],
)
def test_wrong_use(args: tuple[str, ...], status: int, part: str, kg_run: Run) -> None:
    result = kg_run(*args)
    assert result.returncode == status, result.stderr
    one_line(result, part)


def test_unknown_name_and_bad_query(kg_run: Run, folder: Path) -> None:
    assert kg_run("build", folder, "-o", "out").returncode == 0
    result = kg_run("explain", "查无此名", "-o", "out")
    assert result.returncode == 1
    one_line(result, "查无此名")
    for command in ("explain", "trends", "formulas"):
        one_line(kg_run(command, "个统筹", "-o", "out"), "out: nothing is called", "四个统筹")
    page = folder / "nowhere" / "page.html"
    unwritten = kg_run("compare", folder / "report.txt", folder / "notice.txt", "--html", page)
    assert unwritten.returncode == 2
    one_line(unwritten, "page.html: cannot be written", "--html")
    bad = kg_run("query", "--sparql", "-", "-o", "out", stdin="SELECT WHERE {")
    assert bad.returncode == 2
    one_line(bad, "SPARQL")


def test_help_is_quick_and_complete(kg_run: Run) -> None:
    text = kg_run("--help").stdout
    for command in ("build", "verify", "explain", "stats", "query", "evaluate"):
        assert command in text
        assert kg_run(command, "--help").returncode == 0
    assert "..." not in text.partition("Commands:")[2], (
        "the first sentence of a command is too long for a line"
    )


def test_output_survives_a_poor_locale(kg_run: Run, folder: Path) -> None:
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    result = kg_run("build", folder, "-o", "out", **plain)
    assert result.returncode == 0 and "四个统筹" in result.stdout
    assert (folder.parent / "out" / "graph.html").stat().st_size > 1000
