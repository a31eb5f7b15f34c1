"""Maps points with NumPy, as whoever has no library for it would: whole arrays at once, into arrays that are there."""

import json
import sys

import numpy as np

COUNT = int(sys.argv[1])


def numbers(seed, count):
    """The same numbers as createNumbers() of sync-world.mjs."""
    values = np.empty(count)
    state = seed
    for index in range(count):
        state = state * 48271 % 2147483647
        values[index] = state
    return values / 2147483647


world = json.loads(sys.stdin.readline())
drawn = numbers(1, COUNT * 5)
xy = drawn[: COUNT * 2].reshape(COUNT, 2) * 14000
xyz = drawn[COUNT * 2 :].reshape(COUNT, 3) * 13000
del drawn

tvr, trv = np.array(world["tvr"]), np.array(world["trv"])
section = world["maps"][world["section"]]
tsv = np.array(section["tsv"])
vz = section["sectionNumber"] * world["thicknessUm"]
places = np.array([each["sectionNumber"] for each in world["maps"]], dtype=float)
middles = (places[1:] + places[:-1]) / 2
tvs = np.array([each["tvs"] for each in world["maps"]])

# One map for all: pixels to reference space.
linear = tvr[:9].reshape(3, 3)
flat = tsv[:4].reshape(2, 2)
composed = (linear[:, :2] @ flat).T.copy()
offset = linear[:, :2] @ tsv[4:] + linear[:, 2] * vz + tvr[9:]
back = trv[:9].reshape(3, 3).T.copy()


def image_exact(out):
    x, y = xy[:, 0], xy[:, 1]
    vx = tsv[0] * x + tsv[1] * y + tsv[4]
    vy = tsv[2] * x + tsv[3] * y + tsv[5]
    for row in range(3):
        out[:, row] = tvr[row * 3] * vx + tvr[row * 3 + 1] * vy + tvr[row * 3 + 2] * vz + tvr[9 + row]


def image_composed(out):
    np.matmul(xy, composed, out=out)
    out += offset


def place(vx, vy, wanted, out):
    sections, placed = out
    sections[:] = np.searchsorted(middles, wanted, side="left")
    maps = tvs[sections]
    placed[:, 0] = maps[:, 0] * vx + maps[:, 1] * vy + maps[:, 4]
    placed[:, 1] = maps[:, 2] * vx + maps[:, 3] * vy + maps[:, 5]


def reference_exact(out):
    x, y, z = xyz[:, 0], xyz[:, 1], xyz[:, 2]
    v = [trv[r * 3] * x + trv[r * 3 + 1] * y + trv[r * 3 + 2] * z + trv[9 + r] for r in range(3)]
    place(v[0], v[1], v[2] / world["thicknessUm"], out)


def reference_composed(out):
    v = xyz @ back
    v += trv[9:]
    place(v[:, 0], v[:, 1], v[:, 2] / world["thicknessUm"], out)


WAYS = {
    ("image", "exact"): image_exact,
    ("image", "composed"): image_composed,
    ("reference", "exact"): reference_exact,
    ("reference", "composed"): reference_composed,
}


def room(job):
    if job == "image":
        return np.empty((COUNT, 3))
    return np.empty(COUNT, dtype=np.int32), np.empty((COUNT, 2))


def status(name):
    """A field of what Linux says of this process, in KiB."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))


rooms = {}
print("ready", flush=True)
for line in sys.stdin:
    order, *rest = line.split()
    if order == "run":
        job, way = rest
        if job not in rooms:
            rooms[job] = room(job)
        WAYS[job, way](rooms[job])
        print("done", flush=True)
    elif order == "peak":
        job, way = rest
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")  # Lowers the peak to what is held now.
        before = status("VmRSS")
        out = room(job)
        for _ in range(3):
            WAYS[job, way](out)
        print(status("VmHWM") - before, flush=True)
    elif order == "sums":
        for job in ("image", "reference"):
            rooms[job] = room(job)
            WAYS[job, "exact"](rooms[job])
        sections, placed = rooms["reference"]
        sums = {
            "image": float(np.abs(rooms["image"]).sum()),
            "reference": float(np.abs(placed).sum()),
            "sections": int(sections.sum()),
        }
        print(json.dumps(sums), flush=True)
