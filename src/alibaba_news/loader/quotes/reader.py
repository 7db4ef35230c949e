"""The sentences of one paragraph, one after the other -> its quotes, each with its speaker as far as that is certain."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from alibaba_news.loader.quotes.acting import hear_sentence
from alibaba_news.loader.quotes.attribution import read_after, read_agent, read_before, read_pointing_back
from alibaba_news.loader.quotes.clauses import find_contrast, is_clause, skip_connective
from alibaba_news.loader.quotes.floor import (
    Floor,
    forget_organization,
    hear_body,
    hear_voice,
    resolve_voice,
    word_voice,
)
from alibaba_news.loader.quotes.marks import Quoted
from alibaba_news.loader.quotes.reported import read_added, read_reported
from alibaba_news.loader.quotes.subjects import find_subject
from alibaba_news.loader.quotes.voices import Line, Voice
from alibaba_news.model import Place, Quote

_MARKS = tuple("\"“”‘’'")
_LONGEST = 400  # words of a sentence; behind them a page without full stops is not read as one


class Said(Struct, frozen=True, gc=False):
    """Who spoke, None where that is not certain, and the words that say so."""

    id: str | None
    text: str | None


class Reader(Struct):
    """The state while one paragraph is read; nothing of it outlives the call."""

    line: Line
    place: Place
    spoken: tuple[Quoted, ...]
    floor: Floor
    holder: str | None = None  # whose an unattributed quotation can only be: who alone acts or speaks before it
    blocked: bool = False  # somebody or something else acts before it
    heard: bool = False  # the sentence says who speaks
    waiting: list[int] = field(default_factory=list)  # quotations at this point without a speaker
    told: tuple[int, int] | None = None  # the sentence before, where it is the reporter's own
    expected: bool = False  # the paragraph above is a quotation and nothing else
    pointed: Said | None = None  # whose the words above the paragraph were, where its first sentence says so
    quotes: list[Quote] = field(default_factory=list)

    def read(self, first: int, last: int) -> None:
        """One sentence, tokens ``first`` to ``last`` (excluded)."""
        self.heard = False
        fresh = self.floor.fresh
        at = [n for n in range(first, last) if self.line.tokens[n].quote >= 0] if self.spoken else []
        if at:
            self._read_direct(first, last, at)
        else:
            end = min(last, first + _LONGEST)
            comma = find_contrast(self.line, first, end)
            self._read_plain(first, end if comma < 0 else comma)
            if comma > 0:
                self._read_plain(comma + 1, end)
        self.told = None if self.heard or at else (first, last)
        if fresh and self.floor.fresh == fresh:  # it lasts for one sentence
            self.floor = replace(self.floor, fresh=None)
        self.floor = hear_body(self.floor, self.line, first, min(last, first + _LONGEST))
        if not self.heard:
            self.floor = forget_organization(self.floor, self.line, first, min(last, first + _LONGEST))

    def resolve(self, voice: Voice) -> Said:
        """Whom the voice means and the words for it; from here on "dia" can mean that person."""
        found = resolve_voice(voice, self.floor, self.line.roles)
        said = Said(found, word_voice(voice, found, self.floor))
        self.floor = hear_voice(voice, found, self.floor)
        self.holder, self.blocked = found, found is None
        self.heard = True
        return said

    def _read_direct(self, first: int, last: int, at: list[int]) -> None:
        bounds = [first - 1, *at, last]
        voices = [self._find_voice(bounds[n] + 1, quote, bounds[n + 2]) for n, quote in enumerate(at)]
        known = {v for v in voices if v is not None}
        shared = known.pop() if len(known) == 1 else None
        for quote, own in zip(at, voices, strict=True):
            voice = own or shared
            self._add_direct(quote, self.resolve(voice) if voice else None)
        if not any(voices):
            self._hear(first, min(last, first + _LONGEST))
            return
        added = read_added(self.line, at[-1] + 1, min(last, at[-1] + _LONGEST))
        if added is not None:
            said = Said(self.floor.person or self.floor.org, added.voice.text)
            self._add_indirect(said, added.first, added.last)

    def _find_voice(self, start: int, quote: int, end: int) -> Voice | None:
        span = self.spoken[self.line.tokens[quote].quote]
        paused = self.line.text[span.end - 1] not in ".!?" or self.line.text[span.right : span.right + 1] == ","
        after = read_after(self.line, quote + 1, min(end, quote + _LONGEST), paused=paused)
        return after or read_before(self.line, max(start, quote - _LONGEST), quote)

    def _read_plain(self, first: int, last: int) -> None:
        back = self._read_torn(first, last) or read_pointing_back(self.line, first, last)
        reported = read_reported(self.line, first, last) if back is None else None
        # 'Kata Budi.' tells whose the quotation before it was, 'Menurut Budi, jalan ditutup.' does not.
        if back is None and reported is None and self.waiting and last - first <= 10:
            back = read_after(self.line, first, last, paused=False)
        if back is not None:
            said = self.resolve(back)
            if not self.waiting and back.kind == "named" and self.line.tokens[first].word == "demikian":
                self._add_told(said)
            self._settle(said)
            if first == 0:
                self.pointed = said
            return
        if reported is None:
            self._hear(first, last)
            return
        voice = self._recall(reported.voice)
        said = self._resolve_reported(voice, first, last)
        self.waiting.clear()
        # A statement nobody is named for is the reporter's, not a quote.
        if voice.kind != "unnamed":
            self._add_indirect(said, reported.first, reported.last)

    def _read_torn(self, first: int, last: int) -> Voice | None:
        """A tag that a line break has torn from its quotation ("kata Budi di Solo." as a paragraph of its own)."""
        start = self.line.tokens[first].start
        if not self.expected or first > 0 or not self.line.text[start].islower():
            return None
        return read_after(self.line, first, last, paused=False)

    def _add_told(self, said: Said) -> None:
        """ "Jalan itu ditutup besok. Demikian dikatakan Budi": the sentence before is a report of his words."""
        if self.told is None:
            return
        first, last = self.told
        while last > first and self.line.tokens[last - 1].sign:
            last -= 1
        first = skip_connective(self.line, first, last)
        if is_clause(self.line, first, last):
            self._add_indirect(said, first, last)

    def _recall(self, voice: Voice) -> Voice:
        """A single word that named who just spoke still does ("kata Budi"; "Budi menambahkan"), whoever that is."""
        words = self.floor.words
        if words is None or voice.kind != "unnamed" or voice.text not in words.split():
            return voice
        return Voice("unknown", words)

    def _resolve_reported(self, voice: Voice, first: int, last: int) -> Said:
        """An organization that only recorded figures ("Bank Sentral mencatat") does not take the floor from who speaks."""
        before = self.floor
        said = self.resolve(voice)
        recorded = not voice.person and any(t.word == "mencatat" for t in self.line.tokens[first:last])
        if recorded and before.spoke:
            self.floor = before
        return said

    def _hear(self, first: int, last: int) -> None:
        """A sentence that quotes nobody."""
        if not self.spoken or all(t.quote < 0 for t in self.line.tokens[first:last]):
            self.waiting.clear()
        agent = read_agent(self.line, first, last)
        if agent is not None:
            self.resolve(agent)
            return
        self.floor = hear_sentence(self.floor, self.line, first, last)
        # The only person of a story may be quoted without more ado behind what that person did.
        heard = self.floor.spoke or (len(self.line.roles) == 1 and self.floor.person is not None)
        subject = find_subject(self.line, first, last) if heard else None
        acting = self.floor.person if subject and subject.id in (None, self.floor.person) else None
        people = {t.entity for t in self.line.tokens[first:last] if t.person}
        if acting is None or self.holder not in (None, acting) or people - {acting}:
            self.blocked = True
        else:
            self.holder = acting

    def _add_direct(self, token: int, said: Said | None) -> None:
        span = self.spoken[self.line.tokens[token].quote]
        if said is not None and token > 0 and self.line.tokens[token - 1].quote >= 0:
            self._settle(Said(said.id, None))
        found = said.id if said is not None else None if self.blocked else self.holder
        self.quotes.append(
            Quote(
                text=self.line.text[span.start : span.end],
                speaker=found,
                speaker_text=said.text if said is not None else None,
                kind="direct",
                paragraph=self.place,
                start=span.start,
            )
        )
        if said is None and found is None:
            self.waiting.append(len(self.quotes) - 1)
        else:
            self.waiting.clear()

    def _settle(self, said: Said) -> None:
        for n in self.waiting:
            self.quotes[n] = replace(self.quotes[n], speaker=said.id, speaker_text=said.text)
        self.waiting.clear()

    def _add_indirect(self, said: Said, first: int, last: int) -> None:
        start, end = _widen(self.line.text, self.line.tokens[first].start, self.line.tokens[last - 1].end)
        text = self.line.text[start:end]
        self.quotes.append(
            Quote(text=text, speaker=said.id, speaker_text=said.text, kind="indirect", paragraph=self.place, start=start)
        )


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """With the sign that belongs to the last word ("6,6%") and the mark that belongs to a quoted term at either edge."""
    if text[end : end + 1] == "%":
        end += 1
    if text[end : end + 1] in (")", "]") and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    if text[end : end + 1] in _MARKS and any(mark in text[start:end] for mark in _MARKS):
        end += 1
    elif start > 0 and text[start - 1] in _MARKS and any(mark in text[start:end] for mark in _MARKS):
        start -= 1
    return start, end
