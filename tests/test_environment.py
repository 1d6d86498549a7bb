"""Three files say what is installed, for pip, for conda and to the byte: they agree."""

import re
import tomllib

import pytest
import yaml
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
CONDA_NAMES = {
    "brotli-python": "brotli",
    "matplotlib-base": "matplotlib",
    "python-duckdb": "duckdb",
}  # where conda-forge calls a package otherwise


def asked(lines: list[str]) -> list[tuple[str, SpecifierSet]]:
    """Return the PyPI name and the range of each line, as conda or pip would read it."""
    found = [Requirement(line) for line in lines if not line.startswith("-")]
    return [(canonicalize_name(CONDA_NAMES.get(one.name, one.name)), one.specifier) for one in found]


def wanted() -> dict[str, SpecifierSet]:
    """Return the range of every package that pyproject.toml asks for, for use and for development."""
    return dict(asked(PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]))


def locked() -> list[tuple[str, str, str]]:
    """Return name, version and all that belongs to it, for each package of the lock."""
    blocks = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)
    heads = [(re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", block), block) for block in blocks if block.strip()]
    return [(canonicalize_name(head[1]), head[2], block) for head, block in heads if head]


@pytest.fixture(scope="module")
def environment() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def by_pip(environment) -> list[str]:
    (part,) = [one["pip"] for one in environment["dependencies"] if isinstance(one, dict)]
    return part


@pytest.fixture(scope="module")
def by_conda(environment) -> dict[str, SpecifierSet]:
    return dict(asked([one for one in environment["dependencies"] if isinstance(one, str)]))


def test_the_conda_environment_is_called_panjin_and_uses_conda_forge_alone(environment):
    assert environment["name"] == "panjin"
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    assert set(environment) == {"name", "channels", "dependencies"}


def test_conda_and_pip_ask_for_the_same_packages_in_the_same_ranges(by_conda, by_pip):
    ranges = {name: spec for name, spec in by_conda.items() if name not in {"python", "pip"}}
    ranges |= dict(asked(by_pip))
    assert {name: str(spec) for name, spec in ranges.items()} == {name: str(spec) for name, spec in wanted().items()}


def test_no_package_is_asked_for_twice(environment, by_pip):
    lines = [one for one in environment["dependencies"] if isinstance(one, str)]
    names = [name for name, _ in asked([*lines, *by_pip])]
    assert [name for name in names if names.count(name) > 1] == []


def test_conda_and_pip_ask_for_the_same_python(by_conda):
    assert by_conda["python"] == SpecifierSet(PROJECT["project"]["requires-python"])


def test_conda_installs_the_project_itself_from_its_folder(by_conda, by_pip):
    """The pip part is a requirements file to pip, which knows no ``--no-deps`` there."""
    assert "pip" in by_conda
    assert [line for line in by_pip if line.startswith("-")] == ["-e ."]


def test_every_package_asked_for_is_locked_inside_its_range():
    versions = {name: [v for n, v, _ in locked() if n == name] for name in wanted()}
    outside = [
        f"{name}{spec}: locked {versions[name]}"
        for name, spec in wanted().items()
        if not versions[name] or not all(version in spec for version in versions[name])
    ]
    assert outside == []


def test_every_locked_package_has_a_hash():
    assert locked()
    assert [name for name, _, block in locked() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)] == []


def test_the_lock_holds_nothing_but_packages_and_comments():
    lines = re.findall(r"^\S.*", LOCK, flags=re.MULTILINE)
    assert [line for line in lines if not re.match(r"#|[A-Za-z0-9._-]+==\S+( ;.*)? \\$", line)] == []


@pytest.mark.parametrize("address", ["://", "index-url", "find-links", "trusted-host", " @ "])
def test_the_lock_names_no_address(address):
    assert [line for line in LOCK.splitlines() if address in line] == []
