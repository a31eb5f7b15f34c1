"""Runs the tests of the IIIF Image API validator: validate_images.py SERVER PREFIX IDENTIFIER VERSION < COLOURS.

The validator knows the colours of its own picture alone: those of ours come as JSON, by column and row. Its tests are run as they are.
Prints what each came to as JSON: its level, whether it passed, and what was wrong.
"""

import json
import random
import sys
import traceback
import types
from contextlib import redirect_stdout

# Two tests of formats import it, and use it after a call that Python 3 does not have.
sys.modules.setdefault("magic", types.ModuleType("magic"))

# It prints as it is loaded and run.
with redirect_stdout(sys.stderr):
    from iiif_validator.validator import ImageAPI, TestSuite, ValidationInfo


def run_test(name: str, colours: list, server: str, prefix: str, identifier: str, version: str) -> dict:
    random.seed(f"{version} {name}")
    info = ValidationInfo()
    info.colorInfo = colours
    api = ImageAPI(identifier, server, prefix, "http", "", version, debug=False)
    try:
        with redirect_stdout(sys.stderr):
            TestSuite(info).run_test(name, api)
    except Exception:
        return {"passed": False, "reason": traceback.format_exc(limit=-1).strip().splitlines()[-1], "urls": api.urls}
    if api.exception:
        return {"passed": False, "reason": str(api.exception), "urls": api.urls}
    return {"passed": True}


def main(server: str, prefix: str, identifier: str, version: str) -> None:
    colours = [[tuple(colour) for colour in column] for column in json.load(sys.stdin)]
    tests = TestSuite(ValidationInfo()).list_tests(version)
    results = {
        name: {"level": test["level"], **run_test(name, colours, server, prefix, identifier, version)}
        for name, test in sorted(tests.items())
    }
    print(json.dumps(results))


main(*sys.argv[1:])
