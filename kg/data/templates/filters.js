// What the reader leaves out (kinds, communities, lines, what is inferred or rests on few quotes) and how marks look.

const MOST_QUOTES = 6; // the most that the slider asks for
const SIZES_BY = ["weight", "degree", "places"];

/** Whether a relation is stated as surely as the reader wants it. */
const isSure = (r) => !(chosen.stated && INFERRED.has(r)) && DATA.evidence[r].length >= chosen.least;
const isHidden = (n) => chosen.hiddenKinds.has(kindOf(n).name) || (chosen.hiddenGroups.size > 0 && chosen.hiddenGroups.has(groupOf(n)));
const sureness = () => `${chosen.stated}|${chosen.least}`;

/** Shows the page anew after a change of filters; the address follows without a step in the history. */
function refilter() {
  sync();
  replaceAddress();
}

const sizeRanks = new Map();
/** Place of a thing by what marks are sized by: 0 for the first. */
function sizeRank(n) {
  if (chosen.size === "weight") return n; // rows stand in this order
  if (!sizeRanks.has(chosen.size)) {
    const figure = chosen.size === "degree" ? degreeOf : (m) => DATA.mentions[m].length;
    const figures = DATA.ids.map((_, m) => figure(m));
    const ranks = new Uint32Array(COUNT);
    [...figures.keys()].sort((a, b) => figures[b] - figures[a] || a - b).forEach((m, rank) => { ranks[m] = rank; });
    sizeRanks.set(chosen.size, ranks);
  }
  return sizeRanks.get(chosen.size)[n];
}

/** Colour of a thing's mark: that of its kind or of its community. */
const colourOf = (n) => (chosen.by === "group" ? groupColour(groupOf(n)) : kindColour(kindOf(n)));

addressParts.push(() => [
  ...(chosen.depth === 1 ? [] : [["depth", chosen.depth]]),
  ...(chosen.by === "kind" ? [] : [["by", chosen.by]]),
  ...(chosen.size === "weight" ? [] : [["size", chosen.size]]),
  ...(chosen.hiddenKinds.size ? [["hide", [...chosen.hiddenKinds].sort().join(",")]] : []),
  ...(chosen.hiddenGroups.size ? [["apart", [...chosen.hiddenGroups].sort((a, b) => a - b).join(",")]] : []),
  ...(chosen.hiddenPredicates.size ? [["lines", [...chosen.hiddenPredicates].sort().join(",")]] : []),
  ...(chosen.stated ? [["stated", 1]] : []),
  ...(chosen.least > 1 ? [["least", chosen.least]] : []),
  ...timeParts(),
]);

/** Takes the filters out of an address; says whether anything is now otherwise. */
function followFilters(found) {
  const before = addressNow();
  const listed = (key) => (found.get(key) || "").split(",");
  const named = (rows) => (name) => rows.some((row) => row.name === name);
  const among = (key, values) => (values.includes(found.get(key)) ? found.get(key) : values[0]);
  const figure = (key, least, most) => Math.max(least, Math.min(most, Math.floor(Number(found.get(key))) || least));
  Object.assign(chosen, {
    depth: found.has("depth") ? figure("depth", 0, 3) : 1,
    by: among("by", ["kind", "group"]),
    size: among("size", SIZES_BY),
    stated: found.has("stated"),
    least: figure("least", 1, MOST_QUOTES),
  });
  refill(chosen.hiddenKinds, listed("hide").filter(named(KINDS)));
  refill(chosen.hiddenPredicates, listed("lines").filter(named(PREDICATES)));
  refill(chosen.hiddenGroups, listed("apart").filter((text) => /^\d+$/.test(text)).map(Number));
  followTime(found);
  return addressNow() !== before;
}

/** Gives a set other values; the set itself stays, for the legend holds it. */
function refill(set, values) {
  set.clear();
  for (const value of values) set.add(value);
}

/** The controls under the legend, which keep their place while they are moved. */
function showSureness() {
  byId("stated").checked = chosen.stated;
  byId("least").value = chosen.least;
  byId("least-said").textContent = t("quotesLeast", { n: chosen.least });
  byId("least").setAttribute("aria-valuetext", t("quotesLeast", { n: chosen.least }));
  const left = chosen.stated || chosen.least > 1 ? DATA.subjects.reduce((sum, _, r) => sum + (isSure(r) ? 0 : 1), 0) : 0;
  byId("sure-said").textContent = left ? t("leftOut", { n: number(left), all: number(RELATIONS) }) : t("inferredCount", { n: number(INFERRED.size), all: number(RELATIONS) });
  byId("sure").classList.toggle("on", left > 0);
  for (const node of document.querySelectorAll("[data-size]")) node.setAttribute("aria-pressed", String(node.dataset.size === chosen.size));
}

function startFilters() {
  Object.assign(byId("least"), { min: 1, max: MOST_QUOTES, step: 1 });
  byId("least").addEventListener("input", () => { chosen.least = Number(byId("least").value); refilter(); showPanel(); });
  byId("stated").addEventListener("change", () => { chosen.stated = byId("stated").checked; refilter(); showPanel(); });
  for (const node of document.querySelectorAll("[data-size]")) {
    node.addEventListener("click", () => { chosen.size = node.dataset.size; refilter(); });
  }
  drawnListeners.push(showSureness);
}
