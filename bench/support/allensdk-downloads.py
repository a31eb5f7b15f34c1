"""Downloads as AllenSDK does, one file after the other: allensdk-downloads.py FOLDER, with "URL NAME" lines on standard input."""

import os
import sys

from allensdk.api.api import Api

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
api = Api()
for line in sys.stdin:
    url, name = line.split()
    api.retrieve_file_over_http(url, os.path.join(folder, name))
