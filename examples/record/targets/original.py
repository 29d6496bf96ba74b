"""Functions of a published file, without the imports and classes around them."""

import __future__

import ast
from pathlib import Path
from typing import Any


def take(file: Path, *names: str, within: str | None = None, **given: Any) -> dict[str, Any]:
    """The functions and classes `names` of a file, as its author wrote them but for decorators.

    What they need from elsewhere is `given` by name; `within` looks inside a class.
    """
    tree = ast.parse(file.read_text())
    body = tree.body
    if within:
        body = next(node.body for node in body if isinstance(node, ast.ClassDef) and node.name == within)
    kept = [node for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in names]
    if {node.name for node in kept} != set(names):
        raise ValueError(f"{file} lacks one of {names}")
    for node in kept:
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []
    space = dict(given)
    types_unread = __future__.annotations.compiler_flag
    exec(compile(ast.Module(kept, []), str(file), "exec", types_unread), space)
    return space
