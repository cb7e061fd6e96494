// The matrix: formulas by documents. A filled disc where the document lists it, a ring where it only names it.

const matrix = { sort: "first" };
const SORTS = ["first", "frequency", "status"];
const STATUS_ORDER = ["complete", "conflicting", "partial", "unlisted"];

/** Rows { n, first, places, status, cells: Map document -> { places, listed, partly } }. */
let matrixTable = null;
function matrixRows() {
  matrixTable ??= thingsOfKind("Formula").map((n) => {
    const cells = new Map();
    const cellAt = (d) => {
      if (!cells.has(d)) cells.set(d, { places: 0, listed: false, partly: false });
      return cells.get(d);
    };
    const quotes = DATA.mentions[n].map((q) => DATA.quotes[q]).filter(([d]) => d >= 0);
    for (const [d] of quotes) cellAt(d).places += 1;
    const versions = IN[n].filter((r) => predicateOf(r).name === "variantOf").map((r) => DATA.subjects[r]);
    for (const r of [n, ...versions].flatMap((list) => memberRelations(list, MEMBERSHIP))) {
      for (const q of DATA.evidence[r]) {
        if (DATA.quotes[q][0] < 0) continue;
        cellAt(DATA.quotes[q][0])[predicateOf(r).name === "hasPart" ? "partly" : "listed"] = true;
      }
    }
    const first = Math.min(...quotes.map(([d, begin]) => d * 1e9 + begin), 1e18);
    return { n, first, cells, places: quotes.length, status: String(attribute(n, "status") || "unlisted") };
  });
  return matrixTable;
}

const MATRIX_ORDER = {
  first: (a, b) => a.first - b.first,
  frequency: (a, b) => b.cells.size - a.cells.size || b.places - a.places || a.first - b.first,
  status: (a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) || a.first - b.first,
};

const sortedMatrix = () => [...matrixRows()].sort((a, b) => MATRIX_ORDER[matrix.sort](a, b) || a.n - b.n);

/** Documents that name a formula, the oldest first. */
function matrixDocuments(rows) {
  return [...new Set(rows.flatMap((row) => [...row.cells.keys()]))].sort((a, b) => a - b);
}

function showMatrix(from) {
  if (SORTS.includes(from.get("sort"))) matrix.sort = from.get("sort");
  const rows = sortedMatrix();
  const box = byId("view-matrix");
  if (!rows.length) return box.replaceChildren(h("p", { class: "empty" }, t("noFormulas")));
  const documents = matrixDocuments(rows);
  const [top, left] = [box.scrollTop, box.scrollLeft];
  box.replaceChildren(
    h("header", { class: "view-bar" },
      h("span", { class: "group", role: "group", "aria-label": t("sortBy") }, h("span", { class: "group-name" }, t("sortBy")),
        SORTS.map((key) => button(t(`sort_${key}`), () => sortMatrix(key), { "aria-pressed": String(matrix.sort === key), "data-sort": key }))),
      h("span", { class: "key-line" }, ["listed", "partly", "named"].map((form) => [spot(form), h("span", null, t(`cell_${form}`))]))),
    h("table", { class: "matrix" },
      h("caption", { class: "print-only" }, t("matrix")),
      h("thead", null, h("tr", null, h("td"), h("th", { scope: "col", class: "figure" }, t("placesShort")), documents.map(matrixHead))),
      h("tbody", null, rows.map((row) => matrixRow(row, documents)))));
  [box.scrollTop, box.scrollLeft] = [top, left];
  return undefined;
}

function sortMatrix(key) {
  matrix.sort = key;
  showView("matrix");
  byId("view-matrix").querySelector(`[data-sort=${key}]`).focus();
}

addressParts.push((name) => (name === "matrix" && matrix.sort !== "first" ? [["sort", matrix.sort]] : []));

const spot = (form) => h("i", { class: `spot ${form === "named" ? "only" : form}`, "aria-hidden": "true" });

function matrixHead(document) {
  const n = DATA.documents[document];
  const date = documentDate(document);
  const link = h("a", { href: hrefOf(n), lang: "zh", title: shownName(n) }, cut(nameOf(n), 14));
  link.addEventListener("click", (event) => { event.preventDefault(); choose(n); });
  return h("th", { scope: "col", class: "document" },
    h("span", { class: "date" }, date ? readableDate(date).split(" – ")[0] : t("unknownDate")), link);
}

function matrixRow(row, documents) {
  const chosenRow = row.n === chosen.node;
  return h("tr", { class: chosenRow ? "chosen" : null },
    h("th", { scope: "row" }, thingLink(row.n), h("span", { class: "state" }, wordIn(STATUS, row.status))),
    h("td", { class: "figure" }, number(row.places)),
    documents.map((document) => h("td", null, matrixCell(row, document))));
}

const cellForm = (cell) => (cell.listed ? "listed" : cell.partly ? "partly" : "named");

function matrixCell(row, document) {
  const cell = row.cells.get(document);
  if (!cell) return null;
  const form = cellForm(cell);
  const label = `${nameOf(row.n)} · ${shownName(DATA.documents[document])} · ${t(`cell_${form}`)} · ${t("places", { n: cell.places })}`;
  const figure = h("span", { class: "cell-figure", "aria-hidden": "true" }, cell.places || "");
  return button([spot(form), figure], () => showEvidence(row.n, document), { class: "cell", "aria-label": label, title: label });
}

/** Opens an entry at the quotes of one document. */
function showEvidence(n, document) {
  choose(n);
  const source = panel.querySelector(`[data-document="${document}"]`);
  if (!source) return;
  source.classList.add("lit");
  source.scrollIntoView({ block: "center" });
}

/** The matrix as a table of words: ● listed, ◐ in part, ○ named. */
function saveMatrix() {
  const rows = sortedMatrix();
  const documents = matrixDocuments(rows);
  const title = (d) => `${documentDate(d)} ${nameOf(DATA.documents[d])}`.trim();
  const signs = { listed: "●", partly: "◐", named: "○" };
  const body = rows.map((row) => [
    DATA.ids[row.n], nameOf(row.n), attribute(row.n, "number"), row.status, row.places,
    ...documents.map((d) => (row.cells.has(d) ? `${signs[cellForm(row.cells.get(d))]} ${row.cells.get(d).places}` : ""))]);
  saveTable([["id", "name", "number", "status", "places", ...documents.map(title)], ...body], "matrix.csv");
}

VIEWS.matrix = { show: showMatrix };
