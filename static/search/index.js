// The files of the index, loaded as they are needed, and what stands in them. How they are laid out: docs/search.md.
"use strict";
globalThis.archiveSearch ??= {};
{
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345abcdefghijklmnopqrstuvwxyz6789-_";
  const CODES = new Uint8Array(128);
  [...LETTERS].forEach((letter, code) => (CODES[letter.charCodeAt(0)] = code));
  const FOREIGN = "~"; // behind a word of a text in another language: it is found as itself alone
  const DESCRIBED = 5; // characters a document in the table: its kind, and its day in base 36

  const taken = new Map(); // name -> content
  const asked = new Map(); // address -> promise
  let plan;
  let blocks; // [{first: number of its first document, starts: of its chunks, size}]
  let slots; // numbers that each chunk has for its documents in the files of words
  let kinds;
  let days;

  // A file of the index calls this.
  archiveSearch.take = (name, content) => taken.set(name, content);

  // A script element is the one thing that loads from disk as from a host.
  function load(address) {
    if (!asked.has(address)) {
      asked.set(
        address,
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = address;
          script.onload = () => resolve(script.remove());
          script.onerror = () => {
            asked.delete(address); // the next question may try again
            script.remove();
            reject(new Error(address));
          };
          document.head.append(script);
        }),
      );
    }
    return asked.get(address);
  }

  async function read(what, block, number) {
    const name = `${what}-${block}-${number}`;
    if (!taken.has(name)) await load(plan.whole ? plan.documents : `${plan.folder}${block}/${what}-${number}.js`);
    if (!taken.has(name)) throw new Error(name);
    return taken.get(name);
  }

  function readNumbers(letters) {
    const numbers = [];
    for (let at = 0, value = 0; at < letters.length; at++) {
      const code = CODES[letters.charCodeAt(at)];
      value = (value << 5) | (code & 31);
      if (code < 32) {
        numbers.push(value);
        value = 0;
      }
    }
    return numbers;
  }

  // The table of all documents; the page asks for it with its scripts.
  async function open(given) {
    plan = given;
    if (!taken.has("documents")) await load(plan.documents);
    const rows = taken.get("documents");
    if (!rows) throw new Error(plan.documents);
    let first = 0;
    slots = 1;
    blocks = rows.map(([counts, table]) => {
      let start = 0;
      const starts = readNumbers(counts).map((count) => {
        while (slots < count) slots *= 2;
        return (start += count) - count;
      });
      const block = { first, starts, size: table.length / DESCRIBED };
      first += block.size;
      return block;
    });
    kinds = new Uint8Array(first);
    days = new Int32Array(first);
    rows.forEach(([, table], nth) => {
      for (let at = 0, document = blocks[nth].first; at < table.length; at += DESCRIBED, document++) {
        kinds[document] = Number(table[at]);
        days[document] = parseInt(table.slice(at + 1, at + DESCRIBED), 36);
      }
    });
    return first;
  }

  // The last shard whose first word is not behind the word.
  function findShard(word) {
    let low = 0;
    let high = plan.bounds.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (plan.bounds[middle] <= word) low = middle;
      else high = middle;
    }
    return low;
  }

  // The texts of a shard in some blocks, all of them where none are named.
  const readShard = (shard, some = blocks.map((_, block) => block)) =>
    Promise.all(some.map(async (block) => ({ block: blocks[block], text: await read("words", block, shard) })));

  // Asks for the files of some stems before anybody reads them.
  function prepareStems(stems) {
    if (plan.whole) return;
    for (const shard of new Set(stems.map(findShard))) {
      for (let block = 0; block < plan.blocks; block++) read("words", block, shard).catch(() => {}); // told when it is read
    }
  }

  // Every form of a stem (or a filter, "@y2018") in every block: [{form, foreign, postings, block}].
  async function findForms(stem) {
    const found = [];
    const start = `;${stem} `;
    for (const { block, text } of await readShard(findShard(stem))) {
      for (let at = text.indexOf(start); at >= 0 && text.startsWith(start, at); ) {
        const end = text.indexOf(";", at + 1);
        const line = text.slice(at + start.length, end < 0 ? text.length : end);
        const space = line.indexOf(" ");
        const foreign = line[space - 1] === FOREIGN;
        found.push({ form: line.slice(0, foreign ? space - 1 : space) || stem, foreign, postings: line.slice(space + 1), block });
        at = end;
      }
    }
    return found;
  }

  // Calls visit(document, level, places as letters) for every posting.
  function walk({ postings, block: { first, starts } }, visit) {
    let at = 0;
    const next = () => {
      let value = 0;
      for (;;) {
        const code = CODES[postings.charCodeAt(at++)];
        value = (value << 5) | (code & 31);
        if (code < 32) return value;
      }
    };
    for (let number = 0; at < postings.length; ) {
      number += next();
      const level = next();
      const length = next();
      visit(first + starts[Math.floor(number / slots)] + (number % slots), level, postings, at, at + length);
      at += length;
    }
  }

  // Puts the places of a posting, which ascend, into a list that may be longer; how many there are.
  function readPlaces(postings, start, end, places) {
    let count = 0;
    let place = 0;
    for (let at = start, value = 0; at < end; at++) {
      const code = CODES[postings.charCodeAt(at)];
      value = (value << 5) | (code & 31);
      if (code < 32) {
        places[count++] = place += value;
        value = 0;
      }
    }
    return count;
  }

  // What is shown of a document: {path, title, note, lang, text, kind}.
  async function readDocument(document) {
    const block = blocks.findLastIndex((row) => row.first <= document && row.size > 0);
    const number = document - blocks[block].first;
    const starts = blocks[block].starts;
    let chunk = starts.findLastIndex((start) => start <= number);
    const rows = await read("texts", block, chunk);
    const [path, title, note, lang, text] = rows[number - starts[chunk]];
    return { path, title, note, lang, text, kind: plan.kinds[kinds[document]] };
  }

  const kindOf = (document) => plan.kinds[kinds[document]];
  const dayOf = (document) => days[document];
  const countBlocks = () => blocks.length;
  Object.assign(archiveSearch, { open, prepareStems, findForms, findShard, readShard, walk, readPlaces, readDocument, kindOf, dayOf, countBlocks });
}
