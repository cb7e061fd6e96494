// The data of the page and the ways to look things up in it. Things are row numbers; names are never keys.

const DATA = JSON.parse(document.getElementById("kg-data").textContent);
const FIRST = JSON.parse(document.getElementById("kg-drawn").textContent);

const COUNT = DATA.ids.length;
const RELATIONS = DATA.subjects.length;
const KINDS = DATA.kinds.map(([name, zh, en, glyph, colour, layer, zhWhat, enWhat]) => (
  { name, zh, en, glyph, colour, layer, what: { zh: zhWhat, en: enWhat } }));
const PREDICATES = DATA.predicates.map(([name, zh, en]) => ({ name, zh, en }));
const ROW_OF = new Map(DATA.ids.map((id, row) => [id, row]));
const INFERRED = new Set(DATA.inferred);
const QUIET = new Set(DATA.quiet);
const DOCUMENT_NUMBER = new Map(DATA.documents.map((row, number) => [row, number]));

const FROM_DOCUMENT = new Set(["mentions", "introduces"]);
const LISTS = new Set(["hasMember", "hasContent"]);

// Relations that leave and reach each thing.
const OUT = Array.from({ length: COUNT }, () => []);
const IN = Array.from({ length: COUNT }, () => []);
for (let r = 0; r < RELATIONS; r += 1) {
  OUT[DATA.subjects[r]].push(r);
  IN[DATA.objects[r]].push(r);
}

const nameOf = (n) => DATA.names[n];
const kindOf = (n) => KINDS[DATA.node_kinds[n]];
const predicateOf = (r) => PREDICATES[DATA.edge_predicates[r]];
const ruleOf = (r) => DATA.rules[DATA.edge_rules[r]];
const attributesOf = (n) => DATA.attributes[n] || {};
const aliasesOf = (n) => (DATA.aliases[n] || []).map(([name, rule, inferred, quotes]) => (
  { name, rule: DATA.rules[rule], inferred: Boolean(inferred), quotes }));
const qualifiersOf = (r) => (DATA.qualifiers[r] || []).map(([key, value, isNode]) => ({ key, value, isNode }));
const positionOf = (r) => {
  const found = qualifiersOf(r).find((q) => q.key === "position");
  return found ? Number(found.value) : 0;
};
const weightOf = (r) => Number(qualifiersOf(r).find((q) => q.key === "weight")?.value || 0);
const otherEnd = (r, n) => (DATA.subjects[r] === n ? DATA.objects[r] : DATA.subjects[r]);

function attribute(n, key) {
  const values = attributesOf(n);
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

// Relations that name a thing beside their two ends, such as the body of a post.
const BESIDE = new Map();
for (const [r, found] of Object.entries(DATA.qualifiers)) {
  for (const [, value, isNode] of found) {
    if (isNode) BESIDE.set(value, [...(BESIDE.get(value) || []), Number(r)]);
  }
}

/** Relations to the members of a list, in their order; one for each member. */
function memberRelations(n, predicates = LISTS) {
  return OUT[n]
    .filter((r) => predicates.has(predicateOf(r).name))
    .sort((a, b) => positionOf(a) - positionOf(b) || a - b);
}

/** A quote: document number, place, and its sentence in three parts. */
function quoteOf(q) {
  const [document, begin, end, sentence, from, to] = DATA.quotes[q];
  const text = DATA.sentences[sentence];
  return { document, begin, end, sentence, from, to, text };
}

/** Numbers of the documents that name a thing, the oldest first. */
function documentsOf(n) {
  const found = new Set(DATA.mentions[n].map((q) => DATA.quotes[q][0]).filter((d) => d >= 0));
  return [...found].sort((a, b) => a - b);
}

function documentDate(number) {
  const row = DATA.documents[number];
  return row === undefined ? "" : attribute(row, "spoken") || attribute(row, "issued") || "";
}

/** Neighbours of a thing, those that say most about it first. A document is beside what it names, not the other way. */
function neighboursOf(n) {
  const loud = new Set();
  const all = new Set();
  for (const r of [...OUT[n], ...IN[n]]) {
    const other = otherEnd(r, n);
    if (other === n || (FROM_DOCUMENT.has(predicateOf(r).name) && DATA.objects[r] === n)) continue;
    all.add(other);
    if (!QUIET.has(r)) loud.add(other);
  }
  const rank = (other) => (loud.has(other) ? 0 : COUNT) + other;
  return [...all].sort((a, b) => rank(a) - rank(b));
}

/** How many things a thing is related to. */
function degreeOf(n) {
  const others = new Set();
  for (const r of OUT[n]) others.add(DATA.objects[r]);
  for (const r of IN[n]) others.add(DATA.subjects[r]);
  others.delete(n);
  return others.size;
}

/** Things that each document names: document number -> [[thing, places], …], the most named first. */
let mentionedIn = null;
function thingsOf(documentNumber) {
  if (!mentionedIn) {
    mentionedIn = DATA.documents.map(() => new Map());
    DATA.mentions.forEach((quotes, n) => {
      for (const q of quotes) {
        const d = DATA.quotes[q][0];
        if (d >= 0) mentionedIn[d].set(n, (mentionedIn[d].get(n) || 0) + 1);
      }
    });
  }
  return [...mentionedIn[documentNumber]].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

// What the reader has chosen. Only app.js, filters.js, graph.js, groups.js and legend.js change it.
const chosen = {
  node: -1,
  depth: 1,
  by: "kind", // what colours stand for: kind or group
  size: "weight", // what marks are sized by: weight, degree or places
  hiddenKinds: new Set(),
  hiddenGroups: new Set(),
  hiddenPredicates: new Set(),
  stated: false, // leave out what is inferred
  least: 1, // quotes that a relation needs
  document: -1, // whose quotes an entry shows first
};
