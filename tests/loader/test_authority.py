"""Authority files of a seeds folder: rows in, and every mistake with file and line."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from alibaba_news.loader.authority import read_authorities
from alibaba_news.world import Authority


def write(folder: Path, **files: str) -> Path:
    (folder / "authority").mkdir()
    for name, text in files.items():
        (folder / "authority" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def list_problems(folder: Path) -> list[str]:
    return [str(d).removeprefix(f"{folder.as_posix()}/authority/") for d in read_authorities(folder)[1]]


def test_no_authority_folder_is_no_fault(tmp_path: Path) -> None:
    assert read_authorities(tmp_path) == ((), ())


def test_every_key_is_read(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        people="- name: Budi Santoso\n  aliases: [Budi, Pak Budi]\n  id: people/budi\n  same_as: Q42\n  not: Budi Gunawan\n",
        places="- name: Pasar Lama\n  coordinates: [-6.2, 106]\n  same_as: [https://example.org/pasar]\n",
        organizations="",
        events="- {name: Panen Raya, start: 2018-10, end: 2018-11, place: Desa Contoh}\n",
    )
    rows, problems = read_authorities(folder)
    assert problems == ()
    assert tuple(replace(row, read_from=None) for row in rows) == (
        Authority(
            kind="people",
            name="Budi Santoso",
            aliases=("Budi", "Pak Budi"),
            id="people/budi",
            same_as=("https://www.wikidata.org/entity/Q42",),
            never=("Budi Gunawan",),
            editors=True,
        ),
        Authority(
            kind="places", name="Pasar Lama", coordinates=(-6.2, 106.0), same_as=("https://example.org/pasar",), editors=True
        ),
        Authority(kind="events", name="Panen Raya", start="2018-10", end="2018-11", place="Desa Contoh", editors=True),
    )


def test_every_mistake_is_named(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        people=(
            "- {name: Budi, alias: [Pak Budi]}\n"
            "- {aliases: [Siti]}\n"
            "- {name: Sari, id: places/sari}\n"
            "- {name: Tono, aliases: [Ton], not: [TON]}\n"
            "- {name: Rina, start: 2018}\n"
            "- Joko\n"
        ),
        places="- {name: Bali, coordinates: [115.2, -8.4], same_as: wiki/Bali}\n- {name: Solo, coordinates: -7.5}\n",
        organizations="name: Koperasi\n",
        peoples="- {name: Budi}\n",
    )
    assert list_problems(folder) == [
        "organizations.yaml:1: must be a list. Start each entry on a line of its own with '- name: ...'.",
        "people.yaml:1: people[1].alias: unknown key. Did you mean 'aliases'?",
        "people.yaml:2: people[2].name: is missing. Add name: to this entry.",
        "people.yaml:3: people[3].id: 'places/sari' is not an id of people. Write it as people/sari.",
        "people.yaml:4: people[4].not: 'TON' is a name of this entry itself. Remove it there, or here.",
        "people.yaml:5: people[5].start: unknown key. Known keys: aliases, coordinates, id, name, not, same_as, stories.",
        "people.yaml:6: people[6]: must be a mapping, not 'Joko'. Write {name: …}.",
        "peoples.yaml: unknown authority file. Did you mean 'people.yaml'?",
        "places.yaml:1: places[1].coordinates: 115.2, -8.4 is no place on Earth. "
        "Latitude comes first, from -90 to 90, then longitude, from -180 to 180.",
        "places.yaml:1: places[1].same_as: entry 1: 'wiki/Bali' is not an http or https address. "
        "Write an item of Wikidata, such as Q3318231, or a whole address.",
        "places.yaml:2: places[2].coordinates: must be latitude and longitude. Write them in degrees, as [-8.79, 115.23].",
    ]


def test_one_form_of_two_entries_names_both_lines(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        people="- {name: Budi Santoso, aliases: [Budi]}\n- {name: Siti}\n- {name: Budi Gunawan, aliases: [BUDI]}\n",
        organizations="- {name: Budi}\n",
    )
    assert list_problems(folder) == [
        "people.yaml:3: 'BUDI' is already a name of the entry on line 1. "
        "Keep it in one of the two; tell people of one name apart by `id` in the stories' own NAME.yaml."
    ]


def test_one_id_of_two_entries(tmp_path: Path) -> None:
    folder = write(tmp_path, people="- {name: Budi, id: people/b}\n- {name: Siti, id: people/b}\n")
    assert list_problems(folder) == ["people.yaml:2: id: people/b is already the id of the entry on line 1. Give each its own."]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "authority" / "people.yaml").write_bytes(b"- name: Budi\n- name: Caf\xe9\n")
    assert list_problems(folder) == ["people.yaml:2: is not UTF-8 text. Save it as UTF-8."]
