// A word that stands nowhere -> the word of the archive that it may be meant for.
"use strict";
globalThis.archiveSearch ??= {};
{
  const SHORTEST = 4;
  const LONG = 8; // from here on two letters may be wrong
  const SOME = 2; // blocks that are looked through for neighbouring words: one that is worth proposing stands in many

  // How many letters must be changed, added, left out or exchanged with their neighbour; more than `most` is Infinity.
  function measure(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return Infinity;
    let older = [];
    let old = Array.from({ length: b.length + 1 }, (_, nth) => nth);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      if (Math.min(...row) > most) return Infinity;
      [older, old] = [old, row];
    }
    return old[b.length] <= most ? old[b.length] : Infinity;
  }

  // The shards where a neighbour may stand: those of the stems of the word, and of the word with one letter out or exchanged.
  function findShards(word) {
    const variants = [word];
    for (let at = 0; at < word.length; at++) {
      variants.push(word.slice(0, at) + word.slice(at + 1));
      variants.push(word.slice(0, at) + (word[at + 1] ?? "") + word[at] + word.slice(at + 2));
    }
    return [...new Set(variants.flatMap((variant) => [variant, archiveSearch.stemWord(variant)]).map(archiveSearch.findShard))];
  }

  // The nearest word, the more frequent one where two are as near, or undefined.
  async function findNear(word) {
    if (word.length < SHORTEST || /\d/.test(word)) return undefined;
    const most = word.length < LONG ? 1 : 2;
    const some = Array.from({ length: Math.min(SOME, archiveSearch.countBlocks()) }, (_, block) => block);
    const texts = await Promise.all(findShards(word).map((shard) => archiveSearch.readShard(shard, some)));
    const near = new Map(); // word -> {far, held}
    for (const { block, text } of texts.flat()) {
      for (const line of text.split(";")) {
        const [stem, form, postings] = line.split(" ");
        const candidate = (form || stem).replace("~", "");
        if (!postings || candidate.startsWith("@")) continue;
        const far = measure(word, candidate, most);
        if (far === Infinity) continue;
        let held = near.get(candidate)?.held ?? 0;
        archiveSearch.walk({ postings, block }, () => held++);
        near.set(candidate, { far, held });
      }
    }
    const rows = [...near].sort(([a, x], [b, y]) => x.far - y.far || y.held - x.held || (a < b ? -1 : 1));
    return rows[0]?.[0];
  }

  // The question with what stands nowhere put right, or left out where nothing near is known; undefined where nothing is put right.
  async function correct(question, units) {
    const lost = units.filter((unit) => unit.word && unit.held === 0);
    const pairs = await Promise.all(lost.map(async (unit) => [unit.shown, await findNear(unit.word)]));
    if (!pairs.some(([, near]) => near)) return undefined;
    const words = question.split(/(\s+)/).map((word) => {
      const pair = pairs.find(([shown]) => shown === word);
      return pair ? (pair[1] ?? "") : word;
    });
    return words.join("").replace(/\s+/g, " ").trim();
  }

  Object.assign(archiveSearch, { correct, findNear });
}
