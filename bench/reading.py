"""How long one article takes from its text to its record, on one core.

    python bench/reading.py [--articles 200] [--words 400] [--rounds 5]

Articles are made up: sentences of an Indonesian news report with changing names, places, days, amounts and speakers, so that
every part of the reader has work. The median of the rounds is printed in milliseconds an article; where trafilatura is
installed, its time for the same article as a bare HTML page stands beside it, as a measure of the machine.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable

from words import DAYS, MONTHS

from alibaba_news.loader import Source, read_story
from alibaba_news.record import story_to_record
from alibaba_news.world import World

try:
    import trafilatura
except ImportError:
    trafilatura = None

FIRST = (
    "Andini",
    "Bagus",
    "Citra",
    "Damar",
    "Eka",
    "Fajar",
    "Gita",
    "Hendra",
    "Intan",
    "Joko",
    "Kirana",
    "Lestari",
    "Mahesa",
    "Nadia",
    "Oka",
    "Putu",
    "Rangga",
    "Sekar",
    "Tono",
    "Wulan",
)
LAST = (
    "Wibowo",
    "Siregar",
    "Nasution",
    "Santoso",
    "Pratama",
    "Hutapea",
    "Wijaya",
    "Kusuma",
    "Saputra",
    "Halim",
    "Lubis",
    "Mahendra",
    "Rahayu",
    "Setiadi",
    "Utomo",
)
TOWNS = (
    "Bandung",
    "Surabaya",
    "Medan",
    "Makassar",
    "Semarang",
    "Denpasar",
    "Palembang",
    "Pontianak",
    "Ambon",
    "Kupang",
    "Jambi",
    "Mataram",
)
BODIES = (
    "Dinas Perdagangan",
    "Badan Pusat Statistik (BPS)",
    "PT Samudra Jaya Abadi",
    "Universitas Bina Karya",
    "Komisi Pemilihan Umum",
)
OFFICES = (
    "Kepala Dinas Perdagangan",
    "Wakil Wali Kota",
    "Direktur Utama PT Samudra Jaya Abadi",
    "Ketua Panitia",
    "pengamat ekonomi",
)
SENTENCES = (
    "{office} {town}, {name}, mengatakan kegiatan itu akan digelar di {town} pada {day} ({n}/{m}/2019).",
    '"Kami berharap warga dapat ikut serta agar hasilnya lebih baik dari tahun lalu," kata {last} di {town}, {day} ({n}/{m}).',
    "Menurut data {body}, nilai perdagangan daerah itu mencapai Rp {n},{m} triliun atau naik {m} persen sejak {month} 2018.",
    "Acara tersebut dihadiri sekitar {n}.{k} peserta dari {town}, {town2}, dan beberapa kota lain di Indonesia.",
    "{name} menjelaskan bahwa pembangunan gedung seluas {n}.{k} meter persegi itu selesai pada akhir {month}.",
    '"Tidak ada kendala berarti selama persiapan," ujarnya.',
    "Sebelumnya, {body} meresmikan kantor baru di {town2} pada {n} {month} 2018 bersama {office} {name2}.",
    "Para pedagang di pasar itu mengaku sudah menunggu keputusan pemerintah sejak beberapa pekan lalu.",
)


def make_article(seed: int, words: int) -> str:
    """A made-up article of at least ``words`` words: headline, day, dateline, paragraphs. The same seed, the same text."""
    draw = random.Random(seed)
    name, office, town = f"{draw.choice(FIRST)} {draw.choice(LAST)}", draw.choice(OFFICES), draw.choice(TOWNS)
    lines = [
        f"{draw.choice(BODIES)} Perluas Layanan bagi Warga {town}",
        f"{draw.choice(DAYS)}, {draw.randint(1, 28)} Maret 2019 10:46 WIB",
    ]
    while sum(len(line.split()) for line in lines) < words:
        filled = (
            draw.choice(SENTENCES).format(
                name=name,
                last=name.split()[1],
                name2=f"{draw.choice(FIRST)} {draw.choice(LAST)}",
                office=office,
                body=draw.choice(BODIES),
                town=town,
                town2=draw.choice(TOWNS),
                day=draw.choice(DAYS),
                month=draw.choice(MONTHS),
                n=draw.randint(1, 28),
                m=draw.randint(1, 12),
                k=draw.randint(100, 999),
            )
            for _ in range(2)
        )
        lines.append(" ".join(filled))
    return "\n\n".join([*lines[:2], f"{town.upper()} - {lines[2]}", *lines[3:]])


def measure(run: Callable[[str], object], texts: list[str], rounds: int) -> float:
    """Milliseconds an article, the median of the rounds after one that fills the caches."""
    times = []
    for _ in range(rounds + 1):
        start = time.process_time()
        for text in texts:
            run(text)
        times.append((time.process_time() - start) / len(texts) * 1000)
    return statistics.median(times[1:])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    texts = [make_article(seed, chosen.words) for seed in range(chosen.articles)]
    world = World()

    def read(text: str) -> object:
        story, _ = read_story(Source(file="a.txt", path="a.txt", kind="txt", text=text, sha256="0" * 64), world)
        return story_to_record(story) if story else None

    took = measure(read, texts, chosen.rounds)
    print(f"text to record {took:6.1f} ms an article of {chosen.words} words, median of {chosen.rounds} rounds")
    if trafilatura is not None:
        pages = [_page(text) for text in texts]
        print(f"trafilatura    {measure(trafilatura.extract, pages, chosen.rounds):6.1f} ms for its body as HTML")
    return 0


def _page(text: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
    return f"<html><body><article>{paragraphs}</article></body></html>"


if __name__ == "__main__":
    sys.exit(main())
