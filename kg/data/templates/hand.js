// Moving the map by mouse, finger, wheel and keys.

/** The thing under a place of the screen, or -1. */
function thingAt(x, y) {
  const [wx, wy] = [(x - eye.wide / 2) / eye.scale + eye.x, (y - eye.high / 2) / eye.scale + eye.y];
  const reach = Math.max(14, 12 / eye.scale);
  const steps = Math.min(12, Math.ceil(reach / CELL));
  let best = -1;
  let least = reach;
  for (let i = -steps; i <= steps; i += 1) {
    for (let j = -steps; j <= steps; j += 1) {
      for (const n of atlas.cells.get(`${Math.floor(wx / CELL) + i} ${Math.floor(wy / CELL) + j}`) || []) {
        const distance = Math.hypot(atlas.x[n] - wx, atlas.y[n] - wy);
        if (distance < least && isMapped(n)) [best, least] = [n, distance];
      }
    }
  }
  return best;
}

function moveByHand(canvas) {
  const fingers = new Map();
  let moved = 0;
  const place = (event) => ({ x: event.offsetX, y: event.offsetY });
  canvas.addEventListener("pointerdown", (event) => {
    if (!fingers.size) moved = 0;
    fingers.set(event.pointerId, place(event));
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    const now = place(event);
    if (!before) return hoverMap(now);
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other) return pinch(before, now, other);
    if (moved < 4) return undefined;
    eye.x -= (now.x - before.x) / eye.scale;
    eye.y -= (now.y - before.y) / eye.scale;
    return moveMap();
  });
  const lift = (event) => {
    const one = fingers.size === 1;
    fingers.delete(event.pointerId);
    if (one && moved < 4 && event.type === "pointerup") clickMap(place(event));
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => hoverMap({ x: -1e6, y: -1e6 }));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomMap(Math.exp(-event.deltaY / (event.ctrlKey ? 120 : 420)), event.offsetX, event.offsetY);
  }, { passive: false });
  canvas.addEventListener("keydown", moveByKeys);
}

function pinch(before, now, other) {
  const was = Math.hypot(before.x - other.x, before.y - other.y) || 1;
  const is = Math.hypot(now.x - other.x, now.y - other.y) || 1;
  zoomMap(is / was, (now.x + other.x) / 2, (now.y + other.y) / 2);
}

function hoverMap({ x, y }) {
  const n = thingAt(x, y);
  if (n === eye.hovered) return;
  eye.hovered = n;
  byId("map").style.cursor = n < 0 ? "" : "pointer";
  paintMap();
}

/** A click on a thing opens it in the graph; one beside all things goes nearer. */
function clickMap({ x, y }) {
  const n = thingAt(x, y);
  if (n < 0) return eye.scale < 0.6 ? zoomMap(1.8, x, y) : undefined;
  eye.hovered = -1;
  choose(n, { address: false });
  return showView("graph");
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function moveByKeys(event) {
  if (!Object.hasOwn(ARROWS, event.key)) return;
  event.preventDefault();
  const [x, y] = ARROWS[event.key];
  eye.x += (x * 80) / eye.scale;
  eye.y += (y * 80) / eye.scale;
  moveMap();
}
