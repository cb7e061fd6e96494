// The map: every thing at the place that was found for it beforehand, on a canvas of its own.

const MAP_SIZES = [13, 10, 7.5]; // half the width of a mark, in units of the map
const LABELS_FROM = 5.5; // half the width of a mark on the screen from which it has a label
const eye = { x: 0, y: 0, scale: 0, least: 0, wide: 0, high: 0, moving: false, hovered: -1 };
const CELL = 60;

function loadMap() {
  if (atlas.bounds) return;
  loadPlaces();
  const { x, y } = atlas;
  for (let n = 0; n < COUNT; n += 1) {
    const key = `${Math.floor(x[n] / CELL)} ${Math.floor(y[n] / CELL)}`;
    const cell = atlas.cells.get(key);
    if (cell) cell.push(n);
    else atlas.cells.set(key, [n]);
  }
  const reduce = (values, pick) => values.reduce((best, value) => pick(best, value), values[0] || 0);
  atlas.bounds = [reduce(x, Math.min), reduce(y, Math.min), reduce(x, Math.max), reduce(y, Math.max)];
}

/** Lines inside communities and between them; made anew when the filters change. */
function mapLines() {
  const state = [sureness(), ...chosen.hiddenPredicates, "|", ...chosen.hiddenKinds, "|", ...chosen.hiddenGroups, inTime && [...inTime]].join(" ");
  if (atlas.lines?.state === state) return atlas.lines;
  const [inner, outer] = [new Path2D(), new Path2D()];
  const { x, y, community } = atlas;
  for (let r = 0; r < RELATIONS; r += 1) {
    const [a, b] = [DATA.subjects[r], DATA.objects[r]];
    if (QUIET.has(r) || !isLine(r) || !isMapped(a) || !isMapped(b)) continue;
    const line = community[a] === community[b] ? inner : outer;
    line.moveTo(x[a], y[a]);
    line.lineTo(x[b], y[b]);
  }
  atlas.lines = { state, inner, outer };
  return atlas.lines;
}

function mapRadius(n) {
  const rank = sizeRank(n);
  if (rank < firstCut) return MAP_SIZES[0];
  return rank < secondCut || (kindOf(n).name === "Formula" && chosen.size === "weight") ? MAP_SIZES[1] : MAP_SIZES[2];
}

const mapX = (x) => (x - eye.x) * eye.scale + eye.wide / 2;
const mapY = (y) => (y - eye.y) * eye.scale + eye.high / 2;
const isMapped = (n) => !isHidden(n) && isInTime(n);

function showMap() {
  const box = byId("view-map");
  if (!COUNT) return box.replaceChildren(h("p", { class: "empty" }, t("emptyGraph")));
  loadMap();
  if (!box.querySelector("canvas")) startMap(box);
  box.querySelector("canvas").setAttribute("aria-label", t("mapLabel", { n: number(COUNT), groups: atlas.groups.length }));
  box.querySelector(".map-hint").textContent = t("mapHint");
  sizeMap();
  if (!eye.scale) fitMap();
  else paintMap();
  return undefined;
}

function startMap(box) {
  const canvas = h("canvas", { tabindex: "0", role: "img", id: "map" });
  box.append(canvas, h("p", { class: "map-hint" }));
  moveByHand(canvas);
  new ResizeObserver(() => { if (!box.hidden) { sizeMap(); paintMap(); } }).observe(box);
}

function sizeMap() {
  const canvas = byId("map");
  const { clientWidth: wide, clientHeight: high } = byId("view-map");
  const ratio = window.devicePixelRatio || 1;
  if (eye.wide === wide && eye.high === high && canvas.width === Math.round(wide * ratio)) return;
  Object.assign(eye, { wide, high });
  Object.assign(canvas, { width: Math.round(wide * ratio), height: Math.round(high * ratio) });
}

function fitMap() {
  const [left, top, right, bottom] = atlas.bounds;
  const scale = Math.min((eye.wide - 60) / (right - left + 60), (eye.high - 70) / (bottom - top + 60), 1.6);
  Object.assign(eye, { x: (left + right) / 2, y: (top + bottom) / 2, scale, least: scale / 2 });
  paintMap();
}

/** Zooms and keeps the place under (x, y) of the screen where it is. */
function zoomMap(by, x = eye.wide / 2, y = eye.high / 2) {
  const scale = Math.max(eye.least, Math.min(4, eye.scale * by));
  eye.x += (x - eye.wide / 2) * (1 / eye.scale - 1 / scale);
  eye.y += (y - eye.high / 2) * (1 / eye.scale - 1 / scale);
  eye.scale = scale;
  moveMap();
}

let mapRest = 0;
let mapFrame = 0;
/** Paints quickly while the map moves, and fully once it rests. */
function moveMap() {
  eye.moving = true;
  window.clearTimeout(mapRest);
  mapRest = window.setTimeout(() => { eye.moving = false; paintMap(); }, 140);
  if (!mapFrame) mapFrame = window.requestAnimationFrame(() => { mapFrame = 0; paintMap(); });
}

const MANY_MARKS = 4000; // with more of them what lies below the labels is painted once and then moved as a picture
const AROUND_WINDOW = 1.6; // how much larger that picture is than the window

function paintMap() {
  const ctx = byId("map").getContext("2d");
  const ratio = window.devicePixelRatio || 1;
  const isPicture = COUNT > MANY_MARKS;
  if (isPicture) paintPicture(ctx, ratio);
  else paintScene(ctx, ratio);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintNear(ctx);
  paintMapLabels(ctx, isPicture && eye.moving ? [] : thingsInView());
}

/** Ground, communities, lines and marks. */
function paintScene(ctx, ratio) {
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, eye.wide, eye.high);
  paintGroups(ctx);
  const seen = thingsInView();
  paintMapLines(ctx, ratio);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintDots(ctx, seen);
}

/** The same from a picture that reaches beyond the window; painted anew where it no longer serves. */
function paintPicture(ctx, ratio) {
  const state = [theme, chosen.by, chosen.size, ratio, eye.wide, eye.high, mapLines().state].join("|");
  if (!serves(atlas.picture, state)) {
    const { wide, high } = eye;
    const canvas = atlas.picture?.canvas ?? document.createElement("canvas");
    Object.assign(eye, { wide: Math.round(wide * AROUND_WINDOW), high: Math.round(high * AROUND_WINDOW) });
    Object.assign(canvas, { width: eye.wide * ratio, height: eye.high * ratio });
    paintScene(canvas.getContext("2d"), ratio);
    atlas.picture = { canvas, state, x: eye.x, y: eye.y, scale: eye.scale, wide: eye.wide, high: eye.high };
    Object.assign(eye, { wide, high });
  }
  const { canvas, x, y, scale, wide, high } = atlas.picture;
  const by = eye.scale / scale;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, eye.wide, eye.high);
  ctx.drawImage(canvas, mapX(x) - (wide / 2) * by, mapY(y) - (high / 2) * by, wide * by, high * by);
}

/** Whether a picture shows what the window shows: nearly while it moves, in full detail when it rests. */
function serves(picture, state) {
  if (!picture || picture.state !== state) return false;
  const by = eye.scale / picture.scale;
  if (eye.moving ? by < 0.7 || by > 2.5 : by !== 1) return false;
  const [dx, dy] = [Math.abs(picture.x - eye.x), Math.abs(picture.y - eye.y)].map((distance) => distance * eye.scale);
  const slack = eye.moving ? 40 : 0; // a thin edge may stay bare until the map rests
  return dx + eye.wide / 2 <= (picture.wide / 2) * by + slack && dy + eye.high / 2 <= (picture.high / 2) * by + slack;
}

function paintGroups(ctx) {
  ctx.fillStyle = ink.raised;
  for (const { group, cx, cy, reach } of atlas.groups) {
    if (chosen.hiddenGroups.has(group)) continue;
    ctx.beginPath();
    ctx.arc(mapX(cx), mapY(cy), reach * eye.scale, 0, 2 * Math.PI);
    ctx.fill();
  }
}

/** Things on the screen, the most important first. */
function thingsInView() {
  const reach = 14;
  const [left, right] = [eye.x - eye.wide / 2 / eye.scale - reach, eye.x + eye.wide / 2 / eye.scale + reach];
  const [top, bottom] = [eye.y - eye.high / 2 / eye.scale - reach, eye.y + eye.high / 2 / eye.scale + reach];
  const found = [];
  const { x, y } = atlas;
  for (let n = 0; n < COUNT; n += 1) {
    if (x[n] > left && x[n] < right && y[n] > top && y[n] < bottom && isMapped(n)) found.push(n);
  }
  return found;
}

function paintMapLines(ctx, ratio) {
  const k = eye.scale * ratio;
  ctx.setTransform(k, 0, 0, k, (eye.wide / 2 - eye.x * eye.scale) * ratio, (eye.high / 2 - eye.y * eye.scale) * ratio);
  ctx.lineWidth = 0.8 / eye.scale;
  ctx.strokeStyle = ink.line;
  const crowd = Math.min(1, 1500 / (RELATIONS + 1));
  const { inner, outer } = mapLines();
  for (const [lines, alpha] of [[outer, 0.12 + 0.3 * crowd], [inner, 0.3 + 0.5 * crowd]]) {
    ctx.globalAlpha = Math.min(1, alpha + eye.scale * 0.2);
    ctx.stroke(lines);
  }
  ctx.globalAlpha = 1;
}

/** The lines of the thing under the mouse, or of the chosen one, and rings around both. */
function paintNear(ctx) {
  const n = eye.hovered >= 0 ? eye.hovered : chosen.node;
  if (n >= 0) {
    ctx.beginPath();
    for (const r of [...OUT[n], ...IN[n]]) {
      if (QUIET.has(r) || !isLine(r) || !isMapped(otherEnd(r, n))) continue;
      ctx.moveTo(mapX(atlas.x[n]), mapY(atlas.y[n]));
      ctx.lineTo(mapX(atlas.x[otherEnd(r, n)]), mapY(atlas.y[otherEnd(r, n)]));
    }
    Object.assign(ctx, { lineWidth: 1.4, strokeStyle: ink.strong });
    ctx.stroke();
  }
  for (const m of new Set([chosen.node, eye.hovered])) {
    if (m < 0) continue;
    const r = Math.max(4, mapRadius(m) * eye.scale);
    ctx.fillStyle = colourOf(m);
    outline(ctx, kindOf(m), mapX(atlas.x[m]), mapY(atlas.y[m]), r);
    ctx.fill();
    outline(ctx, kindOf(m), mapX(atlas.x[m]), mapY(atlas.y[m]), r + 3.5);
    Object.assign(ctx, { lineWidth: 2.2, strokeStyle: ink.accent });
    ctx.stroke();
  }
}

function paintDots(ctx, seen) {
  const alike = new Map(); // things of one colour
  for (const n of seen) {
    const key = chosen.by === "group" ? Math.min(atlas.community[n], GROUP_COLOURS.length) : DATA.node_kinds[n];
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key).push(n);
  }
  for (const things of alike.values()) {
    ctx.fillStyle = colourOf(things[0]);
    for (const n of things) {
      const r = Math.max(1.3, mapRadius(n) * eye.scale);
      const [x, y] = [mapX(atlas.x[n]), mapY(atlas.y[n])];
      if (r < 1.6) { ctx.fillRect(x - r, y - r, r * 2, r * 2); continue; }
      outline(ctx, kindOf(n), x, y, r);
      ctx.fill();
    }
  }
  for (const n of seen) if (mapRadius(n) * eye.scale > 6.5) paintGlyph(ctx, n, mapX(atlas.x[n]), mapY(atlas.y[n]), mapRadius(n) * eye.scale);
}

function paintMapLabels(ctx, seen) {
  const taken = new Taken();
  look.mapLabels = 0;
  Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round", strokeStyle: ink.ground });
  if (eye.hovered >= 0) paintMapLabel(ctx, taken, eye.hovered, true);
  for (const group of atlas.groups) paintGroupName(ctx, taken, group);
  const labelled = seen.filter((n) => mapRadius(n) * eye.scale >= LABELS_FROM);
  if (labelled.length < 900) for (const n of labelled) taken.add(mapBox(n)); // near enough for each mark to count
  let room = 260;
  for (const n of labelled) {
    if (!room) break;
    room -= paintMapLabel(ctx, taken, n, n === chosen.node) ? 1 : 0;
  }
}

function mapBox(n) {
  const [x, y, r] = [mapX(atlas.x[n]), mapY(atlas.y[n]), mapRadius(n) * eye.scale];
  return { left: x - r, right: x + r, top: y - r, bottom: y + r, owner: n };
}

/** The name of a community, as long as its things have no labels of their own. */
function paintGroupName(ctx, taken, { group, cx, cy, reach, size, names }) {
  if (chosen.hiddenGroups.has(group)) return;
  const wide = reach * eye.scale;
  const [x, y] = [mapX(cx), mapY(cy)];
  if (wide > 420 || wide < 9 || MAP_SIZES[2] * eye.scale >= LABELS_FROM) return;
  if (x < 0 || y < 0 || x > eye.wide || y > eye.high) return;
  const font = `600 ${Math.round(Math.max(11, Math.min(18, wide / 5, 9 + Math.sqrt(size))))}px ${FONT}`;
  const fitting = names.filter((name, at) => at > 0 || textWidth(name, font) < wide * 2.4);
  const spots = fitting.flatMap((name) => [0, -20, 20].map((down) => nameSpot(name, font, x, y + down)));
  const found = spots.find(({ box }) => taken.free(box, -1));
  if (!found) return;
  taken.add(found.box);
  Object.assign(ctx, { font, lineWidth: 5, globalAlpha: 0.85 });
  ctx.strokeText(found.name, found.x, found.y);
  ctx.globalAlpha = 1;
  ctx.fillStyle = ink.text;
  ctx.fillText(found.name, found.x, found.y);
  look.mapLabels += 1;
}

function nameSpot(name, font, x, y) {
  const half = textWidth(name, font) / 2 + 4;
  x = Math.max(half, Math.min(eye.wide - half, x)); // whole names at the edges of the window
  return { name, x, y, box: { left: x - half, right: x + half, top: y - 11, bottom: y + 11 } };
}

function paintMapLabel(ctx, taken, n, forced) {
  const text = cut(shownName(n).replace(/\s+/g, " "), forced ? 26 : 12);
  const font = `${forced ? "600 " : ""}12px ${FONT}`;
  const r = Math.max(3, mapRadius(n) * eye.scale) + 2;
  const spots = labelSpots(mapX(atlas.x[n]), mapY(atlas.y[n]), r, textWidth(text, font));
  const box = spots.find((spot) => taken.free(spot, n)) ?? (forced ? spots[0] : null);
  if (!box) return false;
  taken.add(box);
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  Object.assign(ctx, { font, lineWidth: 3.5 });
  ctx.strokeText(text, x, y);
  ctx.fillStyle = n === chosen.node ? ink.accent : ink.text;
  ctx.fillText(text, x, y);
  look.mapLabels += 1;
  return true;
}

function saveMap() {
  eye.moving = false;
  paintMap();
  byId("map").toBlob((blob) => download(blob, "map.png"), "image/png");
}

VIEWS.map = { show: showMap, zoom: (by) => COUNT && zoomMap(by), fit: () => COUNT && fitMap() };
