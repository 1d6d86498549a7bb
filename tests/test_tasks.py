"""From a fresh copy to a result: the two commands, the README that shows them, and the wheel."""

import ast
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from packaging.requirements import Requirement

from panjin_analysis.cli import main

TASKS = ROOT / "tasks.py"


def run_tasks(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, str(TASKS), *words], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def commands(readme) -> list[str]:
    """Return the lines of the code under the heading "Two commands"."""
    section = readme.split("\n## Two commands\n")[1].split("\n## ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", section, flags=re.DOTALL)
    return block.splitlines()


def test_the_set_up_needs_nothing_but_python():
    found = set()
    for node in ast.walk(ast.parse(TASKS.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0])
    assert found - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize(("words", "status"), [([], 2), (["no-such-job"], 2), (["--help"], 0)])
def test_without_a_job_the_usage_is_printed(words, status):
    out = run_tasks(*words)
    assert out.returncode == status
    assert "python3 tasks.py" in out.stdout


@pytest.mark.parametrize("job", ["run", "test", "check", "lock"])
def test_every_job_is_known_and_explained(job):
    names = runpy.run_path(str(TASKS))
    assert job in names["JOBS"]
    assert re.search(rf"^  {job} ", names["USAGE"], flags=re.MULTILINE)


def test_the_readme_shows_two_commands_and_both_are_tasks(commands):
    assert len(commands) == 2
    jobs = runpy.run_path(str(TASKS))["JOBS"]
    found = [re.fullmatch(r"python3 tasks\.py (\w+)", line.split("#")[0].strip()) for line in commands]
    assert [match and match[1] in jobs for match in found] == [True, True]


def test_continuous_integration_runs_the_second_command(commands):
    assert commands[1].split("#")[0].strip() in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_readme_names_every_package_that_is_installed(readme):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [Requirement(line).name for line in project["dependencies"]]
    assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", readme, flags=re.IGNORECASE)] == []


def test_every_panjin_command_in_the_readme_exists(readme, capsys):
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", readme, flags=re.DOTALL))
    mentioned = sorted(set(re.findall(r"\bpanjin ([a-z]+)", code)))
    assert mentioned
    for command in mentioned:
        with pytest.raises(SystemExit) as stop:
            main([command, "--help"])
        assert stop.value.code == 0, command
        assert capsys.readouterr().out.startswith(f"usage: panjin {command}")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Return a wheel built from a copy of the project, so that the project's folder stays clean."""
    home = tmp_path_factory.mktemp("wheel")
    leave = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")
    for name in ("panjin_analysis", "data", "notebooks"):
        shutil.copytree(ROOT / name, home / "copy" / name, ignore=leave)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, home / "copy")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "-w", str(home), str(home / "copy")], check=True, capture_output=True)
    (made,) = home.glob("*.whl")
    return made


def test_the_wheel_carries_every_module_table_and_notebook(wheel):
    wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "panjin_analysis").rglob("*.py")}
    data = [*(ROOT / "data").glob("*.csv"), ROOT / "data" / "datapackage.json", *(ROOT / "notebooks").glob("*.ipynb")]
    wanted |= {f"panjin_analysis/{path.relative_to(ROOT).as_posix()}" for path in data}
    with zipfile.ZipFile(wheel) as parts:
        assert wanted - set(parts.namelist()) == set()


def test_the_wheel_reads_its_own_data_from_anywhere(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as parts:
        parts.extractall(tmp_path / "site")
    code = "import panjin_analysis as p; print(p.__file__, len(p.load_commitments()))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert out.returncode == 0, out.stderr
    assert out.stdout.split() == [str(tmp_path / "site" / "panjin_analysis" / "__init__.py"), "133"]
