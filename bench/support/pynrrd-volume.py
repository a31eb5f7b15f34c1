"""Does with pynrrd and NumPy what the bench of volumes does, one command a line."""

import sys

import nrrd
import numpy

data = None

for line in sys.stdin:
    job, *rest = line.split(maxsplit=1)
    reply = "done"
    if job == "read":
        data, _ = nrrd.read(rest[0].rstrip("\n"))
        reply = str(data.size)
    elif job == "slice":
        # As an array that is laid out as the picture is: a view alone is no picture.
        numpy.ascontiguousarray(data[int(rest[0]), :, :])
    elif job == "count":
        labels, counts = numpy.unique(data, return_counts=True)
        reply = f"{len(labels)} {counts.max()}"
    elif job == "mask":
        labels = numpy.array([int(label) for label in rest[0].split(",")], dtype=data.dtype)
        reply = str(int(numpy.isin(data, labels).sum()))
    print(reply, flush=True)
