// The right column: the entry of the chosen thing, or where to start.

const panel = byId("panel");

function showPanel() {
  const shown = path.ends ? pathPanel() : chosen.node < 0 ? startPanel() : entry(chosen.node);
  panel.replaceChildren(...shown);
  byId("right").scrollTop = 0;
}

function entry(n) {
  const parts = [entryHead, entryTools, attributeList, memberSection, versionSection, relationSection, documentSection, quoteSection];
  return parts.map((part) => part(n)).filter(Boolean);
}

function entryTools(n) {
  const left = undrawnNeighbours(n).length;
  const some = neighboursOf(n).length;
  const expandLabel = left === some ? `${t("expand")} (${number(left)})` : t("expandMore", { n: number(left) });
  const tools = h("p", { class: "entry-tools" },
    left > 0 && button(expandLabel, () => { expand(n); refresh(); }, { class: "expand" }),
    some > left && button(t("collapse"), () => { collapse(n); refresh(); }),
    DOCUMENT_NUMBER.has(n) && button(t("readDocument"), () => read(DOCUMENT_NUMBER.get(n)), { class: "expand" }),
    button(t("pathFrom"), () => startPath(n), { title: t("pathFromLong") }),
    button(t("drop"), () => dropThing(n)),
    copyButton(t("link"), () => window.location.href));
  const refresh = () => tools.replaceWith(entryTools(n));
  return tools;
}

/** Three lines: what was read, what it gave, what it speaks of most. */
function startPanel() {
  const formulas = thingsOfKind("Formula").slice(0, 10);
  const first = formulas.length ? formulas : [...Array(Math.min(10, COUNT)).keys()];
  const figures = [["documents", DATA.documents.length], ["things", COUNT], ["relations", RELATIONS]];
  const documents = DATA.documents.map((_, at) => at);
  return [
    h("header", { class: "entry-head start" },
      h("h2", null, t("start")),
      h("p", { class: "figures" }, figures.map(([key, n]) => t(key, { n: number(n) })).join(" · "))),
    first.length > 0 && section(t(formulas.length ? "startFormulas" : "startThings"), 0,
      h("p", { class: "chips" }, first.map((n) => thingLink(n)))),
    h("p", { class: "hint" }, t("startHint")),
    documents.length > 0 && section(t("documentList"), documents.length, growing(documents, documentRow, 12, 40)),
  ].filter(Boolean);
}

function thingsOfKind(name) {
  const found = [];
  for (let n = 0; n < COUNT; n += 1) if (kindOf(n).name === name) found.push(n);
  return found.sort((a, b) => DATA.mentions[b].length - DATA.mentions[a].length || a - b);
}

function documentRow(at) {
  return [documentLink(at), " ", dateOf(at)];
}
