"""One way through the house: a module imports only what stands before it."""

import ast
import inspect
from pathlib import Path

import panjin_analysis

HOME = Path(panjin_analysis.__file__).parent
# From the bottom up; a name stands for a module or for a folder of modules.
ORDER = [
    *("errors", "files", "parquet", "style", "schema", "text", "drawing", "rules", "checks", "load", "extraction"),
    *("quotes", "evaluation", "profiles", "tables", "firmness", "readable", "agreement", "compare"),
    *("progress", "cite", "export"),
    *("captions", "figures"),
    *("preflight", "saving", "charts", "excel", "kernel", "pages"),
    *("office", "month", "reading", "reconcile", "accessibility"),
    *("review", "explain", "show", "execution", "lab", "build", "receipts"),
    *("workbook_commands", "review_commands", "research_commands", "cli"),
]
DOORS = {"__init__", "__main__"}  # a package's face; they may import anything


def modules() -> dict[str, ast.Module]:
    """Return every module of the package, by its name inside it."""
    paths = sorted(HOME.rglob("*.py"))
    names = [".".join(path.relative_to(HOME).with_suffix("").parts) for path in paths]
    return {name: ast.parse(path.read_text("utf-8")) for name, path in zip(names, paths, strict=True)}


def imported(tree: ast.Module) -> set[str]:
    """Return the dotted names that a module imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layers(tree: ast.Module) -> set[str]:
    """Return the layers of the package that a module imports."""
    parts = [name.split(".") for name in imported(tree)]
    return {part[1] for part in parts if part[0] == "panjin_analysis" and len(part) > 1}


MODULES = modules()
INNER = {name: tree for name, tree in MODULES.items() if name not in DOORS}


def test_every_module_has_its_place_in_the_order():
    unknown = {name.split(".")[0] for name in INNER} - set(ORDER)
    assert unknown == set(), "a new module: add it to the list ORDER of tests/test_layers.py"


def test_no_arrow_points_back():
    back = [
        f"{name} imports {other}"
        for name, tree in INNER.items()
        for other in layers(tree)
        if other not in ORDER or ORDER.index(other) > ORDER.index(name.split(".")[0])
    ]
    assert back == []


def test_the_text_modules_know_nothing_of_pandas():
    text = {name: imported(tree) for name, tree in INNER.items() if name.split(".")[0] == "text"}
    assert text
    assert [name for name, found in text.items() if any(one.split(".")[0] == "pandas" for one in found)] == []


def test_the_text_modules_import_only_errors_and_each_other():
    assert {layer for name in INNER if name.split(".")[0] == "text" for layer in layers(MODULES[name])} <= {
        "errors",
        "text",
    }


def test_only_load_and_execution_ask_where_the_bundled_folders_are():
    def calls(tree: ast.Module) -> bool:
        return any(
            isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "bundled"
            for node in ast.walk(tree)
        )

    assert {name for name, tree in MODULES.items() if calls(tree)} == {"load.store", "execution"}


def test_what_the_package_offers_fits_on_one_screen():
    # 44 and no more: every frame can be looked at, and all of them taken elsewhere.
    assert len(offered()) <= 44, sorted(offered())


def test_every_function_the_package_offers_has_an_example_that_runs():
    functions = {name: what for name, what in offered().items() if not inspect.isclass(what)}
    assert [name for name, what in functions.items() if ">>>" not in (inspect.getdoc(what) or "")] == []


def test_every_name_the_package_offers_says_what_it_is_for():
    assert [name for name, what in offered().items() if not (inspect.getdoc(what) or "").strip()] == []


def offered() -> dict[str, object]:
    names = vars(panjin_analysis).items()
    return {name: what for name, what in names if not name.startswith("_") and not inspect.ismodule(what)}
