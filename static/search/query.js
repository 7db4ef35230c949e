// A question -> the documents that hold all of it, the best first.
"use strict";
globalThis.archiveSearch ??= {};
{
  const UNITS = 12; // words and phrases of a question that count
  const PHRASE = 24;
  const STEM_SHARE = 0.3; // another form of a word never weighs as much as the word itself: 0.3 * 2.15 < 0.65
  const BOTH_SHARE = 0.1;
  const NEARLY = 20; // scores nearer than a twentieth are alike, and the newer document comes first

  const weigh = (level) => 0.6 + level * 0.05;
  const isRarer = (total, held) => Math.log(1 + (total - held + 0.5) / (held + 0.5));

  // Quoted text is a phrase; outside of quotes each word is one unit, a hyphened or dotted one a phrase of its parts.
  function parse(question) {
    const units = [];
    const pieces = question.replace(/[“”„«»]/g, '"').split('"');
    pieces.forEach((piece, nth) => {
      const texts = nth % 2 ? [piece] : piece.split(/\s+/);
      for (const text of texts) {
        const { words, joined } = archiveSearch.findWords(text);
        if (!words.length) continue;
        const shown = text.trim();
        if (words.length === 1 && nth % 2 === 0) units.push({ shown, word: words[0] });
        else units.push({ shown, phrase: words.slice(0, PHRASE), or: nth % 2 ? undefined : joined[0]?.[1] });
      }
    });
    const seen = new Set();
    return units.filter((unit) => !seen.has(unit.shown.toLowerCase()) && seen.add(unit.shown.toLowerCase())).slice(0, UNITS);
  }

  // For each document the weight of a word, 0 where it has no form of it.
  async function scoreWord(word, total) {
    const own = new Float64Array(total);
    const other = new Float64Array(total);
    for (const row of await archiveSearch.findForms(archiveSearch.stemWord(word))) {
      const scores = row.form === word ? own : other;
      archiveSearch.walk(row, (document, level) => (scores[document] = Math.max(scores[document], weigh(level))));
    }
    return own.map((score, document) => (score ? score + BOTH_SHARE * other[document] : STEM_SHARE * other[document]));
  }

  // Of the places where a phrase may begin those at which this word of it stands, so many places on. Both ascend.
  function keepStarts(starts, places, offset) {
    const kept = [];
    let nth = 0;
    for (const place of places) {
      while (nth < starts.length && starts[nth] < place - offset) nth++;
      if (starts[nth] === place - offset) kept.push(place - offset);
    }
    return kept;
  }

  // For each document the weight of words that stand in it side by side, exactly as asked.
  async function scorePhrase(words, total) {
    const rows = await Promise.all(
      words.map(async (word, offset) => {
        const forms = await archiveSearch.findForms(archiveSearch.stemWord(word));
        const own = forms.filter((row) => row.form === word);
        return { offset, own, length: own.reduce((sum, row) => sum + row.postings.length, 0) };
      }),
    );
    rows.sort((a, b) => a.length - b.length || a.offset - b.offset); // the rarest word leaves the fewest to compare
    let starts; // document -> where the phrase may begin
    const levels = new Float64Array(total);
    for (const { offset, own } of rows) {
      const next = new Map();
      for (const row of own) {
        archiveSearch.walk(row, (document, level, postings, from, to) => {
          const held = starts?.get(document);
          if (starts && !held) return;
          const all = archiveSearch.readPlaces(postings, from, to);
          const places = held ? keepStarts(held, all, offset) : all.map((place) => place - offset);
          if (!places.length) return;
          next.set(document, places);
          levels[document] += weigh(level);
        });
      }
      starts = next;
    }
    const scores = new Float64Array(total);
    for (const document of starts?.keys() ?? []) scores[document] = levels[document];
    return scores;
  }

  async function scoreUnit(unit, total) {
    if (unit.word) return scoreWord(unit.word, total);
    const scores = await scorePhrase(unit.phrase, total);
    if (unit.or) {
      const joined = await scoreWord(unit.or, total);
      joined.forEach((score, document) => (scores[document] = Math.max(scores[document], score)));
    }
    return scores;
  }

  // 1 for each document that all the filters let through. A person or paper is known by the slug of the page.
  async function maskDocuments({ kind, ...others }, total) {
    const mask = new Uint8Array(total).fill(1);
    if (kind) mask.forEach((_, document) => (mask[document] = archiveSearch.kindOf(document) === kind ? 1 : 0));
    const names = Object.entries(others).filter(([, value]) => value);
    const sets = await Promise.all(
      names.map(async ([name, value]) => {
        const found = new Set();
        for (const row of await archiveSearch.findForms(`@${name[0]}${value}`)) archiveSearch.walk(row, (d) => found.add(d));
        return found;
      }),
    );
    for (const set of sets) mask.forEach((held, document) => held && !set.has(document) && (mask[document] = 0));
    return mask;
  }

  // {hits: documents, units, unfiltered: how many there are without the filters}; each unit learns how many documents hold it.
  async function ask(question, filters, total) {
    const units = parse(question);
    const filtered = Object.values(filters).some(Boolean);
    if (!units.length && !filtered) return { hits: [], units, unfiltered: 0 };
    const [mask, ...rows] = await Promise.all([maskDocuments(filters, total), ...units.map((unit) => scoreUnit(unit, total))]);
    units.forEach((unit, nth) => (unit.held = rows[nth].reduce((sum, score) => sum + (score > 0), 0)));
    const hits = [];
    let unfiltered = 0;
    for (let document = 0; document < total; document++) {
      if (!rows.every((scores) => scores[document] > 0)) continue;
      unfiltered++;
      if (!mask[document]) continue;
      const score = rows.reduce((sum, scores, nth) => sum + scores[document] * isRarer(total, units[nth].held), 0);
      hits.push({ document, score: Math.round(score * NEARLY), day: archiveSearch.dayOf(document) });
    }
    hits.sort((a, b) => b.score - a.score || b.day - a.day || a.document - b.document);
    return { hits: hits.map((hit) => hit.document), units, unfiltered };
  }

  Object.assign(archiveSearch, { parse, ask });
}
