// Going through the graph by arrow keys: to the nearest drawn thing in a direction.

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The nearest thing in a direction; what lies aside counts as farther. From the middle where nothing is chosen. */
function nextThing([dx, dy]) {
  const start = chosen.node >= 0 && drawn.has(chosen.node) ? drawn.get(chosen.node) : network.getViewPosition();
  let best = -1;
  let least = Infinity;
  for (const n of view.things()) {
    if (n === chosen.node) continue;
    const [x, y] = [drawn.get(n).x - start.x, drawn.get(n).y - start.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    const cost = along + aside * 2;
    if (along > 0 && aside < along * 1.5 && cost < least) [best, least] = [n, cost];
  }
  return best;
}

byId("canvas").addEventListener("keydown", (event) => {
  const direction = Object.hasOwn(DIRECTIONS, event.key) && DIRECTIONS[event.key];
  if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const n = nextThing(direction);
  if (n >= 0) choose(n);
});
