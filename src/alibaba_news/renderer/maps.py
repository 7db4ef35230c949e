"""Where a point stands on the outline maps of ``static/``: frames, projection, which map shows a place.

The outlines are drawn once by ``tools/make_outlines.py``; every page of a place lays a dot over one of them.
"""

from __future__ import annotations

from msgspec import Struct


class Frame(Struct, frozen=True, kw_only=True):
    """A map: its file, the degrees it shows (``east`` may lie beyond 180), its size, and how coarse its outlines are."""

    name: str  # indonesia, world: also the key of its words
    file: str
    west: float
    east: float
    south: float
    north: float
    width: int
    height: int
    scale: str  # of the Natural Earth data
    tolerance: float  # in the map's units: outlines nearer than this to a straight line become one
    smallest: float  # islands below this area are left out

    def project(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Plate carrée: degrees to the map's units, from the upper left."""
        x = (longitude - self.west) / (self.east - self.west) * self.width
        y = (self.north - latitude) / (self.north - self.south) * self.height
        return x, y

    def find(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        """The point of a place on this map, to a tenth of a unit; None where it lies outside."""
        for turned in (longitude, longitude + 360, longitude - 360):
            if self.west <= turned <= self.east and self.south <= latitude <= self.north:
                x, y = self.project(latitude, turned)
                return round(x, 1), round(y, 1)
        return None


INDONESIA = Frame(
    name="indonesia",
    file="map-indonesia.svg",
    west=94,
    east=142,
    south=-12,
    north=8,
    width=576,
    height=240,
    scale="10m",
    tolerance=0.55,
    smallest=1.2,
)
# The world is cut in the Atlantic, so that Indonesia stands near its middle.
WORLD = Frame(
    name="world",
    file="map-world.svg",
    west=-30,
    east=330,
    south=-58,
    north=80,
    width=576,
    height=221,
    scale="110m",
    tolerance=0.4,
    smallest=0.8,
)
MAPS = (INDONESIA, WORLD)


def choose_map(coordinates: tuple[float, float]) -> tuple[Frame, float, float] | None:
    """The nearest map that shows a place, with its point there; None where none does (the poles)."""
    for frame in MAPS:
        point = frame.find(*coordinates)
        if point is not None:
            return frame, *point
    return None
