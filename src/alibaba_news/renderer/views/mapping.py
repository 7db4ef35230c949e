"""The map of a place: an outline that all such pages share, with a dot where the place is, to the nearest town."""

from __future__ import annotations

from msgspec import Struct

from alibaba_news.renderer.maps import choose_map
from alibaba_news.renderer.views.desk import Desk


class MapView(Struct, frozen=True, kw_only=True):
    """``x`` and ``y`` place the dot; the name stands below the map, where it can be read at every width."""

    image: str
    width: int
    height: int
    x: float
    y: float
    label: str
    name: str
    note: str


def draw_map(desk: Desk, name: str, coordinates: tuple[float, float] | None) -> MapView | None:
    """None where nothing is known or no map shows it."""
    found = choose_map(coordinates) if coordinates else None
    if found is None or coordinates is None:
        return None
    frame, x, y = found
    return MapView(
        image=desk.link(f"static/{frame.file}"),
        width=frame.width,
        height=frame.height,
        x=x,
        y=y,
        label=desk.words.t("map.label", name=name, coordinates=word_coordinates(desk, coordinates)),
        name=name,
        note=desk.words.t(f"map.{frame.name}"),
    )


def word_coordinates(desk: Desk, coordinates: tuple[float, float] | None) -> str:
    """Degrees to two places at most: a city, not a doorstep. Empty where nothing is known."""
    if coordinates is None:
        return ""
    latitude, longitude = coordinates
    north = desk.words.t("place.north" if latitude >= 0 else "place.south")
    east = desk.words.t("place.east" if longitude >= 0 else "place.west")
    here, there = (desk.words.number(round(abs(value), 2)) for value in (latitude, longitude))
    return f"{here}° {north}, {there}° {east}"
