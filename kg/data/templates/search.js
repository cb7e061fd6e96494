// Search as you type over names and aliases.

const MOST_HITS = 40;

/** Spelling that does not matter in a search: case, width, quotation marks, spaces. */
function folded(text) {
  return text.normalize("NFKC").replace(/[\s“”‘’"'《》「」]/g, "").toLowerCase().replaceAll("ü", "v");
}

// One row per name: its folded spelling, its thing, and the alias as it is written, "" for a name.
const searchIndex = [];
for (let n = 0; n < COUNT; n += 1) searchIndex.push({ name: folded(nameOf(n)), n, alias: "" });
for (let n = 0; n < COUNT; n += 1) {
  for (const alias of aliasesOf(n)) searchIndex.push({ name: folded(alias.name), n, alias: alias.name });
}

const RANKED_LOW = new Set(["Time", "Statistic", "Quotation", "Message", "Reuse", "Enumeration"]);

/**
 * Things whose name or alias holds the text: whole names first, then beginnings, then the rest.
 * Latin letters are also looked for among the sounds and their first letters.
 */
function find(text) {
  const wanted = folded(text);
  if (!wanted) return [];
  const sounds = /^[a-z0-9]{2,}$/.test(wanted);
  const best = new Map();
  for (const row of searchIndex) {
    let rank = rankOf(row.name, wanted);
    if (rank < 0 && sounds) {
      row.sounds ??= soundsOf(row.name);
      rank = rankOfSounds(row.sounds, wanted);
      if (rank >= 0) rank += 1;
    }
    if (rank < 0) continue;
    if (row.alias) rank += 1;
    if (RANKED_LOW.has(kindOf(row.n).name)) rank += 6;
    const known = best.get(row.n);
    if (!known || rank < known.rank) best.set(row.n, { n: row.n, alias: row.alias, rank });
  }
  // Rows stand in order of importance.
  return [...best.values()].sort((a, b) => a.rank - b.rank || a.n - b.n);
}

/** 0 for the whole name, 2 for its beginning, 4 for another part of it, -1 for none. */
function rankOf(name, wanted) {
  const at = name.indexOf(wanted);
  if (at < 0) return -1;
  return name.length === wanted.length ? 0 : at === 0 ? 2 : 4;
}

/** Finds the sounds of all names while the reader does nothing, so that the first Latin letter finds at once. */
function hearNames(from = 0) {
  const until = Math.min(searchIndex.length, from + 500);
  for (let at = from; at < until; at += 1) searchIndex[at].sounds ??= soundsOf(searchIndex[at].name);
  if (until < searchIndex.length) whenIdle(() => hearNames(until));
}

const whenIdle = window.requestIdleCallback ?? ((act) => window.setTimeout(act, 50));

const searchBox = byId("search");
const hitList = byId("hits");
const hitNote = byId("hits-note");
let hits = [];
let current = -1;

function showHits() {
  const text = searchBox.value;
  const all = find(text);
  hits = all.slice(0, MOST_HITS);
  current = hits.length ? 0 : -1;
  hitList.replaceChildren(...hits.map(hitRow));
  const open = folded(text) !== "";
  hitList.hidden = !hits.length;
  searchBox.setAttribute("aria-expanded", String(hits.length > 0));
  hitNote.textContent = !open ? ""
    : !all.length ? t("noHits", { text })
      : all.length > hits.length ? t("moreHits", { n: number(all.length - hits.length) })
        : t("hits", { n: all.length });
  byId("filters").hidden = hits.length > 0;
  markHit();
}

function hitRow(hit, at) {
  const row = h("div", { class: "hit", role: "option", id: `hit-${at}`, "data-node": DATA.ids[hit.n] },
    mark(kindOf(hit.n), glyphOf(hit.n)),
    h("span", { class: "hit-name", lang: "zh" }, cut(shownName(hit.n), 30), hit.alias && h("small", null, ` ${hit.alias}`)),
    h("span", { class: "hit-kind" }, labelOf(kindOf(hit.n))));
  row.addEventListener("mousedown", (event) => event.preventDefault());
  row.addEventListener("click", () => takeHit(at));
  return row;
}

function markHit() {
  for (const [at, row] of [...hitList.children].entries()) row.setAttribute("aria-selected", String(at === current));
  if (current < 0) return searchBox.removeAttribute("aria-activedescendant");
  searchBox.setAttribute("aria-activedescendant", `hit-${current}`);
  hitList.children[current].scrollIntoView({ block: "nearest" });
}

function takeHit(at) {
  const hit = hits[at];
  if (!hit) return;
  closeSheets();
  choose(hit.n);
  foldHits();
}

/** Puts the hits away, until the box is used again. */
function foldHits() {
  hitList.hidden = true;
  hitNote.textContent = "";
  byId("filters").hidden = false;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

function clearSearch() {
  searchBox.value = "";
  showHits();
}

function searchKey(event) {
  if (event.isComposing) return; // the keys belong to the input method
  const last = hits.length - 1;
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  if (Object.hasOwn(moves, event.key) && hits.length) {
    if (hitList.hidden) showHits();
    current = Math.max(0, Math.min(last, current + moves[event.key]));
    markHit();
  } else if (event.key === "Enter") {
    if (hitList.hidden && chosen.node >= 0) toEntry(); // what is named here is chosen already
    else takeHit(current);
  } else if (event.key === "Escape") {
    if (searchBox.value) clearSearch();
    else searchBox.blur();
    event.stopPropagation();
  } else {
    return;
  }
  event.preventDefault();
}

searchBox.addEventListener("input", showHits);
for (const act of ["focus", "click"]) searchBox.addEventListener(act, () => { if (hitList.hidden && hits.length) showHits(); });
searchBox.addEventListener("keydown", searchKey);
