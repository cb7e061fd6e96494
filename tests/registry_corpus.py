"""Eight invented documents of seven years: a list changes, a name goes, another comes."""

from __future__ import annotations

from pathlib import Path

FIRST = "统筹上游下游、统筹城市农村、统筹地上地下、统筹建设管护"
SECOND = "统筹上游下游、统筹城市农村、统筹水上水下、统筹建设管护"
BANS = "严禁乱占河道、严禁乱采河沙、严禁乱排污水"
# Path, what the manifest says of the date, text.
DOCUMENTS: tuple[tuple[str, str, str], ...] = (
    (
        "a-2015.txt", 'issued = "2015-03-05"',
        f"各县要坚持“四个统筹”：{FIRST}。落实“三个严禁”：{BANS}。",
    ),
    ("b-2016.txt", 'issued = "2016"', "继续落实“三个严禁”，坚持“四个统筹”，落实“三个严禁”。"),
    ("c-2018.txt", 'issued = "2018-06"', f"新形势下要坚持“四个统筹”：{SECOND}。"),
    (
        "d-2019.txt", 'issued = "2019-04-01"\nspoken = "2019-03-28"',
        "全市要做到“两个守护”，弘扬求实、担当、奉献的治水精神。",
    ),
    ("e-window.txt", 'issued = "2019-11/2020-02"', "沿江各乡要做到“两个守护”。"),
    ("f-2021.txt", 'issued = "2021-05-02"', f"坚持“四个统筹”：{SECOND}。弘扬治水精神。"),
    ("g-undated.txt", "", "重温“三个严禁”，守住“五条红线”。"),
    (
        "h-2021.txt", 'issued = "2021-11-20"',
        "牢记“两个守护”。坚决守护一江碧水，坚决守护两岸青山。守住安全底线、质量底线等三条底线。",
    ),
)  # fmt: skip


def write(folder: Path, documents: tuple[tuple[str, str, str], ...] = DOCUMENTS) -> Path:
    """The documents and their manifest in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for path, dates, text in documents:
        (folder / path).write_text(text + "\n", "utf-8")
        if dates:
            rows.append(f'[[document]]\npath = "{path}"\n{dates}\n')
    (folder / "manifest.toml").write_text("\n".join(rows), "utf-8")
    return folder
