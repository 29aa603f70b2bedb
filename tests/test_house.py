"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = [
    path
    for folder in ("education", "portal")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted(
    path
    for folder in ("education", "portal")
    for path in (ROOT / folder).rglob("*.html")
)
VAGUE = {"utils", "core", "common", "helpers", "services", "managers"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[Function]:
    tree = ast.parse(path.read_text())
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def unhinted(function: Function) -> list[str]:
    """Return the arguments of a function that say no type, and its missing result."""
    spec = function.args
    named = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]
    bare = [arg.arg for arg in named if arg is not None and arg.annotation is None]
    missing = [name for name in bare if name not in {"self", "cls"}]
    return missing if function.returns is not None else [*missing, "its result"]


class TestImports:
    def test_go_down_only(self) -> None:
        program = Path(sys.executable).with_name("lint-imports")
        done = subprocess.run(
            [program, "--no-cache"],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout


class TestCode:
    def test_no_file_has_a_name_that_says_nothing(self) -> None:
        names = {part for path in CODE for part in (path.stem, path.parent.name)}
        assert not names & VAGUE

    @pytest.mark.parametrize("path", CODE, ids=relative)
    def test_every_signature_says_its_types(self, path: Path) -> None:
        said = {f.name: missing for f in functions(path) if (missing := unhinted(f))}
        assert said == {}

    @pytest.mark.parametrize("path", CODE, ids=relative)
    def test_is_short_enough_to_read(self, path: Path) -> None:
        assert len(path.read_text().splitlines()) <= 300
        lengths = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path)}
        assert {name: n for name, n in lengths.items() if n > 40} == {}

    @pytest.mark.parametrize("path", CODE, ids=relative)
    def test_no_import_inside_a_function_dodges_a_cycle(self, path: Path) -> None:
        hidden = [
            (function.name, node.module)
            for function in functions(path)
            for node in ast.walk(function)
            if isinstance(node, ast.ImportFrom)
            and (node.module or "education").startswith("education")
            and path.name != "apps.py"
        ]
        assert hidden == []


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
class TestTemplates:
    def test_no_script_is_written_inline(self, path: Path) -> None:
        scripts = re.findall(r"<script\b[^>]*>", path.read_text())
        assert [tag for tag in scripts if " src=" not in tag] == []

    def test_no_style_and_no_handler_is_written_inline(self, path: Path) -> None:
        text = path.read_text()
        assert "<style" not in text
        assert re.findall(r"<[^>]*\s(?:style|on[a-z]+)=", text) == []

    def test_nothing_is_asked_of_another_host(self, path: Path) -> None:
        loading = r"<(?:script|link|img|iframe|source)\b[^>]*"
        elsewhere = r"(?:src|href)=[\"']?(?:https?:)?//"
        assert re.findall(loading + elsewhere, path.read_text()) == []
