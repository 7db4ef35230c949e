"""A dated sentence -> the name of the happening that it reports, made of its own words; or that it reports none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from alibaba_news.loader.events.clauses import (
    LONGEST_NAME,
    Word,
    clause_start,
    clip,
    cut_between,
    free_words,
    goes_on,
    last_words,
    mask,
    read_words,
    slice_words,
    tells_anew,
)
from alibaba_news.loader.events.dated import Dated, listed
from alibaba_news.loader.events.taking_part import Scene, place_in
from alibaba_news.text import fold
from alibaba_news.world import load_table

_DAY = len("2018-10-13")
_BARE_YEAR = re.compile(r"\d{4}(?:[-–/]\d{2,4})?")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_QUOTES = '“”"'
_STRAY = re.compile(r"(?<!\w)['‘’]|['‘’](?!\w)")
_TITLE = re.compile(r"[\s,]{0,3}[“\"'‘]([^“”\"'‘’]{3,80})[”\"'’]")
_PREDICATE = re.compile(r"(?:me[lmnrwy]|ber|di|ter)[a-z]{3,}")
_BECOME = "menjadi"
_AND = " dan "
LONGEST_LEAD = 6
LONGEST_HEAD = 12  # words of a clause before its verb
_NEAR = 3  # words before a verb among which "akan" or "tidak" stands


def name_event(dated: Dated, scene: Scene) -> tuple[int, str]:
    """(rank, name) of the happening a sentence reports; rank 0 where it reports none.

    A noun for a happening that somebody holds, visits or names outranks a verb that tells one, and both outrank other clauses.
    """
    at = (dated.dates[0].start or 0) - dated.start
    if any(w.low in listed("spans") for w in last_words(dated.text[:at], 2)) or _is_aside(dated, at):
        return 0, ""
    text = mask(dated)
    if scene.is_quoted(dated, at):
        return _name_said(dated, text, at, scene)
    row = free_words(text)
    if not row or row[0].low in listed("suppositions"):
        return 0, ""
    if any(len((d.value or "0000-00-00").partition("/")[0]) < _DAY for d in dated.dates):
        return _name_period(dated, row, text, at, scene)
    tail = _after_statement(row, text, at)
    if tail is None:
        return 0, ""
    row = row[tail:]
    own = [w for w in row if w.start >= dated.since] if tells_anew(dated) else []
    verb = _verb_phrase(own, text, dated, scene) if own else ""
    if verb:
        return 3, verb
    noun, held = _noun_phrase(row, text, dated, scene)
    if noun and held:
        return (5 if scene.holds_name(noun) else 4), noun
    verb = _verb_phrase(row, text, dated, scene)
    if verb:
        return 3, verb
    if noun:
        return 2, noun
    # "... pada Sabtu (26/11). Sebanyak 125 pelajar mengikuti pelatihan ...": the next sentence says what it was.
    following, _ = _noun_phrase(read_words(dated.after), dated.after, dated, scene)
    return (2, following) if following and not tail else (1, _other_clause(row, text, at) if not tail else "")


def _name_said(dated: Dated, text: str, at: int, scene: Scene) -> tuple[int, str]:
    """What somebody tells with a printed day, by the words of the quotation alone; "kemarin" in talk names nothing."""
    day = all(len((d.value or "0000-00-00").partition("/")[0]) == _DAY for d in dated.dates)
    if not day or not any(sign.isdigit() for sign in dated.dates[0].text):
        return 0, ""
    left = max(text.rfind(mark, 0, at) for mark in _QUOTES) + 1
    right = min((spot for mark in _QUOTES if (spot := text.find(mark, at)) >= 0), default=len(text))
    row = [w for w in read_words(text) if left <= w.start < right]
    noun, held = _noun_phrase(row, text, dated, scene)
    name = noun if held else _verb_phrase(row, text, dated, scene) or noun
    return (2, name) if name else (0, "")


def _opens_founded(row: Sequence[Word], text: str, at: int) -> str:
    """ "Didirikan pada 2010, Koperasi Maju kini ...": what that happened to stands behind the date."""
    verb = row[0]
    behind = [w for w in row if w.start > at][:LONGEST_LEAD]
    passive = verb.low.startswith("di") and verb.low in load_table("events")["verbs"] and verb.low not in listed("light")
    if not passive or len(row) <= len(behind) or row[len(row) - 1].start <= at or row[1] is not behind[0]:
        return ""
    if not text[verb.end : behind[0].start].strip().startswith(","):
        return ""
    size = next((n for n, w in enumerate(behind) if not w.text[0].isupper()), len(behind))
    if not size:  # "pabrik itu kini ..."
        size = next((n + 1 for n, w in enumerate(behind) if w.low in listed("pointers")), 0)
    subject = slice_words(behind, text, 0, size)
    return f"{subject} {verb.low}" if subject else ""


def _is_aside(dated: Dated, at: int) -> bool:
    """A date alone in brackets without a weekday is a note ("(jatuh tempo 9 Juli 2019)"), no report."""
    bracketed = dated.text.rfind("(", 0, at) > dated.text.rfind(")", 0, at)
    return bracketed and not any(w.low in listed("weekdays") for w in read_words(dated.dates[0].text))


def _after_statement(row: Sequence[Word], text: str, at: int) -> int | None:
    """Where the words begin that the day belongs to, None where it is the day of a statement.

    "kata X di Y, Rabu (18/6)" dates the statement; "kata X usai rapat di Y, Rabu (18/6)" a happening, and so does
    "tambahnya, bank itu tutup pada Rabu (18/6)".
    """
    statements = listed("statements")
    known = [n for n, w in enumerate(row) if w.end <= at and w.low in statements and not _is_act(row, n)]
    if not known:
        return 0
    last = known[-1]
    tail = [n for n in range(last + 1, len(row)) if row[n].end <= at]
    if tail and row[last].low.endswith("nya") and cut_between(row[last], row[tail[0]], text):
        return tail[0]
    verbs = load_table("events")["verbs"]
    for n in tail:
        if row[n].low in verbs:
            return clause_start(row, n, text) if clause_start(row, n, text) > last else n
        if row[n].low in listed("nouns") and (row[n - 1].low == "di" or row[n - 1].low in listed("occasions")):
            return n - 1
    return None


def _is_act(row: Sequence[Word], n: int) -> bool:
    """ "melaporkan ke polisi" is something that somebody did."""
    return n + 1 < len(row) and row[n].low in listed("acts") and row[n + 1].low in listed("act_to")


def _name_period(dated: Dated, row: Sequence[Word], text: str, at: int, scene: Scene) -> tuple[int, str]:
    """A month or a year dates a happening only where somebody did something in it ("pada 2017 bank itu membeli ...")."""
    cue = read_words(dated.text[max(0, at - 20) : at])[-1:]
    printed = dated.dates[0].text
    label = bool(_BARE_YEAR.fullmatch(printed)) and bool(cue) and cue[0].low not in listed("period_cues")
    if label or printed.split()[-1].lower() in listed("relative_ends"):
        return 0, ""
    told = [w for n, w in enumerate(row) if w.end <= at and not _becomes(row, n)]
    if any(w.low in listed("states") or w.low in listed("plans") for w in told):
        return 0, ""
    tail = _after_statement(row, text, at)
    if tail is None:
        return 0, ""
    own = [w for w in row[tail:] if w.start >= dated.since] if tells_anew(dated) else []
    name = _verb_phrase(own, text, dated, scene, period=True) if own else ""
    name = name or _noun_phrase(row[tail:], text, dated, scene, only_held=True)[0]
    name = name or _verb_phrase(row[tail:], text, dated, scene, period=True) or _opens_founded(row, text, at)
    return (1, name) if name else (0, "")


def _noun_phrase(row: Sequence[Word], text: str, dated: Dated, scene: Scene, *, only_held: bool = False) -> tuple[str, bool]:
    """The phrase of a noun for a happening, and whether the clause makes it the happening itself: somebody holds or
    attends it, or speaks at it. The first such one that holds a name, else the first; else the longest other."""
    best, best_held, alone = "", False, ""
    nouns = listed("nouns")
    for n, word in enumerate(row):
        if word.low not in nouns or (n and row[n - 1].low in listed("not_events_after")):
            continue
        if word.low == "hari" and n + 1 < len(row) and row[n + 1].text[0].islower():
            continue  # "Hari Pahlawan" is one, "hari kerja" none
        if n + 1 < len(row) and row[n + 1].low in listed("not_events_before"):
            continue
        end = n + 1
        while end < len(row) and end - n < LONGEST_NAME and row[end].low not in listed("name_stops"):
            if cut_between(row[end - 1], row[end], text) or goes_on(row, end):
                break
            end += 1
        held = _is_held(row, n, end, text)
        if only_held and not (end < len(row) and row[end].low in listed("told_held")):
            continue
        phrase = slice_words(row, text, n, end)
        if title := _title_after(row[end - 1], text):
            phrase = f"{phrase} {title}"
        if len(phrase.split()) < 2:
            alone = alone or (phrase if held else "")
            continue
        if (held, held and scene.holds_name(phrase), not held and len(phrase)) > (
            best_held,
            best_held and scene.holds_name(best),
            not best_held and len(best),
        ):
            best, best_held = phrase, held
    if alone and not best_held and (spot := place_in(dated, scene)):
        return f"{alone} di {spot}", True
    return best, best_held


def _title_after(word: Word, text: str) -> str:
    """The title behind "bertajuk": it stands in quotation marks and belongs to the name."""
    match = _TITLE.match(text, word.end) if word.low in listed("titled") else None
    return " ".join(match[1].split()) if match else ""


def _is_held(row: Sequence[Word], n: int, end: int, text: str) -> bool:
    before = row[n - 1] if n and not cut_between(row[n - 1], row[n], text) else None
    after = row[end] if end < len(row) else None
    return before is None or before.low in listed("holders") or bool(after and after.low in listed("held"))


def _verb_phrase(row: Sequence[Word], text: str, dated: Dated, scene: Scene, *, period: bool = False) -> str:
    """The clause around a verb that tells a happening, or the noun that names it with its subject and object."""
    verbs: Mapping[str, str] = load_table("events")["verbs"]
    at = (dated.dates[0].start or 0) - dated.start
    led = any(
        w.end <= at and w.low not in listed("leads") for w in row
    )  # words before the date: then its verb stands there too
    for n, word in enumerate(row):
        if period and led and word.start > at:
            break
        if not _tells(row, n, verbs) or (period and (word.low in listed("light") or _is_anothers(word, text, at))):
            continue
        start = clause_start(row, n, text)
        if row[start].low in listed("conditions") or any(w.low in listed("denials") for w in row[max(start, n - _NEAR) : n]):
            continue
        after = clip(row[n + 1 :], text, 0)
        noun = str(verbs.get(word.low) or "")
        if noun == "pertemuan" and after:
            subject = _subject(row[:n], dated, scene)
            other = after if fold(after).startswith("dengan ") else f"dengan {after}"
            return " ".join(filter(None, (noun, subject, other)))
        begin = _drop_leads(row, start, n)
        related = row[n - 1].low == "yang" if n else False  # "Telaga Fest yang digelar pada ..."
        begin += related and _leads_to_object(row, begin, n, dated)
        if begin < n and word.low in listed("told_held") and not related:
            if held := _held_subject(row, text, begin, n, place_in(dated, scene)):
                return held
            if not word.low.startswith("me"):  # "Gempa mengguncang Solo" is a clause of its own, "Rapat digelar" none
                continue
        name = _clip_around(row, text, begin, n)
        if fold(word.text) not in fold(name):
            name = _with_what_happened(name, word) if related else ""
        if begin == n:
            active, light = word.low.startswith("me"), word.low in listed("light")
            subject = "" if light else _shared_subject(row, text, start, dated, scene)
            subject = subject or (_subject(row[:n], dated, scene) if active else "")
            name = f"{subject} {name}" if subject else "" if active else name
        if len(name.split()) > 1 or (related and name and not name[0].islower()):
            return name
    return ""


def _leads_to_object(row: Sequence[Word], begin: int, n: int, dated: Dated) -> bool:
    """ "menggantikan Budi yang wafat pada ...": behind another date the clause opens with a verb, who died is its object."""
    own = bool(dated.since) and not _becomes(row, n) and row[n].low != _BECOME
    return own and begin + 2 < n and bool(_PREDICATE.fullmatch(row[begin].low)) and row[begin + 1].text[0].isupper()


def _clip_around(row: Sequence[Word], text: str, begin: int, n: int) -> str:
    """The clause from word ``begin``, with verb ``n`` also where only a phrase with "pada" parts them ("Dua kios pada sisi
    pasar itu hangus")."""
    name = clip(row, text, begin)
    cuts = [w for w in row[begin:n] if w.low != "pada" and w.low in listed("clause_cuts")]
    apart = any(cut_between(row[k], row[k + 1], text) for k in range(begin, n))
    if fold(row[n].text) in fold(name) or n - begin > LONGEST_HEAD or cuts or apart:
        return name
    behind = clip(row[n + 1 :], text, 0) if n + 1 < len(row) and not cut_between(row[n], row[n + 1], text) else ""
    return " ".join(filter(None, (slice_words(row, text, begin, n + 1), behind)))


def _tells(row: Sequence[Word], n: int, verbs: Mapping[str, str]) -> bool:
    """Whether word ``n`` is a verb that tells a happening."""
    low = row[n].low
    return (low in verbs and (low not in listed("acts") or _is_act(row, n))) or _becomes(row, n)


def _is_anothers(word: Word, text: str, at: int) -> bool:
    """Another year stands between the verb and the date: what the verb tells happened then."""
    between = text[word.end : at] if word.end <= at else text[at : word.start]
    return _YEAR.search(between) is not None


def _with_what_happened(name: str, verb: Word) -> str:
    """ "Pasar yang terbakar pada 2016" takes what happened into its name, "Telaga Fest yang digelar" has it."""
    return f"{name} {verb.text}" if name and verb.low not in listed("told_held") else name


def _held_subject(row: Sequence[Word], text: str, begin: int, n: int, spot: str | None) -> str:
    """What was held: "MotoGP Italia akan berlangsung di Mugello" names the MotoGP Italia."""
    end = n
    while end > begin and row[end - 1].low in listed("adverbs"):
        end -= 1
    name = slice_words(row, text, begin, min(end, begin + LONGEST_NAME))
    if not name or row[begin].low in listed("pronouns"):
        return ""
    if len(name.split()) == 1 and name[0].isalpha():
        return f"{name} di {spot}" if spot else ""
    return name


def _becomes(row: Sequence[Word], n: int) -> bool:
    """ "menjadi pemenang" tells what happened, "menjadi 5 persen" a state."""
    return row[n].low == _BECOME and n + 1 < len(row) and row[n + 1].low in listed("became")


def _subject(row: Sequence[Word], dated: Dated, scene: Scene) -> str:
    """Who does it: the one person named before the verb outside quotations, else the one whose words the sentence
    quotes ("... ujarnya usai bertemu"); nothing where that is not one person."""
    people = [p for p in scene.names_in("people", dated) if row and row[0].start <= p.start < row[-1].end]
    named = {p.text for p in people}
    if not named:
        speakers = set(scene.speakers_in(dated))
        named = scene.people_named(speakers)
    return named.pop() if len(named) == 1 else ""


def _shared_subject(row: Sequence[Word], text: str, start: int, dated: Dated, scene: Scene) -> str:
    """ "Ratna dan Bayu melambai saat tiba di Kendari": a clause behind "saat" or "setelah" that says of nobody what it tells is
    about those who open the sentence. Nothing where another word opens it, or no predicate follows them."""
    if not start or row[start - 1].low not in listed("shared_clauses"):
        return ""
    names = {p.start: p.text for kind in ("people", "organizations") for p in scene.names_in(kind, dated)}
    first = row[0]
    subject = names.get(first.start, first.text if first.text.isupper() else "")
    second = names.get(first.start + len(subject + _AND), "")
    if subject and second and text.startswith(subject + _AND, first.start):
        subject += _AND + second
    behind = next((w for w in row if w.start >= first.start + len(subject)), first)
    return subject if behind.text[0].islower() and text[first.start + len(subject) : behind.start].isspace() else ""


def _drop_leads(row: Sequence[Word], start: int, n: int) -> int:
    """The start of a clause without the words that only lead to it ("selanjutnya", "dia", "usai")."""
    if row[start].low in listed("leads"):  # "Atas kejadian tersebut korban melapor"
        start = next(
            (m + 1 for m in range(start, min(n, start + LONGEST_LEAD)) if row[m].low in listed("pointers") and m + 1 < n), start
        )
    while start < n and (row[start].low in listed("leads") or row[start].low in listed("pronouns") or _is_told(row[start].low)):
        start += 1
    return start


def _is_told(low: str) -> bool:
    """ "Diungkapkannya": whose words follow, no part of what they tell."""
    return low.startswith("di") and low.endswith("nya") and low.removesuffix("nya") in listed("told_by")


def _other_clause(row: Sequence[Word], text: str, at: int) -> str:
    """A clause with a predicate and a subject of its own beside the date, where neither noun nor verb is a known one."""
    for n, word in enumerate(row):
        if not _PREDICATE.fullmatch(word.low) or word.low in listed("no_predicates") or word.low in listed("states"):
            continue
        start = clause_start(row, n, text)
        start = _drop_leads(row, start, n)
        name = clip(row, text, start)
        beside = row[start].start <= at <= row[min(len(row) - 1, start + len(name.split()))].end + len(text) // 2
        if start < n and len(name.split()) > 2 and beside and row[start].low not in listed("conditions"):
            return name
    return ""


def tidy_name(name: str) -> str:
    """Without the words that lead to it, the first letter a capital."""
    words = _STRAY.sub("", name).split()
    while len(words) > 1 and fold(words[0]) in listed("leads"):
        words = words[1:]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]
