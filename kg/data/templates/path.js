// The way from one thing to another, over as few relations as there are, each with its evidence.

// `ends`: the two things of the way that is shown, or null. `from`: where a way begins whose end is not yet chosen.
const path = { ends: null, from: -1, steps: [] };

// Stated relations first; then what only stands together; then what one document names.
const ATTEMPTS = [
  { without: new Set([...FROM_DOCUMENT, "related"]), longest: 4 },
  { without: FROM_DOCUMENT, longest: 12 },
  { without: new Set(), longest: 12 },
];

/** Relations that join a thing to others, also those that name it beside their ends: [other, relation]. */
function links(n) {
  const found = [];
  const put = (r, other) => { if (other !== n) found.push([other, r]); };
  for (const r of [...OUT[n], ...IN[n]]) {
    put(r, otherEnd(r, n));
    for (const q of qualifiersOf(r)) if (q.isNode) put(r, q.value);
  }
  for (const r of BESIDE.get(n) || []) { put(r, DATA.subjects[r]); put(r, DATA.objects[r]); }
  const rank = ([other, r]) => other + (INFERRED.has(r) ? COUNT : 0) + (predicateOf(r).name === "related" ? 2 * COUNT : 0);
  return found.sort((a, b) => rank(a) - rank(b));
}

/** Steps { from, to, relation } of the shortest way, or null. */
function findPath(start, end) {
  for (const attempt of ATTEMPTS) {
    const found = search(start, end, attempt);
    if (found) return found;
  }
  return null;
}

function search(start, end, { without, longest }) {
  const reached = new Map([[start, null]]);
  let edge = [start];
  for (let step = 0; step < longest && edge.length && !reached.has(end); step += 1) {
    const next = [];
    for (const n of edge) {
      for (const [other, r] of links(n)) {
        if (reached.has(other) || without.has(predicateOf(r).name)) continue;
        reached.set(other, { from: n, to: other, relation: r });
        next.push(other);
      }
    }
    edge = next;
  }
  if (!reached.has(end)) return null;
  const steps = [];
  for (let step = reached.get(end); step; step = reached.get(step.from)) steps.unshift(step);
  return steps;
}

/** Waits for the other end: the next thing that is chosen. */
function startPath(n) {
  path.from = n;
  closeSheets();
  notify(t("pathPick", { name: cut(nameOf(n), 20) }), { stays: true });
  if (!isNarrow()) searchBox.focus();
}

function stopPath() {
  path.from = -1;
  notify("");
}

function showPath(start, end, { address = true } = {}) {
  stopPath();
  clearPath();
  Object.assign(path, { ends: [start, end], steps: findPath(start, end) || [] });
  chosen.node = -1;
  look.ring.clear();
  look.center = -1;
  for (const n of pathThings()) ensureDrawn(n);
  sync();
  bringIntoView(pathThings());
  showPanel();
  if (address) setAddress();
  if (isNarrow()) openSheet("right");
}

function clearPath() {
  Object.assign(path, { ends: null, steps: [] });
}

const pathThings = () => (path.ends ? [...new Set([path.ends[0], ...path.steps.map((step) => step.to), path.ends[1]])] : []);
const lineId = (a, b) => (a < b ? `${a}-${b}` : `${b}-${a}`);

/** Whether two things follow each other on the way that is shown. */
const onPath = (a, b) => path.steps.some(({ from, to }) => lineId(from, to) === lineId(a, b));

function pathPanel() {
  const [start, end] = path.ends;
  return [
    h("header", { class: "entry-head start" },
      h("p", { class: "entry-kind" }, t("pathTitle")),
      h("h2", { lang: "zh" }, cut(nameOf(start), 24), " → ", cut(nameOf(end), 24)),
      h("p", { class: "gloss" }, start === end || path.steps.length ? t("pathSteps", { n: path.steps.length }) : t("pathNone"))),
    h("p", { class: "entry-tools" },
      button(t("pathSwap"), () => showPath(end, start)),
      button(t("close"), () => unchoose()),
      copyButton(t("link"), () => window.location.href)),
    path.steps.length > 0 && h("ol", { class: "path" }, path.steps.map(pathStep), h("li", null, thingLink(end))),
  ].filter(Boolean);
}

function pathStep({ from, to, relation }) {
  const forward = DATA.subjects[relation] === from && DATA.objects[relation] === to;
  const backward = DATA.subjects[relation] === to && DATA.objects[relation] === from;
  const label = backward ? inverseLabel(predicateOf(relation)) : labelOf(predicateOf(relation));
  const groups = quoteGroups(DATA.evidence[relation]);
  return h("li", null, thingLink(from),
    h("div", { class: "path-step" },
      h("p", { class: "path-relation" }, h("span", { class: "way", "aria-hidden": "true" }, "↓"), label,
        !forward && !backward && h("span", { class: "chip" }, thingLink(DATA.subjects[relation]), " ", thingLink(DATA.objects[relation])),
        INFERRED.has(relation) && hollow(ruleOf(relation))),
      whyLines([ruleOf(relation)]),
      growing(groups, (group) => quoteFigure(group), 1, 10)));
}
