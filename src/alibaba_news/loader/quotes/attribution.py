"""The words beside a quotation -> Voice: who is said to have spoken it."""

from __future__ import annotations

from alibaba_news.loader.quotes.phrases import read_phrase
from alibaba_news.loader.quotes.subjects import find_subject, read_subject
from alibaba_news.loader.quotes.voices import (
    Line,
    Voice,
    find_mention_end,
    is_bound,
    is_predicate,
    is_title,
    name_voice,
)

_SIGNS = ("(", "-", "–", "—")
_REACH = 18  # words between a speech verb and its quotation ("mengatakan kepada wartawan di Jakarta, Senin (2/3),")


def read_after(line: Line, at: int, end: int, *, paused: bool) -> Voice | None:
    """The attribution that starts behind a quotation; ``paused`` whether it ended with a comma, not with a sentence."""
    signed = _read_signature(line, at, end)
    if signed is not None:
        return signed
    while at < end and line.tokens[at].sign and line.tokens[at].word != "(":
        at += 1
    lead = at
    while at < end and line.has("leads", at):
        at += 1
    if at >= end or line.tokens[at].quote >= 0:
        return None
    word = line.tokens[at].word
    if at > lead and line.tokens[at - 1].word == "demikian" and (line.tokens[at].cap or line.tokens[at].entity):
        return _read_closing(line, at, end)
    if line.lexicon.has("root_nya", word) or line.lexicon.has("passive_nya", word):
        return Voice("back", line.slice(at, at + 1))
    if line.lexicon.has("roots", word) or line.lexicon.has("passive", word) or word == "menurut":
        return read_phrase(line, at + 1, end)
    if line.lexicon.has("contents", word):
        return _read_contents(line, at + 1, end)
    if paused and word.endswith("nya") and _stands_alone(line, at + 1, end):
        return Voice("back", line.slice(at, at + 1))
    # Behind a full sentence only a plain verb of speech belongs to it: '"Mau ikut?" Budi menolak.' goes on with the story.
    verbs = "stance" if paused else "active"
    verb = next((n for n in range(at + 1, min(end, at + 14)) if line.has(verbs, n)), -1)
    if verb < 0 or not (paused or _says_no_more(line, verb, end)):
        return None
    return read_subject(line, at, verb)


def _read_signature(line: Line, at: int, end: int) -> Voice | None:
    """A name set behind the words by a dash or in brackets, nothing but an office with it ('"..." (Budi Santoso, petani)')."""
    if at >= end or line.tokens[at].word not in _SIGNS:
        return None
    name = at + 1
    while name < end and not line.tokens[name].entity and (is_title(line, name) or line.tokens[name].word == "."):
        name += 1
    if name >= end or not (line.tokens[name].person and line.tokens[name].first):
        return None
    behind = find_mention_end(line, name)
    if any(is_predicate(line, n) or line.tokens[n].person for n in range(behind, end)):
        return None
    return name_voice(line, name) if behind >= end or line.tokens[behind].word in (",", ")", ".", "/") else None


def _read_closing(line: Line, at: int, end: int) -> Voice | None:
    """A name and nothing that is done ("demikian Budi Santoso di Solo")."""
    done = any(is_predicate(line, n) or line.has("stance", n) for n in range(at, end))
    voice = None if done else read_phrase(line, at, end)
    return voice if voice is not None and voice.kind == "named" else None


def _read_contents(line: Line, at: int, end: int) -> Voice | None:
    """Whose statement or letter it was ("demikian bunyi pernyataan resmi Budi")."""
    start = at
    while at < end and (line.has("announcements", at) or line.lexicon.has("announced_by", line.tokens[at].word)):
        at += 1
    return read_phrase(line, at, end) if start < at < end else None


def _stands_alone(line: Line, at: int, end: int) -> bool:
    """Any word in "-nya" alone behind the comma of a quotation is a verb of speech, also one that no table holds."""
    return at >= end or line.tokens[at].sign or line.has("stops", at) or line.has("soft_stops", at)


def _says_no_more(line: Line, verb: int, end: int) -> bool:
    """'"Siapa?" Budi bertanya.' belongs to the quotation, '"Siap." Budi menambahkan bahwa ...' does not."""
    return end - verb <= 8 and not any(line.tokens[n].word in ("bahwa", ",") for n in range(verb, end))


def read_before(line: Line, start: int, quote: int) -> Voice | None:
    """The attribution that introduces a quotation ("Budi mengatakan, ...", "Menurut Budi, ...", "Budi: ...")."""
    last = quote - 1
    opening = ""
    while last >= start and (line.tokens[last].sign or line.tokens[last].word in ("bahwa", "begini")):
        opening = opening or line.tokens[last].word
        last -= 1
    for verb in range(last, max(start, quote - _REACH) - 1, -1):
        if not opening and verb < last:
            break
        voice = _read_introduction(line, start, verb, quote, opening)
        if voice is not None:
            return voice
    return _read_colon(line, start, last + 1) if opening == ":" else None


def _read_introduction(line: Line, start: int, verb: int, quote: int, opening: str) -> Voice | None:
    token = line.tokens[verb]
    fresh = verb == start or line.tokens[verb - 1].sign or line.has("leads", verb - 1) or line.has("joiners", verb - 1)
    fresh = fresh or line.tokens[verb - 1].quote >= 0
    if line.has("active", verb) or (opening in (":", ",") and line.has("stance", verb)):
        return read_subject(line, start, verb)
    if not fresh or token.sign or token.quote >= 0:
        return Voice("back", line.slice(verb, verb + 1)) if line.has("passive_nya", verb) else None
    if line.lexicon.has("root_nya", token.word) or line.lexicon.has("passive_nya", token.word):
        return Voice("back", line.slice(verb, verb + 1))
    if line.lexicon.has("roots", token.word) or line.lexicon.has("passive", token.word) or token.word == "menurut":
        return read_phrase(line, verb + 1, quote)
    return None


def _read_colon(line: Line, start: int, end: int) -> Voice | None:
    """ "Budi: ..." and "Berikut pernyataan Budi: ...": the only person before the colon, right before it."""
    people = [n for n in range(start, end) if line.tokens[n].first and line.tokens[n].person]
    if len(people) != 1 or line.tokens[end - 1].entity != line.tokens[people[0]].entity:
        return None
    subject = find_subject(line, start, end)
    before = people[0] - 1
    while before > start and (line.tokens[before].cap or is_title(line, before) or line.has("announced_by", before)):
        before -= 1
    announced = before >= start and line.has("announcements", before) and not is_bound(line, before + 1, people[0])
    if not announced and (subject is None or people[0] - start > 6):
        return None
    token = line.tokens[people[0]]
    return Voice("named", line.slice(people[0], end), token.entity)


def read_pointing_back(line: Line, start: int, end: int) -> Voice | None:
    """A sentence that names the speaker of the one before ("Hal itu disampaikan Budi ...", "Demikian kata Budi")."""
    if end - start < 3:
        return None
    words = [t.word for t in line.tokens[start : start + 4]]
    if line.lexicon.has("taken_up", words[0]) and line.lexicon.has("taking_up", words[1]):
        verb = next(
            (n for n in range(start + 2, min(end, start + 5)) if line.has("passive", n) or _is_confirmed(line, n, end)), -1
        )
        return read_phrase(line, verb + 1, end) if verb > 0 else None
    if words[0] in ("demikian", "begitu", "demikianlah", "begitulah", "itulah"):
        contents = line.has("announcements", start + 1)
        return read_phrase(line, start + 2, end) if contents else read_after(line, start + 1, end, paused=True)
    return None


def _is_confirmed(line: Line, at: int, end: int) -> bool:
    """Who confirms it speaks; without "oleh" the name behind is asked ("dikonfirmasi Kabar.com")."""
    return line.tokens[at].word == "dikonfirmasi" and at + 1 < end and line.tokens[at + 1].word == "oleh"


def read_agent(line: Line, start: int, end: int) -> Voice | None:
    """Who said it in a sentence that only tells that it was said ("Penangkapan itu dibenarkan oleh Kapolres Budi Santoso")."""
    for verb in line.find("passive", start, end - 1):
        if line.tokens[verb].word.startswith("disebut"):
            continue
        then = line.tokens[verb + 1]
        if then.word == "oleh" or then.cap or then.person or line.lexicon.has("person_nouns", then.word):
            voice = read_phrase(line, verb + 1, end)
            name = next((n for n in range(verb + 1, end) if line.tokens[n].person), end)
            if (
                voice
                and voice.kind == "named"
                and voice.person
                and not any(is_predicate(line, n) for n in range(verb + 1, name))
            ):
                return voice
    return None
