// The right column: the entry of the chosen thing, or where to start.

const panel = byId("panel");

function showPanel() {
  const shown = path.ends ? pathPanel() : chosen.node < 0 ? startPanel() : entry(chosen.node);
  panel.replaceChildren(...shown);
  byId("right").scrollTop = 0;
}

/** For the keyboard: the next Tab goes into the entry. */
function toEntry() {
  if (isNarrow()) openSheet("right");
  panel.focus();
}

function entry(n) {
  const parts = [entryHead, entryTools, attributeList, memberSection, versionSection, lifeSection, relationSection, documentSection, quoteSection];
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

/** What was read, what it gave, and what it speaks of most: the formulas, when first, in how many documents. */
function startPanel() {
  const formulas = thingsOfKind("Formula");
  const first = [...Array(Math.min(10, COUNT)).keys()];
  const figures = [["documents", DATA.documents.length], ["things", COUNT], ["relations", RELATIONS]];
  const documents = DATA.documents.map((_, at) => at);
  return [
    h("header", { class: "entry-head start" },
      h("h2", null, t("start")),
      h("p", { class: "figures" }, figures.map(([key, n]) => t(key, { n: number(n) })).join(" · ")),
      DATA.whole.length > 0 && h("p", { class: "whole" }, t("excerptOf", Object.fromEntries(["documents", "things", "relations"].map((key, at) => [key, number(DATA.whole[at])]))))),
    h("p", { class: "hint" }, t(!COUNT ? "emptyGraph" : formulas.length ? "startHint" : "startHintPlain")),
    formulas.length > 0 && section(t("startFormulas"), 0, formulaTable(formulas.slice(0, 12)),
      formulas.length > 12 && button(t("allFormulas", { n: number(formulas.length) }), () => showView("matrix"), { class: "quiet more" })),
    !formulas.length && first.length > 0 && section(t("startThings"), 0, h("p", { class: "chips" }, first.map((n) => thingLink(n)))),
    documents.length > 0 && section(t("documentList"), documents.length, growing(documents, documentRow, 12, 40)),
  ].filter(Boolean);
}

/** Formulas with how complete their list is, when they first appear, and in how many documents. */
function formulaTable(formulas) {
  const heads = [["formulaName", "name"], ["firstShort", ""], ["inDocuments", "figure"]];
  return h("table", { class: "formulas" },
    h("thead", null, h("tr", null, heads.map(([key, name]) => h("th", { scope: "col", class: name || null }, t(key))))),
    h("tbody", null, formulas.map((n) => {
      const documents = documentsOf(n);
      const life = firstAndLast(documents);
      const status = String(attribute(n, "status") || "unlisted");
      return h("tr", null,
        h("th", { scope: "row" }, thingLink(n), h("span", { class: `status-sign ${Object.hasOwn(STATUS, status) ? status : ""}`, title: wordIn(STATUS, status) },
          h("span", { class: "offscreen" }, wordIn(STATUS, status)))),
        h("td", { class: "date", title: life && readableDate(documentDate(life.first)) }, life ? shortDate(documentDate(life.first)) : "—"),
        h("td", { class: "figure" }, number(documents.length)));
    })));
}

const kindTables = new Map();
/** Things of a kind, the most named first. */
function thingsOfKind(name) {
  if (!kindTables.has(name)) {
    const found = [];
    for (let n = 0; n < COUNT; n += 1) if (kindOf(n).name === name) found.push(n);
    kindTables.set(name, found.sort((a, b) => DATA.mentions[b].length - DATA.mentions[a].length || a - b));
  }
  return kindTables.get(name);
}

function documentRow(at) {
  const creator = attribute(DATA.documents[at], "creator");
  return h("div", { class: "row-main" }, documentLink(at), " ", dateOf(at), creator && h("span", { class: "chip", lang: "zh" }, cut(String(creator), 24)));
}
