// The drawn part of the graph. vis-network draws it from the data and options that pyvis wrote.

const CAP = 800; // things drawn at most
const STEP = 40; // neighbours drawn in one go
const AROUND = 14; // neighbours drawn around a thing that was found or linked to

const drawn = new Map(); // thing -> { x, y }
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
let network = null;

const view = {
  things: () => nodeSet.getIds().filter((n) => drawn.has(n)),
  scale: () => network.getScale(),
  width: () => byId("canvas").clientWidth,
  height: () => byId("canvas").clientHeight,
  screen(n) {
    const { x, y } = drawn.get(n);
    return network.canvasToDOM({ x, y });
  },
};

let namedLines = []; // { from, to, text } of the lines that show what they are called

const MARGIN = { side: 62, top: 34, bottom: 84 }; // room for labels and tools, in pixels of the screen
const roomWide = () => Math.max(80, view.width() - 2 * MARGIN.side);
const roomHigh = () => Math.max(80, view.height() - MARGIN.top - MARGIN.bottom);
const windowShape = () => Math.max(0.4, Math.min(2.5, roomWide() / roomHigh()));

function startGraph() {
  const options = {
    ...FIRST.options,
    nodes: { ...FIRST.options.nodes, shape: "custom", ctxRenderer: paintMark },
    interaction: { ...FIRST.options.interaction, keyboard: false },
  };
  network = new vis.Network(byId("canvas"), { nodes: nodeSet, edges: edgeSet }, options);
  network.on("afterDrawing", (ctx) => paintLabels(ctx, view));
  network.on("click", ({ nodes }) => (nodes.length ? choose(nodes[0]) : unchoose()));
  network.on("doubleClick", ({ nodes }) => nodes.length && expand(nodes[0]));
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(-1));
  network.on("dragEnd", ({ nodes }) => {
    for (const n of nodes) drawn.set(n, network.getPosition(n));
  });
  openingView();
}

function hover(n) {
  look.hovered = n;
  byId("canvas").style.cursor = n < 0 ? "" : "pointer";
  network.redraw();
}

/** The picture that the page opens with: the places that pyvis wrote, parted by the size of the labels. */
function openingView() {
  drawn.clear();
  look.ring.clear();
  look.center = -1;
  for (const { id, x, y } of FIRST.nodes) drawn.set(id, { x: x * 1.5, y: y * 1.5 });
  const all = new Set(drawn.keys());
  settle(drawn, all, FIRST.edges.map((e) => [e.from, e.to]), { shape: windowShape() });
  for (let turn = 0; turn < 3; turn += 1) {
    const { scale } = fitting(drawn.keys());
    if (scale > 0.98 || scale < 0.6) break; // there is room, or there will never be
    settle(drawn, all, [], { rounds: 0, scale, shape: windowShape() });
  }
  sync();
  fit(false);
}

const isVisible = (n) => drawn.has(n) && (n === chosen.node || pathThings().includes(n)
  || (!isHidden(n) && isInTime(n)));

function isLine(r) {
  if (chosen.hiddenPredicates.has(predicateOf(r).name) || !isSure(r) || !isLineInTime(r)) return false;
  if (!QUIET.has(r) || DATA.subjects[r] === chosen.node) return true;
  return DATA.objects[r] === chosen.node && predicateOf(r).name === "related";
}

/** Relations between two things, either way round. */
function between(a, b) {
  const [few, many] = OUT[a].length + IN[a].length < OUT[b].length + IN[b].length ? [a, b] : [b, a];
  return [...OUT[few], ...IN[few]].filter((r) => otherEnd(r, few) === many);
}

function lineLabel(n, other) {
  const step = path.steps.find(({ from, to }) => lineId(from, to) === lineId(n, other));
  if (step) return labelOf(predicateOf(step.relation));
  // A broken line says by itself that two things only stand together.
  const found = between(n, other).filter((r) => isLine(r) && !FROM_DOCUMENT.has(predicateOf(r).name) && predicateOf(r).name !== "related");
  const names = [...new Set(found.map((r) => (
    DATA.subjects[r] === n ? labelOf(predicateOf(r)) : inverseLabel(predicateOf(r)))))];
  return names.length > 1 ? `${names[0]} +${names.length - 1}` : names[0] || "";
}

/** Brings vis-network's data in step with what is drawn, hidden and chosen. */
function sync() {
  namedLines = []; // vis-network may paint while its data change
  look.bright = brightSet();
  const nodes = new Map();
  for (const [n, { x, y }] of drawn) if (isVisible(n)) nodes.set(n, { id: n, x, y, });
  const edges = new Map();
  for (const n of nodes.keys()) {
    for (const r of OUT[n]) {
      const other = DATA.objects[r];
      if (other === n || !nodes.has(other) || !isLine(r)) continue;
      const [from, to] = n < other ? [n, other] : [other, n];
      const id = `${from}-${to}`;
      const row = edges.get(id) || { id, from, to, weak: true, quiet: true };
      row.weak = row.weak && predicateOf(r).name === "related";
      row.quiet = row.quiet && FROM_DOCUMENT.has(predicateOf(r).name);
      edges.set(id, row);
    }
  }
  for (const { from, to } of path.steps) {
    const id = lineId(from, to);
    if (!edges.has(id)) edges.set(id, { id, from: Math.min(from, to), to: Math.max(from, to), weak: false, quiet: false });
  }
  for (const row of edges.values()) Object.assign(row, lineStyle(row));
  bringInStep(edgeSet, edges, (a, b) => a.style === b.style, true);
  bringInStep(nodeSet, nodes, (a, b) => a.x === b.x && a.y === b.y, false);
  bringInStep(edgeSet, edges, (a, b) => a.style === b.style, false);
  namedLines = [...edges.values()].filter(isNamedLine)
    .map(({ from, to }) => (to === chosen.node ? { from: to, to: from } : { from, to }))
    .map(({ from, to }) => ({ from, to, text: lineLabel(from, to) }));
  network.selectNodes(nodes.has(chosen.node) ? [chosen.node] : [], false);
  byId("empty").hidden = drawn.size > 0;
  network.redraw();
  for (const listener of drawnListeners) listener();
}

const drawnListeners = [];

function bringInStep(set, wanted, same, onlyRemove) {
  const gone = set.getIds().filter((id) => !wanted.has(id));
  if (gone.length) set.remove(gone);
  if (onlyRemove) return;
  const added = [];
  const changed = [];
  for (const row of wanted.values()) {
    const known = set.get(row.id);
    if (!known) added.push(row);
    else if (!same(known, row)) changed.push(row);
  }
  if (added.length) set.add(added);
  if (changed.length) set.update(changed);
}

/** Lines at the chosen thing, and those of the way that is shown. */
const isNamedLine = ({ from, to }) => from === chosen.node || to === chosen.node || onPath(from, to);

function lineStyle({ from, to, weak, quiet }) {
  const touches = onPath(from, to) || (!quiet && (from === chosen.node || to === chosen.node));
  const bright = !look.bright || (look.bright.has(from) && look.bright.has(to));
  const way = onPath(from, to);
  const tone = touches ? "strong" : bright ? "line" : "faint";
  return {
    style: `${tone} ${weak} ${way} ${theme}`, // what tells a change from none
    dashes: weak && !way ? [2, 4] : false,
    width: way ? 2.4 : touches ? 1.6 : 1,
    color: { color: ink[tone], highlight: ink[tone], hover: ink[tone] },
  };
}

/** Things that are not faded: those within the chosen depth of the chosen thing. */
function brightSet() {
  if (path.ends) return new Set(pathThings());
  if (chosen.node < 0 || !chosen.depth) return null;
  const bright = new Set([chosen.node]);
  let edge = [chosen.node];
  for (let step = 0; step < chosen.depth; step += 1) {
    const next = [];
    for (const n of edge) {
      for (const r of [...OUT[n], ...IN[n]]) {
        const other = otherEnd(r, n);
        if (drawn.has(other) && isLine(r) && !bright.has(other)) { bright.add(other); next.push(other); }
      }
    }
    edge = next;
  }
  return bright;
}

/** Draws things near a thing; says so when the drawing is full. Returns how many were drawn. */
function drawNear(n, others) {
  const wanted = others.filter((other) => !drawn.has(other));
  const room = Math.max(0, CAP - drawn.size);
  const added = wanted.slice(0, room);
  const middle = drawn.get(n);
  const spots = fan(middle, added.length, drawn.values());
  for (const [k, other] of added.entries()) drawn.set(other, spots[k]);
  const lines = added.map((other) => [n, other]);
  settle(drawn, new Set(added), lines, { rounds: added.length > 60 ? 20 : 50, shape: 1, gravity: 0 });
  if (added.length < wanted.length) notify(t("capped", { cap: CAP, n: wanted.length - added.length }));
  return added.length;
}

const undrawnNeighbours = (n) => neighboursOf(n).filter((other) => !drawn.has(other));

/** Draws a thing that was found or linked to, beside what it is joined to, and what is around it. */
function ensureDrawn(n) {
  if (drawn.has(n)) return;
  const anchor = neighboursOf(n).find((other) => drawn.has(other));
  if (drawn.size >= CAP) makeRoom();
  const middle = anchor === undefined ? emptySpot() : fan(drawn.get(anchor), 1, drawn.values())[0];
  drawn.set(n, middle);
  settle(drawn, new Set([n]), [], { rounds: 0 });
  const members = memberRelations(n).map((r) => DATA.objects[r]);
  drawNear(n, [...members, ...undrawnNeighbours(n)].slice(0, Math.max(members.length, AROUND)));
}

/** Takes the least important things off a full drawing. */
function makeRoom() {
  const least = [...drawn.keys()].filter((n) => n !== chosen.node).sort((a, b) => b - a);
  for (const n of least.slice(0, STEP)) drawn.delete(n);
}

/** A spot with room around it, as near the middle of the drawing as there is one. */
function emptySpot() {
  const others = [...drawn.values()];
  if (!others.length) return { x: 0, y: 0 };
  const sum = (key) => others.reduce((total, other) => total + other[key], 0) / others.length;
  const [x, y] = [sum("x"), sum("y")];
  for (let turn = 0; ; turn += 0.4) {
    const spot = { x: x + turn * 24 * windowShape() * Math.cos(turn), y: y + turn * 24 * Math.sin(turn) };
    if (others.every((other) => Math.hypot(other.x - spot.x, other.y - spot.y) > 170)) return spot;
  }
}

/** The next step of a thing's neighbours. */
function expand(n) {
  ensureDrawn(n);
  const others = undrawnNeighbours(n);
  const count = drawNear(n, others.slice(0, STEP));
  if (others.length > count && drawn.size < CAP) notify(t("drewSome", { n: count, rest: others.length - count }));
  sync();
  bringIntoView([n, ...others.slice(0, count)]);
}

/** Takes off the neighbours of a thing that hang on it alone. */
function collapse(n) {
  for (const other of neighboursOf(n)) {
    if (!drawn.has(other)) continue;
    const held = neighboursOf(other).some((far) => far !== n && drawn.has(far) && between(other, far).some(isLine));
    if (!held) drawn.delete(other);
  }
  sync();
}

function dropThing(n) {
  drawn.delete(n);
  unchoose();
}

/** Puts the members of a list around it, clockwise from the top, and moves others out of the way. */
function openRing(n) {
  look.ring.clear();
  look.center = -1;
  const members = [...new Set(memberRelations(n).filter(isSure).map((r) => DATA.objects[r]))].filter((m) => m !== n);
  if (members.length < 2 || members.length > 40) return;
  look.center = n;
  const middle = drawn.get(n);
  const spots = ringSpots(middle, members.length);
  members.forEach((m, k) => {
    drawn.set(m, { x: spots[k].x, y: spots[k].y });
    look.ring.set(m, { number: k + 1, turn: spots[k].turn });
  });
  clearAround(n, members, middle, Math.abs(spots[0].y - middle.y));
}

function clearAround(n, members, middle, reach) {
  const kept = new Set([n, ...members]);
  const [wide, high] = [reach * 1.15 + 150, reach + 46];
  for (const [other, { x, y }] of drawn) {
    if (kept.has(other)) continue;
    const [dx, dy] = [(x - middle.x) / wide, (y - middle.y) / high];
    const distance = Math.hypot(dx, dy);
    if (distance >= 1) continue;
    const by = distance < 0.02 ? [1, 0] : [dx / distance, dy / distance];
    drawn.set(other, { x: middle.x + by[0] * wide * (1 + distance * 0.3), y: middle.y + by[1] * high * (1 + distance * 0.3) });
  }
  settle(drawn, new Set([...drawn.keys()].filter((other) => !kept.has(other))), [], { rounds: 0 });
}

function bringIntoView(things) {
  const seen = things.filter((n) => nodeSet.get(n));
  if (seen.length) moveTo(fitting(seen, Math.max(1, Math.min(1.3, view.scale()))));
}

/** Shows a chosen thing with what is around it, without needless moves. */
function lookAt(n) {
  if (look.center === n) {
    const around = [n, ...look.ring.keys(), ...(look.bright || [])].filter((other) => drawn.has(other));
    const place = fitting(around, Math.max(1, Math.min(1.3, view.scale())));
    return place.scale < 0.8 ? bringIntoView([n, ...look.ring.keys()]) : moveTo(place);
  }
  const { x, y } = view.screen(n);
  const inside = x > 60 && y > 60 && x < view.width() - 60 && y < view.height() - 70;
  if (!inside || view.scale() < 0.55) {
    moveTo({ position: drawn.get(n), scale: Math.max(0.9, Math.min(1.3, view.scale())) });
  }
}

function fit(animated = true) {
  if (drawn.size) moveTo(fitting(drawn.keys()), animated);
}

/** Middle and scale at which all of some things are seen. */
function fitting(things, nearest = 1.25) {
  const places = [...things].map((n) => drawn.get(n));
  const range = (key) => [Math.min(...places.map((p) => p[key])), Math.max(...places.map((p) => p[key]))];
  const [left, right] = range("x");
  const [top, bottom] = range("y");
  const scale = Math.max(0.1, Math.min(nearest, roomWide() / (right - left + 1), roomHigh() / (bottom - top + 1)));
  const lift = (MARGIN.bottom - MARGIN.top) / 2 / scale;
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + lift }, scale };
}

function moveTo(place, animated = true) {
  network.moveTo({ ...place, animation: animated && motion() });
}

function zoom(by) {
  moveTo({ scale: Math.max(0.1, Math.min(4, view.scale() * by)) });
}

let noticeTimer = 0;
function notify(text, { stays = false } = {}) {
  const notice = byId("notice");
  notice.textContent = text;
  notice.hidden = !text;
  window.clearTimeout(noticeTimer);
  if (!stays) noticeTimer = window.setTimeout(() => { notice.hidden = true; }, 6000);
}
