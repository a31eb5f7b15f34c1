"""Reads documents of the IIIF Presentation API 3.0 with the models of iiif-prezi3: one a line, as JSON, from the standard input.

Prints for each what is wrong with it as JSON, or null.
"""

import json
import sys
from typing import Optional

from iiif_prezi3 import AnnotationPage, Collection, Manifest

MODELS = {"AnnotationPage": AnnotationPage, "Collection": Collection, "Manifest": Manifest}


def read(document: dict) -> Optional[str]:
    try:
        MODELS[document["type"]](**document)
        return None
    except Exception as error:
        return str(error)


for line in sys.stdin:
    print(json.dumps(read(json.loads(line))), flush=True)
