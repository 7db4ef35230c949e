// The search page: reads what is asked from the form and the address, shows what was found, keeps the address in step.
"use strict";
{
  const SHOWN = 10; // hits at a time
  const PAUSE = 60; // milliseconds after the last key
  const $ = (id) => document.getElementById(id);
  const plan = JSON.parse($("search-plan").textContent);
  const form = $("search");
  const box = $("q");
  const results = $("results");
  const keys = $("keys");
  const filters = [...form.querySelectorAll("select")];
  const plural = new Intl.PluralRules(plan.language);
  const number = new Intl.NumberFormat(plan.language);
  const opened = archiveSearch.open(plan);
  let asked = 0; // only the newest question may draw
  let answer;
  let shown = 0;

  const say = (key, values = {}) => plan.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const countHits = (count) => (count ? say(plural.select(count) === "one" ? "one" : "other", { count: number.format(count) }) : say("none"));
  const chosen = () => Object.fromEntries(filters.map((select) => [select.name, select.value]));

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  // The form as the address has it. A person or paper who is not in the list to choose from is added to it.
  function readAddress() {
    const given = new URLSearchParams(location.search);
    box.value = given.get("q") ?? "";
    for (const select of filters) {
      const value = given.get(select.name) ?? "";
      if (value && ![...select.options].some((option) => option.value === value)) select.append(new Option(value, value));
      select.value = value;
    }
  }

  function writeAddress() {
    const pairs = [["q", box.value.trim()], ...Object.entries(chosen())].filter(([, value]) => value);
    const text = new URLSearchParams(pairs).toString();
    history.replaceState(null, "", text ? `?${text}` : location.pathname);
  }

  const addressOf = (path) => plan.home + path.split("/").map(encodeURIComponent).join("/");

  function drawHit(row) {
    const item = make("li", "hit");
    const title = make("h2", "item-title");
    const link = make("a");
    link.href = addressOf(row.path);
    if (row.lang) link.lang = row.lang;
    archiveSearch.showTitle(link, row.title, answer.units);
    title.append(link);
    const kind = plan.names[row.kind];
    item.append(title, make("p", "meta", [kind, row.note].filter(Boolean).join(" · ")));
    if (row.text) {
      const excerpt = make("p", "hit-text");
      if (row.lang) excerpt.lang = row.lang;
      archiveSearch.showExcerpt(excerpt, row.text, answer.units);
      item.append(excerpt);
    }
    return item;
  }

  // The next hits, behind those that are shown.
  async function drawMore(mine) {
    const [best, ...others] = answer.hits.slice(shown, shown + SHOWN);
    if (best === undefined) results.replaceChildren();
    else if (!(await drawRow(mine, archiveSearch.readDocument(best)))) return;
    const rows = others.map(archiveSearch.readDocument); // the best is not to wait for them, and they not for each other
    rows.forEach((row) => row.catch(() => {})); // the first that fails speaks for all
    for (const row of rows) if (!(await drawRow(mine, row))) return;
    $("more").hidden = shown >= answer.hits.length;
  }

  // Whether the question is still the newest.
  async function drawRow(mine, row) {
    const hit = drawHit(await row);
    if (mine !== asked) return false;
    if (shown === 0) results.replaceChildren();
    results.append(hit);
    shown++;
    return true;
  }

  // What may help where nothing was found.
  function advise() {
    const advice = $("advice");
    advice.replaceChildren();
    advice.hidden = answer.hits.length > 0 || !(answer.units.length || Object.values(chosen()).some(Boolean));
    if (advice.hidden) return;
    const lost = answer.units.some((unit) => unit.held === 0);
    advice.append(make("p", "", say(answer.unfiltered || !answer.units.length ? "nothing_filters" : lost ? "nothing" : "nothing_all")));
    if (answer.units.length < 2) return;
    const list = make("ul", "meta");
    for (const unit of answer.units) list.append(make("li", "", say("times", { word: unit.shown, count: number.format(unit.held) })));
    advice.append(list);
  }

  async function proposeSpelling(mine) {
    const meant = $("meant");
    const question = answer.units.some((unit) => unit.held === 0) ? await archiveSearch.correct(box.value.trim(), answer.units) : undefined;
    if (mine !== asked) return;
    meant.hidden = !question;
    meant.replaceChildren();
    if (!question) return;
    const link = make("a", "", question);
    link.href = `?${new URLSearchParams([["q", question], ...Object.entries(chosen()).filter(([, value]) => value)])}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      box.value = question;
      search();
      box.focus();
    });
    meant.append(`${say("meant")} `, link);
  }

  async function search() {
    const mine = ++asked;
    archiveSearch.prepare(box.value, chosen());
    try {
      const found = await archiveSearch.ask(box.value, chosen(), await opened);
      if (mine !== asked) return;
      answer = found;
      shown = 0;
      const quiet = !answer.units.length && !Object.values(chosen()).some(Boolean);
      $("count").textContent = quiet ? "" : countHits(answer.hits.length);
      advise();
      await Promise.all([drawMore(mine), proposeSpelling(mine)]);
    } catch (error) {
      if (mine !== asked) return;
      $("count").textContent = say("failed");
      console.error(error);
    } finally {
      if (mine === asked) writeAddress(); // takes longer than all of the drawing
    }
  }

  // Expressions are compiled when they are used first: better before somebody waits.
  function warmUp() {
    const units = archiveSearch.parse("melatih e-commerce 'dua'");
    for (let time = 0; time < 3; time++) archiveSearch.showExcerpt(make("p"), "Pelatihan e-commerce selama dua hari.", units);
  }

  // From the box down to the hits and back: arrows, and j and k once a hit has the focus. Esc returns to the box, then clears it.
  function moveFocus(event) {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const inBox = document.activeElement === box;
    const down = event.key === "ArrowDown" || (event.key === "j" && at >= 0);
    const up = event.key === "ArrowUp" || (event.key === "k" && at >= 0);
    if ((down && (at >= 0 || inBox)) || (up && at >= 0)) {
      const target = down ? links[at + 1] : (links[at - 1] ?? box);
      target?.focus();
      return Boolean(target);
    }
    if (event.key === "Escape" && at >= 0) return (box.focus(), true);
    if (event.key === "Escape" && inBox && box.value) return ((box.value = ""), search(), true);
    const typing = document.activeElement?.matches("input, select, textarea");
    if (event.key === "/" && !typing && keys.checked) return (box.focus(), box.select(), true);
    return false;
  }

  let timer;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    archiveSearch.prepare(box.value, chosen());
    timer = setTimeout(search, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    search();
  });
  for (const select of filters) select.addEventListener("change", search);
  $("more").addEventListener("click", async () => {
    const first = shown;
    await drawMore(asked);
    results.children[first]?.querySelector("a")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (moveFocus(event)) event.preventDefault();
  });

  // A key of one letter gets in the way of those who speak to their computer: it can be turned off, and stays so (WCAG 2.1.4).
  try {
    keys.checked = localStorage.getItem("search-keys") !== "off";
    keys.addEventListener("change", () => localStorage.setItem("search-keys", keys.checked ? "on" : "off"));
  } catch {
    // A browser that keeps nothing for this page: the choice lasts as long as the page.
  }
  readAddress();
  if (location.search) search();
  else opened.then(() => setTimeout(warmUp), () => {}); // told when something is asked
}
