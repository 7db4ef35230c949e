// A word of Indonesian -> its stem: the library's algorithm (Snowball 3.1, indonesian.sbl) by hand, equal to it word for word.
// Its notice and licence: LICENSE-Snowball.txt beside this file.
"use strict";
globalThis.archiveSearch ??= {};
{
  const VOWELS = "aeiou";
  const LEAST = 2; // a word keeps at least so many syllables
  const isVowel = (letter) => letter !== undefined && VOWELS.includes(letter);
  const cutEnd = (state, endings) => {
    if (state.syllables <= LEAST) return;
    const ending = endings.find((e) => state.word.endsWith(e));
    if (!ending) return;
    state.word = state.word.slice(0, -ending.length);
    state.syllables--;
  };

  // me-, pe- and their kin. What of the root they swallowed comes back: memakai -> pakai, menyapu -> sapu.
  const FIRST = { meng: 1, men: 1, mem: 1, me: 1, di: 1, ter: 1, peng: 3, pen: 3, pem: 3, ke: 3 };
  const RETURNS = { men: ["y", "s"], pen: ["y", "s"], mem: ["", "p"], pem: ["", "p"] };
  function cutFirst(state) {
    const prefix = Object.keys(FIRST).find((p) => state.word.startsWith(p));
    if (!prefix) return false;
    state.prefix = FIRST[prefix];
    state.syllables--;
    const [swallows, back] = RETURNS[prefix] ?? ["", ""];
    const long = prefix + swallows;
    const returns = back && state.word.startsWith(long) && isVowel(state.word[long.length]);
    state.word = returns ? back + state.word.slice(long.length) : state.word.slice(prefix.length);
    state.start = returns ? 1 : 0;
    return true;
  }

  // ber-, per- and their kin, from where the first prefix ended.
  function cutSecond(state) {
    const rest = state.word.slice(state.start);
    const cut = (length, prefix) => {
      state.word = state.word.slice(0, state.start) + rest.slice(length);
      state.prefix = prefix ?? state.prefix;
      state.syllables--;
    };
    if (rest.startsWith("pe")) {
      if (rest[2] === "r") cut(3, 2);
      else if (rest.startsWith("pelajar")) cut(3);
      else cut(2, 2);
    } else if (rest.startsWith("be")) {
      if (rest[2] === "r") cut(3, 4);
      else if (rest.startsWith("belajar")) cut(3, 4);
      else if (rest.length > 2 && !isVowel(rest[2]) && rest.startsWith("er", 3)) cut(2, 4);
    }
  }

  // -kan, -an and -i, as far as the prefix allows them.
  function cutSuffix(state) {
    const rest = state.word.slice(state.start);
    let length = 0;
    if (rest.endsWith("an")) {
      if (state.prefix !== 3 && state.prefix !== 2 && rest.endsWith("kan")) length = 3;
      else if (state.prefix !== 1) length = 2;
    } else if (rest.endsWith("i") && state.prefix <= 2 && !rest.endsWith("si")) {
      length = 1;
    }
    if (!length) return false;
    state.word = state.word.slice(0, -length);
    state.syllables--;
    return true;
  }

  archiveSearch.stem = (word) => {
    const state = { word, prefix: 0, start: 0, syllables: [...word].filter(isVowel).length };
    cutEnd(state, ["kah", "lah", "pun"]);
    cutEnd(state, ["nya", "ku", "mu"]);
    if (state.syllables <= LEAST) return state.word;
    if (cutFirst(state)) {
      if (state.syllables > LEAST && cutSuffix(state) && state.syllables > LEAST) cutSecond(state);
    } else {
      cutSecond(state);
      if (state.syllables > LEAST) cutSuffix(state);
    }
    return state.word;
  };
}
