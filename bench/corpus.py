"""A made-up news archive, the same for the same number and seed, as folders that this program or Hugo reads.

    python bench/corpus.py --stories 1000 --form given|raw|hugo --output DIR [--seed 1]

``given``: Markdown with front matter that names people, organizations, places and events. ``raw``: the same reports as text
scraped from a page, with its furniture. ``hugo``: as given, with Hugo's own keys. People, bodies and events follow Zipf's law;
names are coined, so that the number of different words grows with the archive as it does in a real one.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from words import BODIES, DAYS, FIELDS, GIVEN, MONTHS, OCCASIONS, OFFICES, QUALITIES, ROOTS, coin_name, derive

Thing = TypeVar("Thing")

FORMS = ("given", "raw", "hugo")
FIRST_DAY = date(2001, 1, 1)
DAYS_COVERED = 365 * 24
PARAGRAPHS = 12

_FRAMES = (
    "{Root} {quality} di {place} itu dinilai {quality2} oleh {body} karena {derived} kian {quality}.",
    "Menurut {body}, {root} dan {root2} di kawasan {spot} mencapai {number} unit, naik {share} persen dari tahun sebelumnya.",
    "Warga {spot} menyambut {derived} tersebut dengan {root2} yang {quality}.",
    "{name} mengatakan {root} {quality} itu akan {derived} hingga {month} mendatang.",
    "Sedikitnya {number} peserta dari {place} dan {place2} mengikuti {root} yang digelar di {spot}.",
    "Nilai {root} daerah itu tercatat Rp{share},{digit} miliar, sedangkan {root2} masih {quality}.",
    "Sebelumnya, {body} sudah {derived} {root2} serta {derived2} {root} di {spot}.",
    "Para {root} berharap {derived} {root2} tidak lagi {quality}.",
    "Pembangunan {root} {quality} di {spot} selesai pada akhir {month}, tiga pekan lebih {quality2} dari rencana.",
    "Hingga kini {derived} {root} di {place2} belum {quality}, kata {office} itu.",
    "Ia menambahkan, {derived} dan {derived2} harus berjalan {quality} agar {root2} tetap {quality2}.",
    "Data lembaga itu menunjukkan {root} {spot} menyumbang {share},{digit} persen dari seluruh {root2} di {place}.",
)
_QUOTES = (
    '"Kami ingin {root} ini {quality} dan {derived} bagi semua warga," kata {name} di {place}, {day} ({dm}).',
    '"{Root} di {spot} memang belum {quality}, tetapi {derived} terus kami kerjakan," ujar {name}.',
    '"Tidak ada {root2} yang {quality} tanpa {derived}," tutur {name}.',
)
_HEADLINES = (
    "{Root} {Spot} Kian {Quality}, {Name} Minta {Root2} {Quality2}",
    "{Name}: {Root} dan {Root2} di {Place} Harus {Quality}",
    "{Body} Buka {Root} {Quality} di {Place}",
    "{Number} Peserta Ikuti {Root} {Spot} di {Place}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One report and what an editor would give of it."""

    slug: str
    title: str
    day: date
    outlet: str
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    places: tuple[str, ...]
    events: tuple[tuple[str, date], ...]
    paragraphs: tuple[str, ...]


class Cast:
    """Whom and what an archive of so many stories tells of; the first of each are told of most often."""

    def __init__(self, stories: int, draw: Random) -> None:
        self.people = _coin(max(6, stories // 20), lambda: f"{draw.choice(GIVEN)} {coin_name(draw, draw.randint(2, 3))}")
        self.bodies = _coin(max(4, stories // 40), lambda: _coin_body(draw))
        self.places = _coin(max(8, min(300, stories // 20)), lambda: coin_name(draw, draw.randint(2, 3)))
        self.outlets = _coin(12, lambda: f"{draw.choice(('Kabar', 'Suara', 'Warta', 'Harian'))} {coin_name(draw, 3)}")
        self.spots = _coin(int(40 * stories**0.7), lambda: coin_name(draw, draw.randint(2, 3)))
        names = _coin(max(3, stories // 40), lambda: f"{draw.choice(OCCASIONS)} {draw.choice(FIELDS)} {coin_name(draw, 3)}")
        self.events = tuple((name, FIRST_DAY + timedelta(days=draw.randrange(DAYS_COVERED))) for name in names)
        pools = (self.people, self.bodies, self.places, self.spots, self.events)
        self._weights = {id(pool): tuple(itertools.accumulate(1 / n for n in range(1, len(pool) + 1))) for pool in pools}

    def pick(self, pool: tuple[Thing, ...], count: int, draw: Random) -> tuple[Thing, ...]:
        """So many different ones, by Zipf's law."""
        chosen: dict[Thing, None] = {}
        while len(chosen) < count:
            chosen[draw.choices(pool, cum_weights=self._weights[id(pool)])[0]] = None
        return tuple(chosen)


def _coin(count: int, make: Callable[[], str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[make()] = None
    return tuple(found)


def _coin_body(draw: Random) -> str:
    kind = draw.choice(BODIES)
    first = coin_name(draw, 2) if kind in {"PT", "Yayasan"} else draw.choice(FIELDS)
    return f"{kind} {first} {coin_name(draw, 3)}"


def make_articles(stories: int, seed: int) -> Iterator[Article]:
    """The archive, one report after the other."""
    draw = Random(seed)
    cast = Cast(stories, draw)
    taken: set[str] = set()
    for number in range(stories):
        yield make_article(cast, draw, number, taken)


def make_article(cast: Cast, draw: Random, number: int, taken: set[str]) -> Article:
    """One report; ``taken`` are the addresses given so far."""
    matter = Matter(
        people=cast.pick(cast.people, draw.randint(1, 4), draw),
        bodies=cast.pick(cast.bodies, draw.randint(1, 3), draw),
        places=cast.pick(cast.places, 2, draw),
        day=FIRST_DAY + timedelta(days=draw.randrange(DAYS_COVERED)),
    )
    fill = Filler(cast, draw, matter)
    title = fill(draw.choice(_HEADLINES))
    slug = make_slug(title)[:70].rstrip("-")
    slug = f"{slug}-{number}" if slug in taken else slug
    taken.add(slug)
    return Article(
        slug=slug,
        title=title,
        day=matter.day,
        outlet=draw.choice(cast.outlets),
        people=matter.people,
        bodies=matter.bodies,
        places=matter.places,
        events=cast.pick(cast.events, draw.choice((0, 0, 1, 1, 2)), draw),
        paragraphs=tuple(make_paragraph(fill, draw, nth, matter) for nth in range(PARAGRAPHS)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What one report is about."""

    people: tuple[str, ...]
    bodies: tuple[str, ...]
    places: tuple[str, ...]
    day: date


class Filler:
    """Fills the slots of a sentence with words that change from sentence to sentence."""

    def __init__(self, cast: Cast, draw: Random, matter: Matter) -> None:
        self._cast, self._draw, self._matter = cast, draw, matter

    def __call__(self, frame: str) -> str:
        draw, matter = self._draw, self._matter
        words = {
            "root": draw.choice(ROOTS),
            "root2": draw.choice(ROOTS),
            "derived": derive(draw, draw.choice(ROOTS)),
            "derived2": derive(draw, draw.choice(ROOTS)),
            "quality": draw.choice(QUALITIES),
            "quality2": draw.choice(QUALITIES),
            "name": draw.choice(matter.people),
            "body": draw.choice(matter.bodies),
            "place": matter.places[0],
            "place2": matter.places[1],
            "spot": self._cast.pick(self._cast.spots, 1, draw)[0],
            "office": draw.choice(OFFICES),
            "month": draw.choice(MONTHS),
            "day": DAYS[matter.day.weekday()],
            "dm": f"{matter.day.day}/{matter.day.month}",
            "number": f"{draw.randint(2, 99)}.{draw.randint(100, 999)}",
            "share": str(draw.randint(2, 98)),
            "digit": str(draw.randint(1, 9)),
        }
        words |= {key.capitalize(): value[:1].upper() + value[1:] for key, value in words.items()}
        return frame.format(**words)


def make_paragraph(fill: Filler, draw: Random, nth: int, matter: Matter) -> str:
    """Some thirty words; the first paragraphs name who speaks for whom."""
    sentences = [fill(draw.choice(_FRAMES)), fill(draw.choice(_QUOTES if nth % 3 == 1 else _FRAMES))]
    if nth < len(matter.people):
        body, place = matter.bodies[nth % len(matter.bodies)], matter.places[nth % 2]
        sentences.insert(1, f"Hal itu disampaikan {matter.people[nth]} dari {body} di {place}.")
    return " ".join(sentences)


def make_slug(text: str) -> str:
    """A file name out of a headline."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def write_given(article: Article) -> str:
    """Markdown with the front matter that a careful editor writes."""
    events = [f"  - {{name: {json.dumps(name)}, start: {start}}}" for name, start in article.events]
    return _join_front_matter(
        article, [f"source: {json.dumps(article.outlet)}", "events:" if events else "events: []", *events]
    )


def write_hugo(article: Article) -> str:
    """The same for Hugo, whose terms are plain names."""
    names = json.dumps([name for name, _ in article.events])
    return _join_front_matter(
        article, [f"outlets: [{json.dumps(article.outlet)}]", f'years: ["{article.day.year}"]', f"events: {names}"]
    )


def _join_front_matter(article: Article, rows: list[str]) -> str:
    head = [
        "---",
        f"title: {json.dumps(article.title)}",
        f"date: {article.day}",
        f"slug: {article.slug}",
        f"summary: {json.dumps(article.paragraphs[0][:180])}",
        f"people: {json.dumps(article.people)}",
        f"organizations: {json.dumps(article.bodies)}",
        f"places: {json.dumps(article.places)}",
        *rows,
        "---",
    ]
    return "\n".join(head) + "\n\n" + "\n\n".join(article.paragraphs) + "\n"


def write_raw(article: Article) -> str:
    """The report as it is scraped: headline, day, editor and page furniture around the text."""
    day = article.day
    printed = (
        f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year} {day.day % 12 + 7:02}:{day.month * 4:02} WIB"
    )
    head = ["Beranda", "Nasional", article.title, printed, f"Penulis: {article.people[-1]}", "Bagikan"]
    body = [f"{article.places[0].upper()}, {article.outlet} - {article.paragraphs[0]}", *article.paragraphs[1:]]
    body.insert(4, f"Baca juga: {article.title.split(',')[0]}")
    tail = [f"Editor: {article.people[0]}", "Tag:", *(f"#{place}" for place in article.places), "Berita Terkait", "Terpopuler"]
    return "\n\n".join(["\n".join(head), *body, "\n".join(tail)]) + "\n"


WRITERS = {"given": (write_given, "{}.md"), "raw": (write_raw, "{}.txt"), "hugo": (write_hugo, "content/stories/{}.md")}


def write_corpus(folder: Path, stories: int, form: str, seed: int = 1) -> None:
    """The archive as files in ``folder``."""
    write, name = WRITERS[form]
    for article in make_articles(stories, seed):
        path = folder / name.format(article.slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(article), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, required=True)
    parser.add_argument("--form", choices=FORMS, default="given")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write_corpus(chosen.output, chosen.stories, chosen.form, chosen.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
