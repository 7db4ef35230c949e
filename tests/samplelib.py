"""A small made-up archive for the renderer's tests: every state a page can show stands in it once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from alibaba_news.model import (
    Archive,
    ArchiveEntity,
    ArchiveEvent,
    Caption,
    Correction,
    CutLine,
    DateExpression,
    Entity,
    Event,
    Figure,
    Mention,
    Outlet,
    PerhapsSame,
    Place,
    Quote,
    Reply,
    ReportedRole,
    Role,
    SourceFile,
    Story,
    Withdrawal,
)

FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "people/ratna-wulandari": ("Ratna Wulandari", ("Ratna Wulandari", "Ratna")),
    "people/bagus-prakoso": ("Bagus Prakoso", ("Bagus Prakoso", "Bagus")),
    "people/sri-hartini": ("Sri Hartini", ("Sri Hartini",)),
    "people/hartini": ("Hartini", ("Ibu Hartini",)),
    "organizations/dinas-pariwisata": ("Dinas Pariwisata", ("Dinas Pariwisata", "Dispar")),
    "organizations/koperasi-tirta": ("Koperasi Tirta", ("Koperasi Tirta",)),
    "places/muara-jati": ("Muara Jati", ("Muara Jati",)),
    "places/teluk-lestari": ("Teluk Lestari", ("Teluk Lestari",)),
    "products/kopi-rakit": ("Kopi Rakit", ("Kopi Rakit",)),
}
OPENING = "events/2018-03-peresmian-pasar-apung"
TRAINING = "events/2017-08-pelatihan-pedagang"
FERRY = "events/pelayaran-perdana"


def find_mentions(texts: Mapping[Place, str], forms: Sequence[str]) -> tuple[Mention, ...]:
    """Every occurrence of the forms, longer forms first where they overlap."""
    found = []
    for place, text in texts.items():
        taken = [False] * len(text)
        for form in sorted(forms, key=len, reverse=True):
            at = text.find(form)
            while at >= 0:
                if not any(taken[at : at + len(form)]):
                    taken[at : at + len(form)] = [True] * len(form)
                    found.append(Mention(text=form, paragraph=place, start=at))
                at = text.find(form, at + 1)
    order = list(texts)
    return tuple(sorted(found, key=lambda m: (order.index(m.paragraph), m.start)))


def make_story(*, slug: str, title: str, body: Sequence[str], roles: Iterable[tuple[str, str, int]] = (), **more: Any) -> Story:
    """A story with the sample's names found in its text; ``roles`` are (person, words, paragraph)."""
    captions = more.get("captions", ())
    texts: dict[Place, str] = {0: title, **dict(enumerate(body, start=1))}
    texts |= {f"caption-{n}": caption.text for n, caption in enumerate(captions, start=1)}
    kinds: dict[str, list[Entity]] = {"people": [], "organizations": [], "places": [], "products": []}
    for key, (name, forms) in FORMS.items():
        mentions = find_mentions(texts, forms)
        if mentions:
            own = tuple(Role(text=t, paragraph=p, start=texts[p].find(t)) for k, t, p in roles if k == key)
            aliases = tuple(dict.fromkeys(m.text for m in mentions if m.text != name))
            evidence = f"“{aliases[0]}” menyingkat “{name}” yang disebut lebih dulu." if aliases else ""
            entity = Entity(id=key, name=name, aliases=aliases, roles=own, mentions=mentions, evidence=evidence)
            kinds[key.partition("/")[0]].append(entity)
    more.setdefault("source", SourceFile(file=f"{slug}.txt", sha256=hashlib.sha256(slug.encode()).hexdigest()))
    values: dict[str, Any] = {"title_origin": "stated", "lang": "id", "description": body[0][:180] if body else ""}
    values |= {"date": None, "date_origin": "unknown", "date_evidence": ""}
    found = {kind: tuple(entities) for kind, entities in kinds.items()}
    return Story(slug=slug, title=title, body=tuple(body), **(values | found | more))


def _make_market() -> Story:
    body = (
        "Wali Kota Ratna Wulandari meresmikan pasar apung di Muara Jati, Senin (5/3/2018). Sebanyak 120 pedagang menempati "
        "rakit yang dibangun Dinas Pariwisata bersama Koperasi Tirta.",
        "“Pasar ini milik warga, bukan milik kantor,” kata Ratna. Ia menambahkan bahwa pedagang tidak membayar sewa sampai "
        "akhir tahun.",
        "Ketua Koperasi Tirta Bagus Prakoso mengatakan pembangunannya menelan Rp2,4 miliar. Kopi Rakit, minuman khas pasar, "
        "habis terjual sebelum tengah hari.",
        "Sebelumnya, pada Agustus 2017, Dinas Pariwisata melatih para pedagang selama dua hari di Teluk Lestari.",
    )
    return make_story(
        slug="wali-kota-resmikan-pasar-apung",
        title="Wali Kota Resmikan Pasar Apung Muara Jati",
        body=body,
        date="2018-03-05T16:20+07:00",
        date_origin="stated",
        date_evidence="Tercetak di samping nama penulis: “Senin, 5 Maret 2018 16.20 WIB”.",
        url="https://harian.example/pasar-apung",
        outlet="Harian Contoh",
        dateline="MUARA JATI",
        authors=("Dewi Lestari",),
        editors=("Made Sukarta",),
        roles=(
            ("people/ratna-wulandari", "Wali Kota", 1),
            ("people/bagus-prakoso", "Ketua Koperasi Tirta", 3),
        ),
        captions=(Caption(text="Ratna Wulandari memotong pita di dermaga Muara Jati.", credit="Harian Contoh/Yudi"),),
        events=(
            Event(
                id=OPENING,
                name="Peresmian pasar apung",
                start="2018-03-05",
                end="2018-03-05",
                evidence="“Senin (5/3/2018)”",
                place="Muara Jati",
                people=("people/ratna-wulandari",),
                organizations=("organizations/dinas-pariwisata",),
                paragraph=1,
                offset=0,
            ),
            Event(
                id=TRAINING,
                name="Pelatihan pedagang di Teluk Lestari",
                start="2017-08",
                end="2017-08",
                precision="month",
                evidence="“Agustus 2017”",
                place="places/teluk-lestari",
                organizations=("organizations/dinas-pariwisata",),
                paragraph=4,
                offset=0,
            ),
        ),
        dates=(
            DateExpression(text="Senin (5/3/2018)", value="2018-03-05", origin="stated", paragraph=1),
            DateExpression(text="Agustus 2017", value="2017-08", origin="stated", paragraph=4),
        ),
        quotes=(
            Quote(
                text="Pasar ini milik warga, bukan milik kantor,",
                speaker="people/ratna-wulandari",
                speaker_text="Ratna",
                kind="direct",
                paragraph=2,
                start=1,
            ),
            Quote(
                text="pedagang tidak membayar sewa sampai akhir tahun",
                speaker="people/ratna-wulandari",
                speaker_text="Ia",
                kind="indirect",
                paragraph=2,
            ),
        ),
        figures=(
            Figure(text="120 pedagang", value=120, unit="pedagang", paragraph=1),
            Figure(text="Rp2,4 miliar", value=2_400_000_000, unit="IDR", paragraph=3),
        ),
        source=SourceFile(
            file="harian/001.txt",
            sha256=hashlib.sha256(b"harian").hexdigest(),
            lines=("title", "byline+date", "body", "read_also", "body", "body", "body", "teaser"),
            cut=(
                CutLine(line=7, role="read_also", rule="baris ajakan membaca", text="Baca juga: Tarif Perahu Naik"),
                CutLine(line=15, role="teaser", rule="di bawah akhir berita", text="Resep Ikan Bakar Sambal Matah"),
            ),
        ),
        corrections=(Correction(date="2018-03-07", text="Jumlah pedagang semula ditulis 210; yang benar 120."),),
        replies=(
            Reply(date="2018-03-09", text="Koperasi menyatakan biaya itu termasuk dermaga.", url="https://kop.example/jawab"),
        ),
        redirect_from=("/2018/03/pasar-apung.html", "berita/pasar-apung/"),
    )


def _make_second_account() -> Story:
    body = (
        "Pasar di atas rakit akhirnya dibuka di Muara Jati, Senin (5/3). Ratna Wulandari hadir bersama 150 pedagang.",
        '"Kami menunggu dua tahun," ujar Sri Hartini, pedagang sayur. Pembangunannya menghabiskan Rp2,4 miliar.',
        '"Semoga ramai terus."',
    )
    return make_story(
        slug="pasar-di-atas-rakit-akhirnya-dibuka",
        title="Pasar di atas rakit akhirnya dibuka di Muara Jati",
        title_origin="inferred",
        body=body,
        date="2018-03-05",
        date_origin="inferred",
        date_latest="2018-03-12",
        date_evidence="“Senin (5/3)”: 5 Maret adalah Senin pada 2012 dan 2018; berita lain di arsip berasal dari 2017–2019.",
        date_candidates=("2012-03-05", "2018-03-05"),
        retrieved="2018-11-13",
        outlet="Suara Muara",
        roles=(("people/sri-hartini", "pedagang sayur", 2),),
        events=(
            Event(
                id=OPENING,
                name="Pembukaan pasar rakit",
                start="2018-03-05",
                end="2018-03-05",
                origin="inferred",
                evidence="“Senin (5/3)”, tahun dari berita lain.",
                place="Muara Jati",
                people=("people/ratna-wulandari", "people/sri-hartini"),
                paragraph=1,
                offset=0,
                candidates=("2012-03-05", "2018-03-05"),
            ),
        ),
        dates=(
            DateExpression(
                text="Senin (5/3)", value="2018-03-05", origin="inferred", candidates=("2012-03-05", "2018-03-05"), paragraph=1
            ),
        ),
        quotes=(
            Quote(
                text="Kami menunggu dua tahun,",
                speaker="people/sri-hartini",
                speaker_text="Sri Hartini",
                kind="direct",
                paragraph=2,
            ),
            Quote(text="Semoga ramai terus.", speaker=None, speaker_text=None, kind="direct", paragraph=3),
        ),
        figures=(
            Figure(text="150 pedagang", value=150, unit="pedagang", paragraph=1),
            Figure(text="Rp2,4 miliar", value=2_400_000_000, unit="IDR", paragraph=2),
        ),
    )


def _make_undated() -> Story:
    body = (
        "Kapal penyeberangan ke Teluk Lestari berlayar perdana pada Sabtu (14/4). Ibu Hartini termasuk penumpang pertama.",
        "Menurut seorang petugas, kapal itu memuat 80 penumpang.",
    )
    return make_story(
        slug="kapal-penyeberangan-berlayar-perdana",
        title="Kapal Penyeberangan Berlayar Perdana",
        body=body,
        events=(
            Event(
                id=FERRY,
                name="Pelayaran perdana ke Teluk Lestari",
                place="Teluk Lestari",
                origin="unknown",
                evidence="“Sabtu (14/4)” tanpa tahun.",
                people=("people/hartini",),
                paragraph=1,
                offset=0,
                candidates=("2012-04-14", "2018-04-14"),
            ),
        ),
        dates=(
            DateExpression(
                text="Sabtu (14/4)", value=None, origin="unknown", candidates=("2012-04-14", "2018-04-14"), paragraph=1
            ),
        ),
        quotes=(
            Quote(
                text="kapal itu memuat 80 penumpang", speaker=None, speaker_text="seorang petugas", kind="indirect", paragraph=2
            ),
        ),
        figures=(Figure(text="80 penumpang", value=80, unit="penumpang", paragraph=2),),
    )


def _make_english() -> Story:
    return make_story(
        slug="floating-market-draws-visitors",
        title="Floating Market Draws Visitors",
        lang="en",
        body=("Visitors to Muara Jati tripled in 2019. “It is our kitchen now,” said Bagus Prakoso, who runs the boats.",),
        date="2019-02",
        date_origin="inferred",
        date_evidence="Tahun 2019 di dalam teks; bulannya dari alamat asli.",
        outlet="Harian Contoh",
        roles=(("people/bagus-prakoso", "who runs the boats", 1),),
        quotes=(
            Quote(
                text="It is our kitchen now,",
                speaker="people/bagus-prakoso",
                speaker_text="Bagus Prakoso",
                kind="direct",
                paragraph=1,
            ),
        ),
    )


def _make_withdrawn() -> Story:
    return make_story(
        slug="kabar-yang-ditarik",
        title="Kabar Gaduh di Dermaga",
        body=("Rahasia Besar terjadi di Muara Jati menurut Ratna Wulandari.",),
        date="2018-06-01",
        date_origin="stated",
        date_evidence="Tercetak.",
        outlet="Suara Muara",
        withdrawn=Withdrawal(date="2018-06-03", reason="Sumber berita mencabut keterangannya."),
        quotes=(
            Quote(text="Rahasia Besar", speaker="people/ratna-wulandari", speaker_text="Ratna", kind="direct", paragraph=1),
        ),
    )


def _gather_entities(stories: Sequence[Story], kind: str) -> tuple[ArchiveEntity, ...]:
    oldest_first = sorted(stories, key=lambda s: (s.date or "9", s.slug))
    rows = []
    for key, (name, forms) in FORMS.items():
        held = [(s, e) for s in oldest_first for e in getattr(s, kind) if e.id == key]
        if held:
            dates = [s.date for s, _ in held if s.date]
            rows.append(
                ArchiveEntity(
                    id=key,
                    name=name,
                    aliases=tuple(form for form in forms if form != name),
                    roles=tuple(
                        ReportedRole(text=r.text, story=s.slug, date=s.date, paragraph=r.paragraph)
                        for s, e in held
                        for r in e.roles
                    ),
                    stories=tuple(s.slug for s, _ in held),
                    first_seen=min(dates, default=None),
                    last_seen=max(dates, default=None),
                )
            )
    return tuple(sorted(rows, key=lambda row: (row.name, row.id)))


def _add_knowledge(row: ArchiveEntity) -> ArchiveEntity:
    """What the archive knows beyond the texts: doubts, identities, a place on the map."""
    reason = "Nama yang lebih pendek dapat berarti orang yang sama; tidak ada petunjuk kedua."
    if row.id == "people/hartini":
        return replace(row, perhaps_same=(PerhapsSame(id="people/sri-hartini", reason=reason),))
    if row.id == "people/sri-hartini":
        return replace(row, perhaps_same=(PerhapsSame(id="people/hartini", reason=reason),))
    if row.id == "people/ratna-wulandari":
        return replace(row, same_as=("https://www.wikidata.org/wiki/Q0",), evidence=("“Ratna” menyingkat “Ratna Wulandari”.",))
    if row.id == "places/muara-jati":
        return replace(row, coordinates=(-6.75, 108.5))
    return row


def gather(stories: Sequence[Story], events: Sequence[ArchiveEvent] = ()) -> Archive:
    """An archive of some stories, in the order the model asks for."""
    by_slug = sorted(stories, key=lambda s: s.slug)
    newest = tuple(sorted(by_slug, key=lambda s: s.date or "", reverse=True))
    names = sorted({s.outlet for s in stories if s.outlet})
    outlets = tuple(
        Outlet(
            id=f"outlets/{name.lower().replace(' ', '-')}", name=name, stories=tuple(s.slug for s in newest if s.outlet == name)
        )
        for name in names
    )
    kinds = {
        kind: tuple(map(_add_knowledge, _gather_entities(stories, kind)))
        for kind in ("people", "organizations", "places", "products")
    }
    return Archive(stories=newest, events=tuple(sorted(events, key=lambda e: (e.name, e.id))), outlets=outlets, **kinds)


def build_sample() -> Archive:
    """Five stories: two accounts of one event, one undated, one in English, one withdrawn."""
    stories = [_make_market(), _make_second_account(), _make_undated(), _make_english(), _make_withdrawn()]
    market, second = stories[0].slug, stories[1].slug
    reason = "Hari dan tempatnya sama, tetapi hanya satu berita yang menyebut pameran."
    events = [
        ArchiveEvent(
            id=OPENING,
            name="Peresmian pasar apung",
            start="2018-03-05",
            end="2018-03-05",
            precision="day",
            place="Muara Jati",
            people=("people/ratna-wulandari", "people/sri-hartini"),
            organizations=("organizations/dinas-pariwisata",),
            stories=(market, second),
            evidence=("Hari yang sama, tempat yang sama, dan Ratna Wulandari di keduanya.",),
            perhaps_same=(PerhapsSame(id=TRAINING, reason=reason),),
        ),
        ArchiveEvent(
            id=TRAINING,
            name="Pelatihan pedagang di Teluk Lestari",
            start="2017-08",
            end="2017-08",
            precision="month",
            place="places/teluk-lestari",
            organizations=("organizations/dinas-pariwisata",),
            stories=(market,),
            perhaps_same=(PerhapsSame(id=OPENING, reason=reason),),
        ),
        ArchiveEvent(
            id=FERRY,
            name="Pelayaran perdana ke Teluk Lestari",
            start=None,
            end=None,
            precision="day",
            place="Teluk Lestari",
            people=("people/hartini",),
            stories=(stories[2].slug,),
        ),
    ]
    return gather(stories, events)


HOSTILE = "<script>alert(1)</script> & \"kutip\" 'satu' {{ 7*7 }} {% raw %} ]]> </title> <b>tebal</b> &amp; \u2028 --> %3C"


def build_hostile() -> Archive:
    """An archive whose every free text tries to become markup."""
    text = f"{HOSTILE} Ratna Wulandari berkata."
    story = make_story(
        slug="jahat",
        title=text,
        body=(text, text),
        date="2018-01-01",
        date_origin="inferred",
        date_evidence=HOSTILE,
        date_candidates=(HOSTILE,),
        url="javascript:alert(1)",
        outlet=HOSTILE,
        dateline=HOSTILE,
        authors=(HOSTILE,),
        editors=(HOSTILE,),
        description=HOSTILE,
        retrieved=HOSTILE,
        roles=(("people/ratna-wulandari", HOSTILE, 1),),
        captions=(Caption(text=HOSTILE, credit=HOSTILE),),
        events=(
            Event(id=OPENING, name=HOSTILE, start="2018-01-01", end="2018-01-01", evidence=HOSTILE, place=HOSTILE, paragraph=1),
        ),
        dates=(DateExpression(text=HOSTILE, value=None, origin="unknown", candidates=(HOSTILE,), paragraph=1),),
        quotes=(
            Quote(text=HOSTILE, speaker=None, speaker_text=HOSTILE, kind="direct", paragraph=1),
            Quote(text=HOSTILE, speaker="people/ratna-wulandari", speaker_text=HOSTILE, kind="direct", paragraph=1),
        ),
        figures=(Figure(text=HOSTILE, value=7, unit=HOSTILE, paragraph=1),),
        source=SourceFile(file=HOSTILE, sha256=HOSTILE, cut=(CutLine(line=1, role="chrome", rule=HOSTILE, text=HOSTILE),)),
        corrections=(Correction(date="2018-01-02", text=HOSTILE),),
        replies=(Reply(date="2018-01-02", text=HOSTILE, url="javascript:alert(2)"),),
    )
    event = ArchiveEvent(
        id=OPENING,
        name=HOSTILE,
        start="2018-01-01",
        end="2018-01-01",
        precision="day",
        place=HOSTILE,
        stories=("jahat",),
        evidence=(HOSTILE,),
        perhaps_same=(PerhapsSame(id=OPENING, reason=HOSTILE),),
    )
    archive = gather([story], [event])
    people = tuple(
        replace(row, name=HOSTILE, aliases=(HOSTILE,), evidence=(HOSTILE,), same_as=("javascript:alert(3)",))
        for row in archive.people
    )
    outlets = tuple(replace(row, id="outlets/jahat") for row in archive.outlets)
    return replace(archive, people=people, outlets=outlets)


def build_many(count: int) -> Archive:
    """A larger archive of one short story a day from 2001 on; every seventh has no date."""
    stories = []
    for n in range(count):
        date = None if n % 7 == 6 else f"{2001 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        body = (f"Pasar Muara Jati kembali ramai untuk kali ke-{n}. Ratna Wulandari hadir bersama Koperasi Tirta.",)
        stories.append(
            make_story(
                slug=f"berita-{n:05}",
                title=f"Berita Pasar ke-{n}",
                body=body,
                date=date,
                date_origin="stated" if date else "unknown",
                outlet="Harian Contoh",
            )
        )
    return gather(stories)


def build_crowd() -> Archive:
    """A hundred stories, and names enough for a list by letter, each in the first story."""
    archive = build_many(100)
    first = archive.stories[0].slug
    names = [f"{letter}{second} Contoh" for letter in "ABCDEFGHIJKLMNOPRSTU" for second in "aeiou"]
    people = tuple(ArchiveEntity(id=f"people/contoh-{n}", name=name, stories=(first,)) for n, name in enumerate(names))
    return replace(archive, people=tuple(sorted((*archive.people, *people), key=lambda row: (row.name, row.id))))


# Archives of every kind, with the settings that differ from the usual ones: what holds for a site holds for all of these.
ARCHIVES: dict[str, tuple[Callable[[], Archive], dict[str, Any]]] = {
    "sample": (build_sample, {}),
    "hostile": (build_hostile, {}),
    "empty": (lambda: gather([]), {}),
    "split": (lambda: build_many(60), {"page_size": 7}),
    "excerpts": (build_sample, {"full_text": False}),
    "english": (build_sample, {"language": "en", "base_url": None}),
}
