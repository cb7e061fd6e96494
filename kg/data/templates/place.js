// Places on the plane. One unit is one pixel at scale 1. Nothing here is random.

const ROOM = { height: 15, side: 5 }; // what a label needs below its mark, and between two

/**
 * Half sizes of the box that a thing and its label fill, and how far its middle lies below the mark.
 * A label keeps its size on the screen, so it needs more of a picture that is shown small.
 */
function boxOf(n, scale) {
  const r = radiusOf(n);
  const label = Math.min(labelWidth(n), 160) / scale;
  const height = ROOM.height / scale;
  return { w: Math.max(r, label / 2) + ROOM.side, h: r + height / 2 + 3, down: height / 2 };
}

/**
 * Moves things until they stand apart and near what they are joined to.
 * `places`: Map thing -> {x, y}, changed in place. `moving`: the ones that may move.
 * `lines`: pairs. `shape`: width / height of the window.
 */
function settle(places, moving, lines, { rounds = 120, shape = 1.4, gravity = 0.02, scale = 1 } = {}) {
  const ids = [...places.keys()];
  const at = new Map(ids.map((n, i) => [n, i]));
  const free = ids.map((n) => moving.has(n));
  const boxes = ids.map((n) => boxOf(n, scale));
  const x = Float64Array.from(ids, (n) => places.get(n).x);
  const y = Float64Array.from(ids, (n) => places.get(n).y);
  const springs = lines
    .map(([a, b]) => [at.get(a), at.get(b)])
    .filter(([a, b]) => a !== undefined && b !== undefined && (free[a] || free[b]));
  for (let round = 0; round < rounds; round += 1) {
    pull(x, y, free, springs, { heat: 1 - round / rounds, shape, gravity });
  }
  if (rounds && !free.includes(false)) stretch(x, y, shape);
  part(x, y, free, boxes, { rounds: 160, shape });
  ids.forEach((n, i) => { if (free[i]) places.set(n, { x: x[i], y: y[i] }); });
}

const REACH_FAR = 190; // beyond this two things do not push each other

const extent = (values) => Math.max(...values) - Math.min(...values) + 1;

/** Widens the narrower side of a picture toward the shape of its window. */
function stretch(x, y, shape) {
  const ratio = extent(x) / extent(y) / shape;
  const by = Math.min(1.8, Math.max(ratio, 1 / ratio));
  const narrow = ratio < 1 ? x : y;
  for (let i = 0; i < narrow.length; i += 1) narrow[i] *= by;
}

/** One round of forces: springs along lines, a push between near things, a pull to the middle. */
function pull(x, y, free, springs, { heat, shape, gravity }) {
  const size = x.length;
  const fx = new Float64Array(size);
  const fy = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    if (!free[i]) continue;
    for (let j = 0; j < size; j += 1) {
      if (i === j || (free[j] && j < i)) continue;
      const dx = x[i] - x[j];
      const dy = (y[i] - y[j]) * shape;
      const far = Math.abs(dx) > REACH_FAR || Math.abs(dy) > REACH_FAR;
      if (far) continue;
      const square = dx * dx + dy * dy + 40;
      const push = 5200 / square;
      const length = Math.sqrt(square);
      fx[i] += (dx / length) * push;
      fy[i] += (dy / length / shape) * push;
      if (free[j]) {
        fx[j] -= (dx / length) * push;
        fy[j] -= (dy / length / shape) * push;
      }
    }
    fx[i] -= x[i] * gravity;
    fy[i] -= y[i] * gravity * shape;
  }
  for (const [a, b] of springs) {
    const dx = x[b] - x[a];
    const dy = y[b] - y[a];
    const length = Math.sqrt(dx * dx + dy * dy) || 1;
    const force = Math.max(-6, Math.min(10, (length - 85) * 0.045));
    if (free[a]) { fx[a] += (dx / length) * force; fy[a] += (dy / length) * force; }
    if (free[b]) { fx[b] -= (dx / length) * force; fy[b] -= (dy / length) * force; }
  }
  const step = 3 + 22 * heat;
  for (let i = 0; i < size; i += 1) {
    if (!free[i]) continue;
    const length = Math.sqrt(fx[i] * fx[i] + fy[i] * fy[i]) || 1;
    const by = Math.min(step, length) / length;
    x[i] += fx[i] * by;
    y[i] += fy[i] * by;
  }
}

/**
 * Pushes overlapping boxes apart along their shorter overlap, until none is left or the rounds are used.
 * A picture that is taller than its window gives way sideways first, and the other way round.
 */
function part(x, y, free, boxes, { rounds, shape }) {
  const widest = 2 * Math.max(0, ...boxes.map((box) => box.w));
  for (let round = 0; round < rounds; round += 1) {
    const order = [...x.keys()].sort((a, b) => x[a] - x[b]);
    const tall = Math.min(3, Math.max(0.33, (extent(y) * shape) / extent(x)));
    let clashes = 0;
    for (let k = 0; k < order.length; k += 1) {
      const i = order[k];
      for (let l = k + 1; l < order.length; l += 1) {
        const j = order[l];
        if (x[j] - x[i] > widest) break;
        if (!free[i] && !free[j]) continue;
        clashes += partPair(x, y, free, boxes, i, j, tall);
      }
    }
    if (!clashes) return;
  }
}

function partPair(x, y, free, boxes, i, j, tall) {
  const overX = boxes[i].w + boxes[j].w - Math.abs(x[i] - x[j]);
  if (overX <= 0) return 0;
  const dy = y[j] + boxes[j].down - (y[i] + boxes[i].down);
  const overY = boxes[i].h + boxes[j].h - Math.abs(dy);
  if (overY <= 0) return 0;
  const both = free[i] && free[j] ? 0.5 : 1;
  if (overY * 1.2 * tall * tall < overX) {
    const by = (overY + 0.5) * both * (dy < 0 || (dy === 0 && j < i) ? -1 : 1);
    if (free[i]) y[i] -= by;
    if (free[j]) y[j] += by;
  } else {
    const by = (overX + 0.5) * both * (x[j] < x[i] || (x[j] === x[i] && j < i) ? -1 : 1);
    if (free[i]) x[i] -= by;
    if (free[j]) x[j] += by;
  }
  return 1;
}

/** Places for the neighbours of a thing: a fan around it, away from where the others stand. */
function fan(middle, count, others) {
  let dx = 0;
  let dy = 0;
  for (const other of others) {
    const distance = Math.hypot(other.x - middle.x, other.y - middle.y) || 1;
    dx -= (other.x - middle.x) / distance / distance;
    dy -= (other.y - middle.y) / distance / distance;
  }
  const start = dx || dy ? Math.atan2(dy, dx) : -Math.PI / 2;
  const spots = [];
  for (let k = 0; k < count; k += 1) {
    const ring = Math.floor(k / 12);
    const inRing = Math.min(12, count - ring * 12);
    const side = (k % 12) % 2 ? 1 : -1;
    const turn = side * Math.ceil((k % 12) / 2) * ((2 * Math.PI) / inRing);
    const reach = 115 + ring * 75;
    spots.push({ x: middle.x + Math.cos(start + turn) * reach, y: middle.y + Math.sin(start + turn) * reach });
  }
  return spots;
}

/** The ring of an opened list: members clockwise from the top. */
function ringSpots(middle, count) {
  const reach = Math.max(96, (count * 58) / (2 * Math.PI));
  return Array.from({ length: count }, (_, k) => {
    const turn = -Math.PI / 2 + (k * 2 * Math.PI) / count;
    return { x: middle.x + Math.cos(turn) * reach * 1.15, y: middle.y + Math.sin(turn) * reach, turn };
  });
}
