// The sections of an entry: members, versions, relations, quotes, and what a document names.

const MEMBERSHIP = new Set(["hasMember", "hasContent", "hasPart"]);

const section = (title, count, ...content) => h("section", { class: "part" },
  h("h3", null, title, count > 0 && h("span", { class: "count" }, number(count))), content);

function memberSection(n) {
  const all = memberRelations(n, MEMBERSHIP);
  const relations = all.filter(isSure);
  if (!relations.length) {
    if (all.length) return section(t("members"), 0, leftOutLine(all.length));
    return attribute(n, "status") === "unlisted" ? section(t("members"), 0, h("p", { class: "hint" }, t("notListed"))) : null;
  }
  const names = new Set(relations.map((r) => predicateOf(r).name));
  const title = names.has("hasMember") ? "members" : names.has("hasContent") ? "contents" : "partial";
  const things = new Set(relations.map((r) => DATA.objects[r]));
  const announced = Number(attribute(n, "number"));
  const short = announced > things.size && h("p", { class: "hint" }, t("missing", { announced, found: things.size }));
  const inferred = relations.every((r) => INFERRED.has(r)) && hollow(ruleOf(relations[0]));
  return section([t(title), inferred], things.size, short, memberList(relations, isSpread(n, things.size)), leftOutLine(all.length - relations.length), whereListed(n, relations));
}

/** Says how many facts the reader's own filter leaves out. */
const leftOutLine = (n) => n > 0 && h("p", { class: "hint" }, t("factsLeftOut", { n: number(n) }));

/** Whether the members of a list stand too far apart for one quote to hold them, and are few enough to quote each. */
const isSpread = (n, count) => !(DATA.listings[n] || []).length && count <= 15;

/** Members in their order; one that several documents list stands once. ``open`` shows their quotes at once. */
function memberList(relations, open = false) {
  const rows = new Map();
  for (const r of relations) {
    const key = `${positionOf(r)} ${DATA.objects[r]}`;
    if (!rows.has(key)) rows.set(key, []);
    rows.get(key).push(r);
  }
  return h("ol", { class: "members" }, [...rows.values()].map((found, at) => {
    const inferred = found.every((r) => INFERRED.has(r)) ? found[0] : -1;
    const position = positionOf(found[0]) || (predicateOf(found[0]).name === "hasPart" ? "·" : at + 1);
    return h("li", null,
      h("span", { class: "position" }, position),
      h("div", { class: "row-main" }, thingLink(DATA.objects[found[0]]), inferred >= 0 && hollow(ruleOf(inferred), "")),
      quoteOpener(found.flatMap((r) => DATA.evidence[r]), { open }));
  }));
}

/** Where the list stands: the passages that hold it whole, and the places of those that are spread out. */
function whereListed(n, relations) {
  const groups = quoteGroups([...new Set(relations.flatMap((r) => DATA.evidence[r]))]);
  if (!groups.length) return null;
  const whole = (DATA.listings[n] || []).map(([document, begin, end, sentence, marks]) => (
    { document, begin, end, marks, text: DATA.sentences[sentence] }));
  const shown = new Set(whole.map((group) => group.document));
  const places = new Map();
  for (const { document, begin, end } of groups.filter((group) => !shown.has(group.document))) {
    const [from, to] = places.get(document) || [begin, end];
    places.set(document, [Math.min(from, begin), Math.max(to, end)]);
  }
  return h("div", null, h("h4", null, t("whereListed")), whyLines(relations.map(ruleOf)),
    growing(whole, (group) => quoteFigure(group), 2, 20),
    growing([...places], ([document, [from, to]]) => (
      [documentLink(document), " ", dateOf(document), h("span", { class: "chip" }, placeLink(document, from, to))]), 4));
}

function versionSection(n) {
  const versions = IN[n].filter((r) => predicateOf(r).name === "variantOf").map((r) => DATA.subjects[r]);
  if (!versions.length) return null;
  return section(t("versions"), versions.length, versions.map((version) => {
    const relations = memberRelations(version).filter(isSure);
    const groups = quoteGroups(relations.flatMap((r) => DATA.evidence[r]));
    return h("div", { class: "version" },
      h("p", null, thingLink(version), groups.length > 0 && [" ", documentLink(groups[0].document)]),
      memberList(relations));
  }));
}

// What other parts of an entry show.
const ELSEWHERE = { out: new Set(["mentions", ...MEMBERSHIP]), in: new Set(["mentions", "introduces", "variantOf"]) };

/** Relations by predicate and direction, in the order of the ontology. */
function relationSection(n) {
  const groups = new Map();
  let left = 0;
  const put = (r, way) => {
    if (way !== "beside" && ELSEWHERE[way].has(predicateOf(r).name)) return;
    const side = predicateOf(r).name === "related" ? "either" : way;
    const key = `${String(DATA.edge_predicates[r]).padStart(3, "0")} ${side}`;
    if (!isSure(r)) { left += 1; return; }
    if (!groups.has(key)) groups.set(key, { way: side, predicate: predicateOf(r), relations: [] });
    groups.get(key).relations.push(r);
  };
  for (const r of OUT[n]) put(r, "out");
  for (const r of IN[n]) if (DATA.subjects[r] !== n) put(r, "in");
  for (const r of BESIDE.get(n) || []) put(r, "beside");
  if (!groups.size && !left) return null;
  const total = [...groups.values()].reduce((sum, group) => sum + group.relations.length, 0);
  return section(t("relationsTitle"), total, [...groups.keys()].sort().map((key) => relationGroup(n, groups.get(key))), leftOutLine(left));
}

const WAYS = { in: "←", out: "→", either: "↔", beside: "·" };

function relationGroup(n, { way, predicate, relations }) {
  const weight = (r) => otherEnd(r, n) - weightOf(r) * COUNT;
  const sorted = sameBut("asOf", [...relations].sort((a, b) => weight(a) - weight(b)));
  const title = way === "in" ? inverseLabel(predicate) : labelOf(predicate);
  return h("div", { class: "relation" },
    h("h4", null, h("span", { class: "way", "aria-hidden": "true" }, WAYS[way]), title,
      relations.length > 1 && h("span", { class: "count" }, number(relations.length))),
    growing(sorted, (same) => relationRow(n, same, way)));
}

/** Relations in groups that say the same but for one qualifier, such as the day for which a post is known. */
function sameBut(key, relations) {
  const groups = new Map();
  for (const r of relations) {
    const rest = qualifiersOf(r).filter((q) => q.key !== key);
    const said = JSON.stringify([DATA.subjects[r], DATA.objects[r], rest]);
    groups.set(said, [...(groups.get(said) || []), r]);
  }
  return [...groups.values()];
}

function relationRow(n, same, way) {
  const [r] = same;
  const ends = way === "beside" ? [DATA.subjects[r], DATA.objects[r]] : [otherEnd(r, n)];
  const main = h("div", { class: "row-main" },
    ends.map((end, at) => [at > 0 && " · ", thingLink(end)]),
    mergedQualifiers(same).filter((q) => !(q.isNode && q.value === n)).map(qualifierChip),
    same.every((one) => INFERRED.has(one)) && hollow(ruleOf(r)));
  return [main, quoteOpener([...new Set(same.flatMap((one) => DATA.evidence[one]))], { rules: same.map(ruleOf) })];
}

/** Qualifiers of relations that differ in one of them, whose values then stand in a row. */
function mergedQualifiers(same) {
  const found = new Map();
  for (const { key, value, isNode } of same.flatMap(qualifiersOf)) {
    if (!found.has(key)) found.set(key, { key, value, isNode, values: new Set() });
    found.get(key).values.add(isNode ? value : shownValue(key, value));
  }
  return [...found.values()].map((q) => (q.values.size > 1 ? { ...q, value: [...q.values].sort().join("、") } : q));
}

function qualifierChip({ key, value, isNode }) {
  if (key === "weight") return h("span", { class: "times", title: wordIn(ATTRIBUTES, key) }, `×${number(value)}`);
  if (key === "position") return h("span", { class: "chip" }, `${t("numberWord")} ${value}`);
  const label = h("span", { class: "label" }, wordIn(ATTRIBUTES, key));
  return h("span", { class: "chip" }, label, " ", isNode ? thingLink(value) : shownValue(key, value));
}

/** Every passage that names the thing, by document. */
function quoteSection(n) {
  const byDocument = new Map();
  for (const group of quoteGroups(DATA.mentions[n])) {
    if (!byDocument.has(group.document)) byDocument.set(group.document, []);
    byDocument.get(group.document).push(group);
  }
  if (!byDocument.size) return null;
  const wanted = ([document]) => (document === chosen.document ? 0 : 1);
  const sources = [...byDocument].sort((a, b) => wanted(a) - wanted(b));
  return section(t("quotesTitle"), DATA.mentions[n].length, growing(sources, ([document, groups]) => {
    const heading = h("h4", null, documentLink(document), " ", dateOf(document), h("span", { class: "count" }, groups.length));
    const first = byDocument.size > 3 ? 2 : 4;
    return h("div", { class: "source", "data-document": document }, heading, growing(groups, (group) => quoteFigure(group, false), first, 20));
  }, 8, 20));
}

function mentionRow([thing, places]) {
  return [thingLink(thing), places > 1 && h("span", { class: "times" }, `×${places}`)];
}

/** What a document names, by kind. */
function documentSection(n) {
  if (!DOCUMENT_NUMBER.has(n)) return null;
  const things = thingsOf(DOCUMENT_NUMBER.get(n)).filter(([thing]) => thing !== n);
  if (!things.length) return null;
  const kinds = new Map(KINDS.map((kind) => [kind.name, []]));
  for (const row of things) kinds.get(kindOf(row[0]).name).push(row);
  return section(t("mentionsTitle"), things.length, [...kinds].filter(([, rows]) => rows.length).map(([name, rows]) => (
    h("div", { class: "relation" },
      h("h4", null, labelOf(KINDS.find((kind) => kind.name === name)), h("span", { class: "count" }, rows.length)),
      growing(rows, mentionRow, 8, 40)))));
}
