// The timeline: what has a date, in lanes by kind, over an axis that can be stretched from decades to days.

const ROW_HIGH = 28;
const ROWS_SHOWN = 8; // rows of a lane before the rest is counted
const LANE_HEAD = 22;
const timeline = { scale: 0, from: 0, until: 0, opened: new Set(), lanes: [], drawn: "" };
const NEAREST_TIME = 24; // pixels a day

function showTimeline() {
  const lanes = [...timeLanes()].filter(([lane]) => !chosen.hiddenKinds.has(lane === "Post" ? "Role" : lane));
  const dated = lanes.flatMap(([, { dated: items }]) => items);
  const box = byId("view-timeline");
  if (!dated.length && !lanes.some(([, lane]) => lane.undated.length)) {
    return box.replaceChildren(h("p", { class: "empty" }, t("noDates")));
  }
  const state = [language, theme, [...chosen.hiddenKinds]].join("|");
  if (state === timeline.drawn && box.firstChild) return paintTimes();
  timeline.drawn = state;
  setTimeRange(dated);
  box.replaceChildren(timeBar(), dated.length > 0 && h("div", { class: "time-scroll", tabindex: "0", role: "group", "aria-label": t("timeline") },
    h("div", { class: "time-sheet" }, h("div", { class: "time-axis", "aria-hidden": "true" }), h("div", { class: "time-lanes" }))) || "",
  undatedList(lanes));
  if (!dated.length) return undefined;
  const scroll = timeScroll();
  scroll.addEventListener("scroll", () => window.requestAnimationFrame(paintTimes), { passive: true });
  scroll.addEventListener("wheel", wheelTime, { passive: false });
  if (!timeline.scale) fitTimes(middleOf(dated));
  else placeTimes();
  return undefined;
}

const timeScroll = () => byId("view-timeline").querySelector(".time-scroll");

function setTimeRange(dated) {
  if (!dated.length) return;
  const from = Math.min(...dated.map((item) => item.from));
  const until = Math.max(...dated.map((item) => item.until));
  const edge = Math.max(20, Math.round((until - from) * 0.04));
  Object.assign(timeline, { from: from - edge, until: until + edge });
}

/** The span in which nearly all dates lie: what the timeline opens with. */
function middleOf(dated) {
  const starts = dated.map((item) => item.from).sort((a, b) => a - b);
  const from = starts[Math.floor(starts.length * 0.06)];
  const until = starts[Math.min(starts.length - 1, Math.ceil(starts.length * 0.97))];
  return [from - 60, Math.max(from + 365, until + 120)];
}

function timeBar() {
  const isEmpty = timeline.until === timeline.from; // nothing has a date
  const levels = [["timeAll", () => fitTimes([timeline.from, timeline.until])], ["timeYears", () => nearTimes(130 / 365)], ["timeMonths", () => nearTimes(110 / 30)]];
  if (isEmpty) return "";
  return h("header", { class: "view-bar" },
    h("span", { class: "group", role: "group", "aria-label": t("timeZoom") },
      levels.map(([key, act]) => button(t(key), act, { "data-level": key })),
      button("+", () => setTimeScale(timeline.scale * 1.5), { "aria-label": t("zoomIn") }),
      button("−", () => setTimeScale(timeline.scale / 1.5), { "aria-label": t("zoomOut") })),
    h("span", { class: "key-line" },
      h("i", { class: "span-mark" }), h("span", null, t("timeSpan")),
      h("i", { class: "span-mark about" }), h("span", null, t("timeAbout")),
      h("i", { class: "span-mark open" }), h("span", null, t("timeOpen"))));
}

const roomForTimes = () => Math.max(120, timeScroll().clientWidth - 20);
const roomForNames = () => Math.min(250, Math.max(150, roomForTimes() / 3)); // behind the last mark

function fitTimes([from, until]) {
  timeline.scale = Math.min(NEAREST_TIME, Math.max(60, roomForTimes() - roomForNames()) / (until - from + 1));
  placeTimes();
  timeScroll().scrollLeft = (from - timeline.from) * timeline.scale - 10;
  paintTimes();
}

/** Changes the scale and keeps the day at `at` pixels from the left edge where it is. */
function setTimeScale(scale, place) {
  const scroll = timeScroll();
  if (!scroll) return;
  const at = place ?? roomForTimes() / 2;
  const day = (scroll.scrollLeft + at) / timeline.scale;
  const least = roomForTimes() / (timeline.until - timeline.from);
  timeline.scale = Math.min(NEAREST_TIME, Math.max(least, scale));
  placeTimes();
  scroll.scrollLeft = day * timeline.scale - at;
  paintTimes();
}

/** A scale, at the dates of the chosen thing or where most dates lie. */
function nearTimes(scale) {
  setTimeScale(scale);
  const items = timeline.lanes.flatMap((lane) => lane.items.map(({ item }) => item));
  const own = items.find((item) => item.n === chosen.node);
  const days = items.map((item) => item.from).sort((a, b) => a - b);
  const span = (roomForTimes() - roomForNames()) / timeline.scale;
  let [best, most, end] = [days[0], 0, 0];
  days.forEach((day, at) => {
    while (end < days.length && days[end] <= day + span) end += 1;
    if (end - at >= most) [best, most] = [day, end - at];
  });
  timeScroll().scrollLeft = timeX(own ? own.from : best) - 20;
  paintTimes();
}

function wheelTime(event) {
  if (!event.ctrlKey) return;
  event.preventDefault();
  setTimeScale(timeline.scale * Math.exp(-event.deltaY / 300), event.clientX - timeScroll().getBoundingClientRect().left);
}

const timeX = (day) => (day - timeline.from) * timeline.scale;

/** Gives every item its row: the first in which nothing stands in its way. */
function placeTimes() {
  let top = 8;
  timeline.lanes = [];
  for (const [lane, { dated }] of timeLanes()) {
    if (!dated.length || chosen.hiddenKinds.has(lane === "Post" ? "Role" : lane)) continue;
    const rows = placedItems(dated, timeline.opened.has(lane) ? 400 : ROWS_SHOWN);
    const high = LANE_HEAD + rows.count * ROW_HIGH + (rows.left.length ? ROW_HIGH : 0) + 10;
    timeline.lanes.push({ lane, top, high, total: dated.length, ...rows });
    top += high;
  }
  const sheet = timeScroll().querySelector(".time-sheet");
  sheet.style.width = `${Math.ceil(timeX(timeline.until) + roomForNames())}px`;
  sheet.querySelector(".time-lanes").style.height = `${top}px`;
  paintTimes();
}

function placedItems(dated, most) {
  const ends = [];
  const items = [];
  const left = [];
  for (const item of dated) {
    const x = timeX(item.from);
    let row = ends.findIndex((taken) => taken <= x);
    if (row < 0) row = ends.length;
    if (row >= most) { left.push({ item, x }); continue; }
    const width = 26 + textWidth(timeLabel(item), `12px ${FONT}`);
    const end = Math.max(x + width + 14, item.openEnd ? 0 : timeX(item.until) + 8);
    ends[row] = end;
    items.push({ item, row, x, end });
  }
  return { items, left, count: ends.length };
}

const timeLabel = (item) => cut(item.name, 18);

let timePaint = "";
/** Draws what lies in the window and a little beyond. */
function paintTimes() {
  const scroll = timeScroll();
  if (!scroll) return;
  const [from, until] = [scroll.scrollLeft - 500, scroll.scrollLeft + scroll.clientWidth + 500];
  const state = [Math.round(from / 200), timeline.scale, timeline.lanes.map((lane) => lane.high), chosen.node, timeline.drawn].join("|");
  if (state === timePaint && scroll.querySelector(".time-item")) return;
  timePaint = state;
  const sheet = scroll.querySelector(".time-lanes");
  sheet.replaceChildren(...timeline.lanes.map((lane) => laneElement(lane, from, until)));
  scroll.querySelector(".time-axis").replaceChildren(...ticks(from, until));
}

function laneElement({ lane, top, high, total, items, left, count }, from, until) {
  const open = timeline.opened.has(lane);
  const shown = items.filter(({ x, end, item }) => x < until && (end > from || item.openEnd));
  const box = h("section", { class: "time-lane", "aria-label": laneName(lane) },
    h("h3", null, laneName(lane), h("span", { class: "count" }, number(total))),
    shown.map((placed) => timeItem(placed)),
    left.length > 0 && moreButton(lane, left, LANE_HEAD + count * ROW_HIGH),
    open && count > ROWS_SHOWN && moreButton(lane, [], LANE_HEAD + count * ROW_HIGH - 4));
  Object.assign(box.style, { top: `${top}px`, height: `${high}px` });
  return box;
}

function moreButton(lane, left, y) {
  const turn = () => {
    if (!timeline.opened.delete(lane)) timeline.opened.add(lane);
    placeTimes();
  };
  const row = h("div", { class: "time-more" }, button(left.length ? t("more", { n: number(left.length) }) : t("fewer"), turn, { class: "quiet" }));
  row.style.top = `${y}px`;
  return row;
}

function timeItem({ item, row, x }) {
  const kind = KINDS.find((one) => one.name === item.kind);
  const width = item.openEnd ? Math.max(120, timeX(timeline.until) - x) : timeX(item.until) - x + timeline.scale;
  const forms = [item.about && "about", item.openEnd && "open", item.openStart && "open-start", item.n === chosen.node && "now"];
  const date = readableDate(item.edtf);
  const span = width > 10 || item.openEnd ? h("i", { class: "time-span" }) : null;
  const node = h("a", { class: `time-item ${forms.filter(Boolean).join(" ")}`, href: hrefOf(item.n), title: `${date}  ${item.name}`, lang: "zh" },
    span, mark(kind, item.kind === "Person" ? kind.glyph : glyphOf(item.n)), h("span", { class: "time-name" }, timeLabel(item)), h("span", { class: "offscreen" }, date));
  node.addEventListener("click", (event) => { event.preventDefault(); choose(item.n); });
  Object.assign(node.style, { left: `${x}px`, top: `${LANE_HEAD + row * ROW_HIGH}px` });
  node.style.setProperty("--kind", kindColour(kind));
  if (span) span.style.width = `${Math.max(10, width)}px`;
  return node;
}

// Steps of the axis: least pixels a day, and how dates go on.
const TICKS = [
  { days: 1, next: (d) => [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate() + 1], start: (d) => [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate()], name: (iso) => iso.slice(5) },
  { days: 7, next: (d) => [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate() + 7], start: (d) => [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate()], name: (iso) => iso.slice(5) },
  ...[1, 3].map((months) => ({
    days: 30 * months,
    next: (d) => [d.getUTCFullYear(), d.getUTCMonth() + 1 + months, 1],
    start: (d) => [d.getUTCFullYear(), Math.floor(d.getUTCMonth() / months) * months + 1, 1],
    name: (iso) => (iso.slice(5, 7) === "01" ? iso.slice(0, 4) : iso.slice(0, 7)),
  })),
  ...[1, 2, 5, 10, 20, 50, 100].map((years) => ({
    days: 365 * years,
    next: (d) => [d.getUTCFullYear() + years, 1, 1],
    start: (d) => [Math.floor(d.getUTCFullYear() / years) * years, 1, 1],
    name: (iso) => iso.slice(0, 4),
  })),
];

function ticks(from, until) {
  const step = TICKS.find(({ days }) => days * timeline.scale >= 64) || TICKS.at(-1);
  const found = [];
  let day = dayOf(...step.start(dateOfDay(timeline.from + Math.max(0, from) / timeline.scale)));
  for (let x = timeX(day); x < until && found.length < 200; x = timeX(day)) {
    const iso = isoDay(day);
    const tick = h("span", { class: iso.endsWith("-01-01") ? "tick year" : "tick" }, step.name(iso));
    tick.style.left = `${x}px`;
    if (x >= 0) found.push(tick);
    day = dayOf(...step.next(dateOfDay(day)));
  }
  return found;
}

/** Things of these lanes for which no text gives a date. */
function undatedList(lanes) {
  const left = lanes.filter(([, { undated }]) => undated.length);
  if (!left.length) return "";
  return h("section", { class: "undated" }, h("h3", null, t("undated")), left.map(([lane, { undated }]) => h("div", { class: "relation" },
    h("h4", null, laneName(lane), h("span", { class: "count" }, number(undated.length))),
    growing(undated, (item) => (lane === "Post" ? thingLink(item.n, { name: item.name }) : thingLink(item.n)), 6, 40))));
}

function saveTimes() {
  const rows = [["date", "from", "until", "approximate", "kind", "id", "name"]];
  for (const [lane, { dated, undated }] of timeLanes()) {
    for (const item of dated) {
      const ends = [item.openStart ? "" : isoDay(item.from), item.openEnd ? "" : isoDay(item.until)];
      rows.push([item.edtf, ...ends, item.about, lane, DATA.ids[item.n], item.name]);
    }
    for (const item of undated) rows.push(["", "", "", "", lane, DATA.ids[item.n], item.name]);
  }
  saveTable(rows, "timeline.csv");
}

// Paper shows all of it at once.
window.addEventListener("beforeprint", () => { if (viewName === "timeline" && timeScroll()) fitTimes([timeline.from, timeline.until]); });

VIEWS.timeline = {
  show: showTimeline,
  zoom: (by) => setTimeScale(timeline.scale * by),
  fit: () => timeScroll() && fitTimes([timeline.from, timeline.until]),
};
