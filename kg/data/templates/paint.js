// What the canvas shows: marks with their signs, and labels that never lie on each other.

const FONT = 'system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';
const SIZES = [19, 14, 10]; // three sizes of mark
const LEAST = 4; // half the width of the smallest mark, in pixels of the screen
const LABEL_LENGTH = 13; // characters of a label on the canvas

const look = {
  bright: null, // Set of things that are not faded, or null for all
  hovered: -1,
  ring: new Map(), // member -> { number, turn } around the opened list
  center: -1, // the opened list
  labels: [], // boxes of the labels that were drawn last
};

const firstCut = Math.max(12, Math.round(COUNT * 0.01));
const secondCut = Math.max(60, Math.round(COUNT * 0.06));

/** Half the width of a mark. */
function radiusOf(n) {
  const kind = kindOf(n);
  if (n === look.center) return SIZES[0] + 3;
  if (look.ring.has(n)) return SIZES[1];
  if (kind.layer !== "entity") return SIZES[2];
  const rank = sizeRank(n);
  if (rank < firstCut) return SIZES[0];
  return rank < secondCut || (kind.name === "Formula" && chosen.size === "weight") ? SIZES[1] : SIZES[2];
}

/** The same at the present zoom: a mark never shrinks to a speck. */
const shownRadius = (n) => Math.max(radiusOf(n), LEAST / network.getScale());

function labelText(n) {
  return cut(shownName(n).replace(/\s+/g, " "), labelLengths(n)[0]);
}

/** How many characters a label has, and how many where there is less room. */
function labelLengths(n) {
  if (n === look.hovered || n === chosen.node) return [26];
  return look.ring.has(n) ? [18, 13, 9] : [LABEL_LENGTH, 8];
}

const widths = new Map();
const ruler = document.createElement("canvas").getContext("2d");

function textWidth(text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    ruler.font = font;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

const labelFont = (n) => `${n === chosen.node ? "600 " : ""}${radiusOf(n) > SIZES[2] ? 13 : 12}px ${FONT}`;
const labelWidth = (n) => textWidth(labelText(n), labelFont(n));
const isFaded = (n) => Boolean(look.bright) && !look.bright.has(n) && n !== look.hovered;

/** vis-network calls this for every mark on the canvas. */
function paintMark({ ctx, id, x, y }) {
  const r = shownRadius(id);
  return {
    nodeDimensions: { width: r * 2, height: r * 2 },
    drawNode() {
      const kind = kindOf(id);
      ctx.globalAlpha = isFaded(id) ? 0.22 : 1;
      outline(ctx, kind, x, y, r);
      ctx.fillStyle = colourOf(id);
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = ink.ground;
      ctx.stroke();
      if (r * view.scale() > 5) paintGlyph(ctx, id, x, y, r);
      if (id === chosen.node) paintChosen(ctx, kind, x, y, r);
      ctx.globalAlpha = 1;
    },
  };
}

/** Things are discs, statements rounded tags, documents pages: colour is never the only sign. */
function outline(ctx, kind, x, y, r) {
  ctx.beginPath();
  if (kind.layer === "entity") ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (kind.layer === "statement") ctx.roundRect(x - r, y - r * 0.8, r * 2, r * 1.6, r * 0.45);
  else ctx.rect(x - r * 0.8, y - r, r * 1.6, r * 2);
}

function paintGlyph(ctx, id, x, y, r) {
  const place = look.ring.get(id);
  const sign = place ? String(place.number) : glyphOf(id);
  const size = Math.round(r * (sign.length > 1 ? 0.95 : 1.12));
  ctx.fillStyle = signOn(colourOf(id));
  ctx.font = `${place || kindOf(id).name === "Formula" ? "600 " : ""}${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(sign, x, y + size * 0.06);
}

function paintChosen(ctx, kind, x, y, r) {
  ctx.lineWidth = 2.5;
  ctx.strokeStyle = ink.accent;
  outline(ctx, kind, x, y, r + 4.5);
  ctx.stroke();
}

/** Rectangles already taken on the screen, in cells so that a clash is found quickly. */
class Taken {
  constructor() { this.cells = new Map(); }

  keys(box) {
    const found = [];
    for (let cx = Math.floor(box.left / 80); cx <= Math.floor(box.right / 80); cx += 1) {
      for (let cy = Math.floor(box.top / 40); cy <= Math.floor(box.bottom / 40); cy += 1) found.push(cx * 4096 + cy);
    }
    return found;
  }

  free(box, except) {
    return this.keys(box).every((key) => (this.cells.get(key) || []).every((other) => (
      other.owner === except || other.left >= box.right || other.right <= box.left
      || other.top >= box.bottom || other.bottom <= box.top)));
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

/** Labels, drawn in pixels of the screen so that they keep their size at every zoom. */
function paintLabels(ctx, view) {
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth || 1;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.lineJoin = "round";
  const taken = new Taken();
  look.labels = [];
  const seen = view.things().filter((n) => onScreen(view, n));
  // Far out a label may lie on the small marks, which are many there, but not on the larger ones.
  const blocks = (n) => !isFaded(n) && (view.scale() > 0.55 || radiusOf(n) > SIZES[2]);
  for (const n of seen.filter(blocks)) taken.add(markBox(view, n));
  for (const n of seen.sort((a, b) => labelRank(a) - labelRank(b))) paintLabel(ctx, view, n, taken);
  paintLineLabels(ctx, view, taken);
  ctx.restore();
}

function onScreen(view, n) {
  const { x, y } = view.screen(n);
  return x > -60 && y > -40 && x < view.width() + 60 && y < view.height() + 40;
}

function markBox(view, n) {
  const { x, y } = view.screen(n);
  const r = shownRadius(n) * view.scale();
  return { left: x - r, right: x + r, top: y - r, bottom: y + r, owner: n };
}

function labelRank(n) {
  if (n === look.hovered) return -4e9;
  if (n === chosen.node) return -3e9;
  if (look.ring.has(n)) return -2e9 + look.ring.get(n).number;
  return (isFaded(n) ? 1e9 : 0) + n;
}

function paintLabel(ctx, view, n, taken) {
  const { x, y } = view.screen(n);
  const r = shownRadius(n) * view.scale() + (n === chosen.node ? 8 : 2); // clear of the ring around it
  const place = look.ring.get(n);
  const inside = (spot) => spot.left > 1 && spot.right < view.width() - 1;
  // Around a ring a short label on the outer side is better than a long one elsewhere.
  const choices = labelLengths(n).flatMap((length, turn) => {
    const text = cut(labelText(n), length);
    const spots = labelSpots(x, y, r, textWidth(text, labelFont(n)), place);
    return spots.map((spot, at) => ({ text, spot, cost: place ? at * 10 + turn : turn * 10 + at }));
  }).sort((a, b) => a.cost - b.cost);
  const free = choices.find(({ spot }) => inside(spot) && taken.free(spot, n));
  const forced = n === look.hovered || n === chosen.node;
  if (!free && !forced) return;
  const { text, spot } = free || choices[0];
  taken.add(spot);
  look.labels.push({ ...spot, text, n });
  ctx.globalAlpha = isFaded(n) ? 0.35 : 1;
  ctx.font = labelFont(n);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = ink.ground;
  ctx.strokeText(text, spot.left + 2, (spot.top + spot.bottom) / 2);
  ctx.fillStyle = n === chosen.node ? ink.accent : ink.text;
  ctx.fillText(text, spot.left + 2, (spot.top + spot.bottom) / 2);
  ctx.globalAlpha = 1;
}

/** Where a label may stand: below, right, left, above; around a ring on its outer side first. */
function labelSpots(x, y, r, width, place) {
  const half = width / 2 + 2;
  const below = { left: x - half, right: x + half, top: y + r, bottom: y + r + 16 };
  const above = { left: x - half, right: x + half, top: y - r - 16, bottom: y - r };
  const right = { left: x + r + 1, right: x + r + width + 5, top: y - 8, bottom: y + 8 };
  const left = { left: x - r - width - 5, right: x - r - 1, top: y - 8, bottom: y + 8 };
  if (!place) return [below, right, left, above];
  const [across, down] = [Math.cos(place.turn), Math.sin(place.turn)];
  if (Math.abs(across) < 0.3) return down < 0 ? [above, right, left, below] : [below, right, left, above];
  return across > 0 ? [right, below, above, left] : [left, below, above, right];
}

/** Names of the relations of the chosen thing, on their lines. */
function paintLineLabels(ctx, view, taken) {
  ctx.font = `11px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { from, to, text } of namedLines) {
    if (look.ring.has(to) && look.center === from) continue;
    const a = view.screen(from);
    const b = view.screen(to);
    const half = textWidth(text, ctx.font) / 2 + 2;
    if (!text || Math.hypot(b.x - a.x, b.y - a.y) < half * 2 + 30) continue;
    const spots = [0.55, 0.42, 0.68].map((part) => [a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part]);
    const boxes = spots.map(([x, y]) => ({ x, y, left: x - half, right: x + half, top: y - 7, bottom: y + 7 }));
    const box = boxes.find((one) => taken.free(one, -1));
    if (!box) continue;
    taken.add(box);
    ctx.lineWidth = 4;
    ctx.strokeStyle = ink.ground;
    ctx.strokeText(text, box.x, box.y);
    ctx.fillStyle = ink.muted;
    ctx.fillText(text, box.x, box.y);
  }
}
