"""A program that tells where modules come from that others may have modules of the same name of.

Usage: python -m tests.support.whereabouts [ARGUMENT...]
"""

import importlib.util
import json
import os
import sys

NAMES = ("jingyu", "jingyu.pipeline", "numpy", "pipeline", "secrets", "tests")


def whereabouts() -> str:
    """Returns, as JSON, the file or folders of each module, arguments and where it is told."""
    found = {}
    for name in NAMES:
        spec = importlib.util.find_spec(name)
        folders = list(spec.submodule_search_locations or ()) if spec else []
        places = folders or ([spec.origin or ""] if spec else [])
        found[name] = [os.path.realpath(place) for place in places]
    told = {"modules": found, "arguments": sys.argv[1:], "folder": os.getcwd()}
    return json.dumps(told | {"safe_path": sys.flags.safe_path, "program": sys.executable})


if __name__ == "__main__":
    sys.stdout.write(whereabouts())
