"""Makes a virtual environment that the tests run packages of PyPI in: make_environment.py FOLDER REQUIREMENTS.

It is made aside and renamed when it is complete, one at a time, so that test runs may start together. Standard library only.
"""

import os
import shutil
import subprocess
import sys
import venv
from contextlib import contextmanager
from typing import Iterator


@contextmanager
def alone(path: str) -> Iterator[None]:
    """Waits for others that make the same; the system ends the lock with the process."""
    with open(path, "w") as file:
        try:
            import fcntl
        except ImportError:  # Windows
            yield
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make(folder: str, requirements: str) -> None:
    aside = f"{folder}.part"
    shutil.rmtree(aside, ignore_errors=True)
    venv.create(aside, with_pip=True)
    program = os.path.join(aside, "Scripts/python.exe" if os.name == "nt" else "bin/python")
    options = "--quiet --no-input --no-deps --no-compile --only-binary=:all: --retries=1 --timeout=30".split()
    pip = [program, "-m", "pip", "--disable-pip-version-check", "install", *options, "--requirement", requirements]
    try:
        subprocess.run(pip, check=True)
        os.rename(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def main(folder: str, requirements: str) -> None:
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    with alone(f"{folder}.lock"):
        if not os.path.exists(folder):
            make(folder, requirements)


main(*sys.argv[1:])
