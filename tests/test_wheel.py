"""The wheel, in an environment of its own, builds a folder of other documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from samples import NOTICE, REPORT, ROOT, SPEECH


def test_wheel_builds_elsewhere(tmp_path: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"),
            *("--no-build-isolation", "--wheel-dir", tmp_path / "dist", ROOT),
        ],
        check=True,
        cwd=tmp_path,
    )
    wheel = next((tmp_path / "dist").glob("tifa_kg-*.whl"))
    home = tmp_path / "环境 one"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    # The dependencies come from this environment's folder, which holds no copy of kg itself:
    # an editable install leaves only a finder, and finders in a path file's folder do not run.
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
         "--target", site, wheel],
        check=True,
    )  # fmt: skip
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    source = tmp_path / "三份 文件"
    source.mkdir()
    for name, text in (("报告.txt", REPORT), ("通知.txt", NOTICE), ("讲话.txt", SPEECH)):
        (source / name).write_text(text, "utf-8")
    done = subprocess.run(
        [python, "-m", "kg", "build", source, "-o", tmp_path / "结 果", "--json"],
        capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["documents"] == 3
    where = subprocess.run(
        [python, "-c", "import kg; print(kg.__file__)"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    ).stdout  # fmt: skip
    assert str(home) in where
    assert (tmp_path / "结 果" / "graph.html").is_file()
