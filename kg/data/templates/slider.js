// The time slider: only what documents of a span of time speak of is drawn.

const DATED = DATA.documents.map((_, at) => at).filter((at) => boundsOf(documentDate(at)));
const DATES = [...new Set(DATED.map((at) => boundsOf(documentDate(at)).from))].sort((a, b) => a - b);
// The documents that count now, or null for all.
let inTime = null;

const documentSets = new Map();
/** Documents that name a thing, or else that state something of it. */
function documentSetOf(n) {
  if (!documentSets.has(n)) {
    const own = kindOf(n).layer === "document" ? [DOCUMENT_NUMBER.get(n)] : documentsOf(n);
    const stated = own.length ? [] : [...OUT[n], ...IN[n]].flatMap((r) => DATA.evidence[r]).map((q) => DATA.quotes[q][0]);
    documentSets.set(n, new Set([...own, ...stated]));
  }
  return documentSets.get(n);
}

const isInTime = (n) => !inTime || [...documentSetOf(n)].some((d) => inTime.has(d));
const isLineInTime = (r) => !inTime || DATA.evidence[r].some((q) => inTime.has(DATA.quotes[q][0]));

function setTime() {
  const ends = [Number(byId("time-from").value), Number(byId("time-until").value)].sort((a, b) => a - b);
  inTime = documentsBetween(...ends);
  refilter();
}

/** The documents between two of the dates, or null where that is all of them. */
function documentsBetween(from, until) {
  if (from === 0 && until === DATES.length - 1) return null;
  return new Set(DATED.filter((at) => {
    const day = boundsOf(documentDate(at)).from;
    return day >= DATES[from] && day <= DATES[until];
  }));
}

/** The span of time as parts of an address. */
function timeParts() {
  if (!inTime) return [];
  const ends = [Number(byId("time-from").value), Number(byId("time-until").value)].sort((a, b) => a - b);
  return [["from", isoDay(DATES[ends[0]])], ["until", isoDay(DATES[ends[1]])]];
}

/** Takes the span of time out of an address. */
function followTime(found) {
  if (DATES.length < 2) return;
  const named = (key) => DATES.findIndex((day) => isoDay(day) === found.get(key));
  const ends = [Math.max(0, named("from")), named("until") < 0 ? DATES.length - 1 : named("until")].sort((a, b) => a - b);
  [byId("time-from").value, byId("time-until").value] = ends;
  inTime = documentsBetween(...ends);
  if (inTime) openTime(true);
}

function showTime() {
  const ends = [Number(byId("time-from").value), Number(byId("time-until").value)].sort((a, b) => a - b);
  const size = inTime ? inTime.size : DATA.documents.length;
  byId("time-said").textContent = `${ends.map((at) => isoDay(DATES[at])).join(" – ")} · ${t("documents", { n: size })}`;
  for (const [id, key] of [["time-from", "timeFrom"], ["time-until", "timeUntil"]]) {
    byId(id).setAttribute("aria-label", t(key));
    byId(id).setAttribute("aria-valuetext", isoDay(DATES[Number(byId(id).value)]));
  }
  byId("time-opener").classList.toggle("on", Boolean(inTime));
}

function openTime(open) {
  byId("time-slider").hidden = !open;
  byId("time-opener").setAttribute("aria-expanded", String(open));
}

function turnTime() {
  openTime(byId("time-slider").hidden);
  if (byId("time-slider").hidden && inTime) {
    [byId("time-from").value, byId("time-until").value] = [0, DATES.length - 1];
    setTime();
  }
}

function startTime() {
  byId("time-opener").hidden = DATES.length < 2;
  if (DATES.length < 2) return;
  for (const [id, value] of [["time-from", 0], ["time-until", DATES.length - 1]]) {
    Object.assign(byId(id), { min: 0, max: DATES.length - 1, step: 1, value });
    byId(id).addEventListener("input", setTime);
  }
  byId("time-opener").addEventListener("click", turnTime);
  drawnListeners.push(showTime);
}
