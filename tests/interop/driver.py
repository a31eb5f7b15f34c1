"""Calls the AllenSDK as it is installed: driver.py BASE_URL FOLDER [--record].

Says "ready" on standard output, then reads one call a line from standard input, as JSON, and writes one reply a line:

    {"of": "api.queries.svg_api.SvgApi", "steps": [["get_svg", 100960224]]}  ->  {"value": "<svg ...", "files": {}}

With --record nothing is asked: the replies hold the URLs that would have been.
"""

import hashlib
import importlib
import inspect
import itertools
import json
import math
import os
import sys
import types
from typing import Any, Dict, List

import numpy as np
import pandas as pd

from allensdk.api.api import Api

MAX_LISTED_VALUES = 64

BASE_URL, FOLDER = sys.argv[1:3]
RECORD = "--record" in sys.argv
CALLS = itertools.count()

# The two addresses that classes have no option for: that of the download server, and the one that ConnectedServices prints.
Api.download_url = BASE_URL
Api.default_api_url = BASE_URL


def record_urls(urls: List[str]) -> None:
    """Takes down what would be asked; nothing is."""

    def asked(self: Api, url: str, *_: Any, **__: Any) -> Dict[str, Any]:
        urls.append(url)
        return {"success": True, "msg": []}

    Api.retrieve_parsed_json_over_http = asked
    Api.retrieve_xml_over_http = asked
    Api.retrieve_file_over_http = asked


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, pd.DataFrame):
        return plain(value.to_dict("records"))
    if isinstance(value, np.ndarray):
        return describe_array(value)
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, types.GeneratorType)):
        return [plain(each) for each in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(each) for each in value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return {"python": type(value).__name__}


def describe_array(array: np.ndarray) -> Any:
    """A small array as lists, a large one by the hash of its values, the first axis fastest."""
    if array.size <= MAX_LISTED_VALUES:
        return plain(array.tolist())
    digest = hashlib.sha256(array.tobytes("F")).hexdigest()
    return {"dtype": array.dtype.name, "shape": list(array.shape), "sha256": digest}


def describe_files(folder: str) -> Dict[str, Dict[str, Any]]:
    files = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                content = file.read()
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            files[relative] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return files


def with_paths(value: Any, folder: str) -> Any:
    """Texts that start with file: are paths in the call's own folder."""
    if isinstance(value, str) and value.startswith("file:"):
        return os.path.join(folder, value[len("file:") :])
    if isinstance(value, list):
        return [with_paths(each, folder) for each in value]
    if isinstance(value, dict):
        return {key: with_paths(each, folder) for key, each in value.items()}
    return value


def make(name: str, arguments: Dict[str, Any]) -> Any:
    module, cls = name.rsplit(".", 1)
    kind = getattr(importlib.import_module(f"allensdk.{module}"), cls)
    if "base_uri" in inspect.signature(kind.__init__).parameters or "ReferenceSpaceCache" == cls:
        arguments = {"base_uri": BASE_URL, **arguments}
    return kind(**arguments)


def run(call: Dict[str, Any], folder: str) -> Any:
    value = make(call["of"], with_paths(call.get("init", {}), folder))
    for method, *arguments in with_paths(call["steps"], folder):
        names = arguments.pop()["named"] if arguments and is_named(arguments[-1]) else {}
        member = getattr(value, method)
        value = member(*arguments, **names) if callable(member) else member
    return plain(value)


def is_named(argument: Any) -> bool:
    return isinstance(argument, dict) and list(argument) == ["named"]


def answer(call: Dict[str, Any], urls: List[str]) -> Dict[str, Any]:
    folder = os.path.join(FOLDER, str(next(CALLS)))
    os.mkdir(folder)
    os.chdir(folder)
    urls.clear()
    try:
        reply = {"value": run(call, folder)}
    except Exception as error:  # Whatever AllenSDK throws is what the test is told.
        reply = {"error": f"{type(error).__name__}: {error}"}
    return {**reply, "files": describe_files(folder), **({"urls": list(urls)} if RECORD else {})}


def main() -> None:
    replies = sys.stdout
    sys.stdout = sys.stderr  # AllenSDK prints; the replies are to be alone.
    urls: List[str] = []
    if RECORD:
        record_urls(urls)
    print("ready", file=replies, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), urls)), file=replies, flush=True)


main()
