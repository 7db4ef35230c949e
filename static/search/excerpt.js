// A text and what was asked -> the piece of it that shows most of the question, its words in <mark>. Only text nodes are made.
"use strict";
globalThis.archiveSearch ??= {};
{
  const LONG = 240; // characters of an excerpt
  const BEFORE = 60;

  // The runs of a text that answer a unit: run -> set of units.
  function findMarks(runs, units) {
    const marks = new Map();
    const mark = (run, unit) => marks.set(run, (marks.get(run) ?? new Set()).add(unit));
    const words = runs.flatMap((run) => run.words.map((word) => ({ word, run })));
    for (const unit of units) {
      const phrase = unit.phrase;
      if (phrase) {
        words.forEach((_, at) => {
          if (phrase.every((word, nth) => words[at + nth]?.word === word)) {
            phrase.forEach((_, nth) => mark(words[at + nth].run, unit));
          }
        });
      }
      const asked = unit.word ?? unit.or;
      if (!asked) continue;
      const stem = archiveSearch.stemWord(asked);
      const answers = (word) => archiveSearch.stemWord(word) === stem;
      for (const run of runs) if (run.words.some(answers) || run.joined.some(answers)) mark(run, unit);
    }
    return marks;
  }

  // Where the excerpt begins: the place from which it shows the most different units, then the most marks, then the first.
  function findBest(runs, marks) {
    const marked = runs.filter((run) => marks.has(run));
    let best;
    marked.forEach((run, nth) => {
      const units = new Set();
      let count = 0;
      for (let at = nth; at < marked.length && marked[at].end <= run.start + LONG - BEFORE; at++, count++) {
        marks.get(marked[at]).forEach((unit) => units.add(unit));
      }
      const worth = units.size * 1000 + Math.min(count, 999);
      if (!best || worth > best.worth) best = { worth, run };
    });
    return best?.run;
  }

  function append(node, text, runs, marks, start, end) {
    let at = start;
    for (const run of runs) {
      if (!marks.has(run) || run.start < at || run.end > end) continue;
      node.append(text.slice(at, run.start));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(run.start, run.end);
      node.append(mark);
      at = run.end;
    }
    node.append(text.slice(at, end));
  }

  // The whole of a title, its words marked.
  function showTitle(node, text, units) {
    const runs = archiveSearch.findRuns(text);
    append(node, text, runs, findMarks(runs, units), 0, text.length);
  }

  function showExcerpt(node, text, units) {
    const runs = archiveSearch.findRuns(text);
    const marks = findMarks(runs, units);
    const best = findBest(runs, marks);
    const line = best ? text.lastIndexOf("\n", best.start) + 1 : 0;
    const from = Math.max(line, best ? best.start - BEFORE : 0);
    const start = from === line ? line : (runs.find((run) => run.start >= from)?.start ?? from);
    const last = runs.findLast((run) => run.end <= start + LONG) ?? runs[0];
    const end = text.length <= start + LONG ? text.length : Math.max(last?.end ?? 0, start);
    if (start > 0) node.append("… ");
    append(node, text, runs, marks, start, end);
    if (end < text.length) node.append(" …");
  }

  Object.assign(archiveSearch, { showTitle, showExcerpt });
}
