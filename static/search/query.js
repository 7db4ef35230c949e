// A question -> the documents that hold all of it, the best first.
"use strict";
globalThis.archiveSearch ??= {};
{
  const UNITS = 12; // words and phrases of a question that count
  const PHRASE = 24;
  const STEM_SHARE = 0.3; // another form of a word never weighs as much as the word itself: 0.3 * 2.15 < 0.65
  const BOTH_SHARE = 0.1;
  const DAY_BITS = 22; // of the days from the year 1 to 9999
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
      if (row.foreign && row.form !== word) continue;
      const scores = row.form === word ? own : other;
      archiveSearch.walk(row, (document, level) => {
        const weight = weigh(level);
        if (weight > scores[document]) scores[document] = weight;
      });
    }
    for (let document = 0; document < total; document++) {
      own[document] += (own[document] ? BOTH_SHARE : STEM_SHARE) * other[document];
    }
    return own;
  }

  // Where a phrase may begin in each document, after so many of its words: all in one row, and the piece of each document in it.
  const noStarts = (total) => ({ row: [], from: new Uint32Array(total), to: new Uint32Array(total) });

  // The starts that another word of the phrase, standing so many words on, allows as well; with no word before it, all of its own.
  function keepStarts(before, forms, offset, total, levels) {
    const after = noStarts(total);
    const places = [];
    for (const form of forms) {
      archiveSearch.walk(form, (document, level, postings, from, to) => {
        let nth = before ? before.from[document] : 0;
        const last = before ? before.to[document] : 0;
        if (before && nth === last) return;
        const first = after.row.length;
        const count = archiveSearch.readPlaces(postings, from, to, places);
        for (let at = 0; at < count; at++) {
          const start = places[at] - offset;
          while (nth < last && before.row[nth] < start) nth++;
          if (!before || (nth < last && before.row[nth] === start)) after.row.push(start);
        }
        after.from[document] = first;
        after.to[document] = after.row.length;
        if (after.row.length > first) levels[document] += weigh(level);
      });
    }
    return after;
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
    const levels = new Float64Array(total);
    let starts;
    for (const { offset, own } of rows) starts = keepStarts(starts, own, offset, total, levels);
    return levels.map((level, document) => (starts && starts.to[document] > starts.from[document] ? level : 0));
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

  // 1 for each document that all the filters let through; undefined without any. A person or paper is known by the slug.
  async function maskDocuments({ kind, ...others }, total) {
    if (!kind && !Object.values(others).some(Boolean)) return undefined;
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

  // Documents by score, those of nearly the same score by day, the newer first. One number each sorts far faster than three:
  // score above day above document, in the 53 bits that a number holds exactly.
  function order(documents, scores, total) {
    const bits = Math.ceil(Math.log2(total + 1));
    const highest = 2 ** (53 - DAY_BITS - bits) - 1;
    const rows = new Float64Array(documents.length);
    documents.forEach((document, nth) => {
      const score = Math.min(highest, Math.round(scores[nth] * NEARLY));
      rows[nth] = (score * 2 ** DAY_BITS + archiveSearch.dayOf(document)) * 2 ** bits + (total - document);
    });
    return Array.from(rows.sort().reverse(), (row) => total - (row % 2 ** bits));
  }

  // Asks for the files that a question needs.
  function prepare(question, filters) {
    const words = parse(question).flatMap((unit) => [unit.word ?? unit.phrase, unit.or ?? []].flat());
    const names = Object.entries(filters).filter(([name, value]) => value && name !== "kind");
    archiveSearch.prepareStems([...words.map(archiveSearch.stemWord), ...names.map(([name, value]) => `@${name[0]}${value}`)]);
  }

  // {hits: documents, units, unfiltered: how many there are without the filters}; each unit learns how many documents hold it.
  async function ask(question, filters, total) {
    const units = parse(question);
    const filtered = Object.values(filters).some(Boolean);
    if (!units.length && !filtered) return { hits: [], units, unfiltered: 0 };
    const [mask, ...rows] = await Promise.all([maskDocuments(filters, total), ...units.map((unit) => scoreUnit(unit, total))]);
    const rarities = units.map((unit, nth) => {
      unit.held = rows[nth].reduce((sum, score) => (score > 0 ? sum + 1 : sum), 0);
      return isRarer(total, unit.held);
    });
    const documents = [];
    const sums = [];
    let unfiltered = 0;
    for (let document = 0; document < total; document++) {
      let sum = 0;
      let nth = 0;
      while (nth < rows.length && rows[nth][document] > 0) sum += rows[nth][document] * rarities[nth++];
      if (nth < rows.length) continue;
      unfiltered++;
      if (mask && !mask[document]) continue;
      documents.push(document);
      sums.push(sum);
    }
    return { hits: order(documents, sums, total), units, unfiltered };
  }

  Object.assign(archiveSearch, { parse, prepare, ask });
}
