// The drawn part of the graph as SVG, as it stands on the screen.

const SVG = "http://www.w3.org/2000/svg";

function s(tag, values, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(values)) node.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  if (text !== undefined) node.textContent = String(text).replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, ""); // XML has no place for the others
  return node;
}

function saveVector() {
  const root = s("svg", { xmlns: SVG, width: view.width(), height: view.height(), viewBox: `0 0 ${view.width()} ${view.height()}`, "font-family": FONT });
  root.append(s("rect", { width: "100%", height: "100%", fill: ink.ground }));
  for (const line of edgeSet.get()) {
    const [a, b] = [view.screen(line.from), view.screen(line.to)];
    root.append(s("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: line.color.color, "stroke-width": line.width, ...(line.dashes ? { "stroke-dasharray": "2 4" } : {}) }));
  }
  for (const n of view.things().reverse()) root.append(markGroup(n));
  for (const { left, top, bottom, text, n } of look.labels) {
    const style = { "font-size": radiusOf(n) > SIZES[2] ? 13 : 12, "font-weight": n === chosen.node ? 600 : 400, opacity: isFaded(n) ? 0.35 : 1 };
    const halo = { stroke: ink.ground, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" };
    root.append(s("text", { x: left + 2, y: (top + bottom) / 2 + 4.5, fill: n === chosen.node ? ink.accent : ink.text, ...style, ...halo }, text));
  }
  const text = new XMLSerializer().serializeToString(root);
  download(new Blob(['<?xml version="1.0" encoding="UTF-8"?>\n', text, "\n"], { type: "image/svg+xml" }), "graph.svg");
}

function markGroup(n) {
  const { x, y } = view.screen(n);
  const r = shownRadius(n) * view.scale();
  const group = s("g", { opacity: isFaded(n) ? 0.22 : 1 });
  group.append(s("title", {}, nameOf(n)), markShape(kindOf(n), x, y, r, { fill: colourOf(n), stroke: ink.ground, "stroke-width": 1.5 }));
  const place = look.ring.get(n);
  const sign = place ? String(place.number) : glyphOf(n);
  const size = r * (sign.length > 1 ? 0.95 : 1.12);
  if (r > 5) group.append(s("text", { x, y: y + size * 0.38, "font-size": size, "text-anchor": "middle", fill: signOn(colourOf(n)) }, sign));
  if (n === chosen.node) group.append(markShape(kindOf(n), x, y, r + 4.5, { fill: "none", stroke: ink.accent, "stroke-width": 2.5 }));
  return group;
}

function markShape(kind, x, y, r, style) {
  if (kind.layer === "entity") return s("circle", { cx: x, cy: y, r, ...style });
  const [wide, high, round] = kind.layer === "statement" ? [r, r * 0.8, r * 0.45] : [r * 0.8, r, 0];
  return s("rect", { x: x - wide, y: y - high, width: wide * 2, height: high * 2, rx: round, ...style });
}
