// Text -> the words it is found by: the twin of renderer/search/words.py, to the letter.
"use strict";
globalThis.archiveSearch ??= {};
{
  const WORD_LIMIT = 40;
  const JOINED_LIMIT = 24;
  const UNSEEN = /[\u0300-\u036f\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060\ufeff]+/g;
  const OWNER = /(?<=[\p{L}\p{N}])['’‘`´]s(?![\p{L}\p{N}])/gu;
  const APOSTROPHE = /(?<=[\p{L}\p{N}])['’‘`´](?=[\p{L}\p{N}])/gu;
  const RUPIAH = /(?<![\p{L}\p{N}])rp(?=\p{Nd})/gu; // Rp2,4 is asked for as 2,4 as well
  const WORD = new RegExp(
    [
      "[\\p{L}\\p{Nl}\\p{No}](?:\\.[\\p{L}\\p{Nl}\\p{No}])+(?![\\p{L}\\p{N}])",
      "\\p{Nd}+(?:[.,]\\p{Nd}+)+(?![\\p{L}\\p{N}])",
      "[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*",
    ].join("|"),
    "gu",
  );
  // Where a word may stand in a text that is shown: what is marked is never less than a word as printed.
  const RUN = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}'’‘ʼ`´\u00ad\u200b-\u200d\u2060\-‐‑.,]*[\p{L}\p{N}\p{M}])?/gu;

  const plain = (text) => text.replace(UNSEEN, "").replace(/[‐‑]/g, "-").replace(/[ʼʻ]/g, "'").replace(/ς/g, "σ");
  const shorten = (word) => (word.length > WORD_LIMIT ? [...word].slice(0, WORD_LIMIT).join("") : word);

  function fold(text) {
    const lower = plain(plain(text.normalize("NFD")).toLowerCase());
    return lower.replace(OWNER, "").replace(APOSTROPHE, "").replace(RUPIAH, "rp ");
  }

  // The parts of a hyphened word written as one; "" where nobody writes it so (anak-anak, 2018-10-13).
  function joinParts(parts) {
    const whole = parts.join("");
    const twice = new Set(parts).size < parts.length;
    return twice || parts.length > 3 || [...whole].length > JOINED_LIMIT || /^\p{Nd}+$/u.test(whole) ? "" : whole;
  }

  // {words: in order, joined: [place of the first part, word] of what hyphens join}
  function findWords(text) {
    const words = [];
    const joined = [];
    for (const [word] of fold(text).matchAll(WORD)) {
      if (word.includes("-")) {
        const parts = word.split("-");
        const bridge = joinParts(parts);
        if (bridge) joined.push([words.length, bridge]);
        words.push(...parts.map(shorten));
      } else if (word.includes(".") && !/^\p{Nd}/u.test(word)) {
        words.push(shorten(word.replaceAll(".", "")));
      } else {
        words.push(shorten(word));
      }
    }
    return { words, joined };
  }

  const stemWord = (word) => (/^[a-z]+$/.test(word) ? archiveSearch.stem(word) : word);

  // [{start, end, words, joined}] of the runs of a text, with their places in it.
  function findRuns(text) {
    return [...text.matchAll(RUN)].map((found) => {
      const { words, joined } = findWords(found[0]);
      return { start: found.index, end: found.index + found[0].length, words, joined: joined.map(([, word]) => word) };
    });
  }

  Object.assign(archiveSearch, { findWords, findRuns, stemWord });
}
