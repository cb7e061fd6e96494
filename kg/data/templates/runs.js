// A passage as elements: its words underlined where they name a thing, carets where repair joined it.

const QUOTED = -1; // stands for the words that the reader was opened at

/** Stretches of a passage that look the same: { from, to, things, said, quoted }. */
function stretches(length, places) {
  const cuts = new Set([0, length]);
  for (const { from, to } of places) cuts.add(from).add(to);
  const edges = [...cuts].sort((a, b) => a - b);
  const waiting = [...places].sort((a, b) => a.from - b.from);
  let open = [];
  let next = 0;
  const found = [];
  for (let k = 0; k + 1 < edges.length; k += 1) {
    const [from, to] = [edges[k], edges[k + 1]];
    open = open.filter((place) => place.to > from);
    while (next < waiting.length && waiting[next].from <= from) open.push(waiting[next++]);
    found.push({ from, to, ...covering(open) });
  }
  return merged(found);
}

/** The things that cover a stretch, the one that is named most closely first. */
function covering(open) {
  const named = open.filter(({ n }) => n !== QUOTED);
  const size = ({ n, from, to }) => (kindOf(n).layer === "entity" ? 0 : 1e9) + to - from;
  const things = named.sort((a, b) => size(a) - size(b) || a.n - b.n).map(({ n }) => n);
  const said = things.some((n) => kindOf(n).layer !== "entity");
  return { things: [...new Set(things)], said, quoted: named.length < open.length };
}

function merged(parts) {
  const found = [];
  for (const part of parts) {
    const last = found.at(-1);
    const same = last && last.things[0] === part.things[0] && last.said === part.said && last.quoted === part.quoted;
    if (same) last.to = part.to;
    else found.push(part);
  }
  return found;
}

/** The elements of a passage. */
function passageContent(passage, places) {
  const joints = [];
  let done = 0;
  for (const [from, to] of passage.pieces.slice(0, -1)) {
    done += to - from;
    joints.push(done);
  }
  let next = 0;
  return stretches(passage.text.length, places).map(({ from, to, things, said, quoted }) => {
    const content = [];
    let at = from;
    for (; next < joints.length && joints[next] < to; next += 1) {
      content.push(passage.text.slice(at, joints[next]), h("i", { class: "joint", "aria-hidden": "true" }));
      at = joints[next];
    }
    content.push(passage.text.slice(at, to));
    const inner = things.length ? namedWords(things, said, content) : said ? h("span", { class: "said" }, content) : content;
    return quoted ? h("mark", { class: "quoted" }, inner) : inner;
  });
}

function namedWords(things, said, content) {
  const [n] = things;
  const kind = kindOf(n);
  const own = kind.layer === "entity";
  const title = things.slice(0, 4).map((other) => `${labelOf(kindOf(other))}: ${cut(nameOf(other), 30)}`).join("\n");
  const link = h("a", { class: `named${own ? "" : " statement"}${said && own ? " said" : ""}`, href: hrefOf(n), title, "data-things": things.join(" ") }, content);
  if (own) link.style.setProperty("--kind", kindColour(kind));
  return link;
}
