"""Lists what an installed AllenSDK lets others call, as JSON: {"module.Class": {"bases": [...], "methods": [...]}}.

Functions of a module stand under the module's own name. Sources are parsed and not imported: some want packages of their own.
"""

import ast
import json
import sys
from pathlib import Path
from typing import Dict, Iterator, List

import allensdk

ROOT = Path(allensdk.__file__).parent


def is_public(node: ast.AST, kind: type) -> bool:
    return isinstance(node, kind) and not node.name.startswith("_")


def names_of(body: List[ast.stmt]) -> List[str]:
    return sorted({node.name for node in body if is_public(node, ast.FunctionDef)})


def base_names(node: ast.ClassDef) -> List[str]:
    return [base.id for base in node.bases if isinstance(base, ast.Name)]


def list_module(path: Path) -> Dict[str, Dict[str, List[str]]]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    body = ast.parse(path.read_text(encoding="utf-8")).body
    listed = {module: {"bases": [], "methods": names_of(body)}}
    for node in body:
        if is_public(node, ast.ClassDef):
            listed[f"{module}.{node.name}"] = {"bases": base_names(node), "methods": names_of(node.body)}
    return {name: entry for name, entry in listed.items() if entry["methods"]}


def sources(paths: List[str]) -> Iterator[Path]:
    for path in paths:
        place = ROOT / path
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


print(json.dumps({name: entry for path in sources(sys.argv[1:]) for name, entry in list_module(path).items()}))
