"""The outline maps: where a place stands on them, which of them shows it, and that the files fit the frames."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from alibaba_news.packaged import find_packaged
from alibaba_news.renderer.maps import INDONESIA, MAPS, Frame, choose_map


@pytest.mark.parametrize(
    ("coordinates", "name", "point"),
    [
        ((8.0, 94.0), "indonesia", (0.0, 0.0)),  # its upper left
        ((-12.0, 142.0), "indonesia", (576.0, 240.0)),
        ((-6.2, 106.8), "indonesia", (153.6, 170.4)),
        ((1.35, 103.8), "indonesia", (117.6, 79.8)),  # a neighbour
        ((30.3, 120.2), "world", (240.3, 79.6)),
        ((40.7, -74.0), "world", (505.6, 62.9)),  # the other half of the globe lies to the east
        ((51.5, -0.1), "world", (47.8, 45.6)),
    ],
)
def test_a_place_stands_where_its_degrees_say(coordinates: tuple[float, float], name: str, point: tuple[float, float]) -> None:
    found = choose_map(coordinates)
    assert found is not None
    assert (found[0].name, found[1:]) == (name, point)


@pytest.mark.parametrize("coordinates", [(90.0, 0.0), (-80.0, 120.0)])
def test_no_map_shows_the_poles(coordinates: tuple[float, float]) -> None:
    assert choose_map(coordinates) is None


@pytest.mark.parametrize("frame", MAPS, ids=lambda frame: frame.name)
def test_the_files_fit_the_frames_and_are_small(frame: Frame) -> None:
    path = find_packaged("static") / frame.file
    content = path.read_bytes()
    assert len(content) < 30_000
    assert b"Natural Earth" in content
    root = ElementTree.fromstring(content)
    assert root.get("viewBox") == f"0 0 {frame.width} {frame.height}"
    layers = [element.get("class") for element in root if element.tag.endswith("path")]
    assert layers == (["land", "own"] if frame is INDONESIA else ["land"])
