"""Draw the outline maps of place pages: ``static/map-indonesia.svg`` and ``static/map-world.svg``.

    npm install --prefix FOLDER world-atlas@2
    PYTHONPATH=src python tools/make_outlines.py FOLDER/node_modules/world-atlas

world-atlas (ISC licence, Michael Bostock) is Natural Earth (naturalearthdata.com, public domain) as TopoJSON. Its arcs are
decoded (delta-encoded, quantized integers), rings are put together, cut to the map's frame, projected (plate carrée, the frame
of ``renderer.maps``), thinned (Douglas-Peucker) and written as one path a colour. Coastlines only: of borders no more than
Indonesia's own, which its darker ground shows. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from alibaba_news.renderer.maps import INDONESIA, MAPS, Frame

STATIC = Path(__file__).resolve().parents[1] / "static"
INDONESIA_CODE = "360"  # ISO 3166-1
NOTICE = "Natural Earth (public domain) by way of world-atlas (ISC, Copyright 2013-2019 Michael Bostock)"
STYLE = (
    ".land{fill:#e2ded2}.own{fill:#c9c4b5}"
    "@media (prefers-color-scheme:dark){.land{fill:#2e2b27}.own{fill:#4a463f}}"
    "@media print{.land{fill:#e2ded2}.own{fill:#c9c4b5}}"
)

Point = tuple[float, float]
Ring = list[Point]


def main() -> None:
    """Write both maps from a world-atlas folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("atlas", type=Path, help="the folder of world-atlas, with land-50m.json in it")
    atlas: Path = parser.parse_args().atlas
    for frame in MAPS:
        layers = [("land", list(read_rings(atlas / f"land-{frame.scale}.json", "land")))]
        if frame is INDONESIA:
            layers.append(("own", list(read_rings(atlas / f"countries-{frame.scale}.json", "countries", INDONESIA_CODE))))
        content = draw(frame, layers)
        (STATIC / frame.file).write_text(content, encoding="utf-8", newline="\n")
        print(f"{frame.file}: {len(content)} bytes")


def read_rings(path: Path, name: str, code: str | None = None) -> Iterator[Ring]:
    """The rings of one object of a TopoJSON file in degrees; of the geometry with the id ``code`` alone where it is given."""
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    arcs = [decode_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    for geometry in flatten(topology["objects"][name]):
        if code is None or str(geometry.get("id")) == code:
            shapes = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
            for polygon in shapes:
                for ring in polygon:
                    yield join_arcs(ring, arcs)


def flatten(geometry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The polygons of an object, however deep its collections."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from flatten(part)
    elif geometry["type"] in ("Polygon", "MultiPolygon"):
        yield geometry


def decode_arc(arc: Sequence[Sequence[int]], transform: dict[str, Sequence[float]]) -> Ring:
    """Steps on a grid -> degrees."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        found.append((x * kx + dx, y * ky + dy))
    return found


def join_arcs(numbers: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """One ring out of its arcs; a negative number is the arc ``~n`` backwards. Neighbours share a point."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def draw(frame: Frame, layers: Sequence[tuple[str, Sequence[Ring]]]) -> str:
    """The map as SVG."""
    paths = []
    for name, rings in layers:
        parts = [part for ring in rings for part in fit_ring(frame, ring)]
        paths.append(f'<path class="{name}" d="{"".join(parts)}"/>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" '
    size = f'width="{frame.width}" height="{frame.height}">'
    return f"{head}{size}<!-- {NOTICE} --><style>{STYLE}</style>{''.join(paths)}</svg>\n"


def fit_ring(frame: Frame, ring: Ring) -> Iterator[str]:
    """The ring cut to the frame, projected, thinned; also a turn of the globe further, for a frame that crosses 180 degrees."""
    whole = unwrap(ring)
    for turn in (-360.0, 0.0, 360.0):
        moved = [(x + turn, y) for x, y in whole]
        cut = clip(moved, frame)
        if len(cut) < 3:
            continue
        points = [frame.project(latitude, longitude) for longitude, latitude in cut]
        thin = simplify(points, frame.tolerance)
        if len(thin) >= 3 and measure(thin) >= frame.smallest:
            yield write_ring(thin)


def unwrap(ring: Ring) -> Ring:
    """The ring without its leaps over 180 degrees; none of one that goes around a pole, which no frame shows."""
    turn, found = 0.0, ring[:1]
    for (before, _), (x, y) in pairwise(ring):
        turn += -360 if x - before > 180 else 360 if x - before < -180 else 0
        found.append((x + turn, y))
    return found if turn == 0 else []


def clip(ring: Ring, frame: Frame) -> Ring:
    """Sutherland and Hodgman: the ring inside the frame."""
    for axis, edge, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        found: Ring = []
        for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
            inside, following = sign * (one[axis] - edge) >= 0, sign * (other[axis] - edge) >= 0
            if inside:
                found.append(one)
            if inside != following:
                share = (edge - one[axis]) / (other[axis] - one[axis])
                found.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
        ring = found
    return ring


def simplify(points: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker without recursion: what lies nearer than ``tolerance`` to the line through its neighbours goes."""
    far = max(range(len(points)), key=lambda i: (points[i][0] - points[0][0]) ** 2 + (points[i][1] - points[0][1]) ** 2)
    closed = [*points, points[0]]
    keep = {0, far, len(closed) - 1}
    stack = [(0, far), (far, len(closed) - 1)]
    while stack:
        first, last = stack.pop()
        best, at = tolerance, -1
        for n in range(first + 1, last):
            distance = find_distance(closed[n], closed[first], closed[last])
            if distance > best:
                best, at = distance, n
        if at >= 0:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [closed[n] for n in sorted(keep)][:-1]


def find_distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a stretch of line."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length))
    return float(((x - x1 - t * (x2 - x1)) ** 2 + (y - y1 - t * (y2 - y1)) ** 2) ** 0.5)


def measure(points: Ring) -> float:
    """The area of a ring."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))) / 2


def write_ring(points: Ring) -> str:
    """A ring as steps of tenths: "M120.1 33.4l1.2-.3...z"."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    parts = [f"M{write(tenths[0][0])} {write(tenths[0][1])}l"]
    for (x1, y1), (x2, y2) in pairwise(tenths):
        for value in (write(x2 - x1), write(y2 - y1)):
            glued = parts[-1].endswith("l") or value.startswith("-")
            parts.append(value if glued else f" {value}")
    return "".join(parts) + "z"


def write(tenths: int) -> str:
    """Tenths as SVG writes them shortest: 12 -> "1.2", 5 -> ".5", -30 -> "-3"."""
    whole, rest = divmod(abs(tenths), 10)
    text = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{text}" if tenths < 0 and text != "0" else text


if __name__ == "__main__":
    main()
