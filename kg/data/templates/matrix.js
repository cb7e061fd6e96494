// The matrix: formulas by documents, or by years. A filled disc where a document lists it, a ring where it only names it.
// A document may list the members of a formula that it does not name: that is no appearance of the formula.

const matrix = { sort: "first", by: "", shown: 0 };
const SORTS = ["first", "frequency", "status"];
const STATUS_ORDER = ["complete", "conflicting", "partial", "unlisted"];
const MATRIX_STEP = 60; // rows drawn in one go
const MOST_SPANS = 30; // stretches of years in a row
const MANY_DOCUMENTS = 60; // more columns than these are drawn by years

const formulaRows = new Map();
/** { n, first, places, status, cells: Map document -> { places, listed, partly } } of a formula. */
function formulaRow(n) {
  const key = `${n} ${sureness()}`;
  if (!formulaRows.has(key)) formulaRows.set(key, newFormulaRow(n));
  return formulaRows.get(key);
}

function newFormulaRow(n) {
  const cells = new Map();
  const cellAt = (d) => {
    if (!cells.has(d)) cells.set(d, { places: 0, listed: false, partly: false });
    return cells.get(d);
  };
  const quotes = DATA.mentions[n].map((q) => DATA.quotes[q]).filter(([d]) => d >= 0);
  for (const [d] of quotes) cellAt(d).places += 1;
  const versions = IN[n].filter((r) => predicateOf(r).name === "variantOf").map((r) => DATA.subjects[r]);
  for (const r of [n, ...versions].flatMap((list) => memberRelations(list, MEMBERSHIP)).filter(isSure)) {
    for (const q of DATA.evidence[r]) {
      if (DATA.quotes[q][0] < 0) continue;
      cellAt(DATA.quotes[q][0])[predicateOf(r).name === "hasPart" ? "partly" : "listed"] = true;
    }
  }
  const first = quotes.reduce((least, [d, begin]) => Math.min(least, d * 1e9 + begin), 1e18);
  return { n, first, cells, places: quotes.length, status: String(attribute(n, "status") || "unlisted") };
}

const MATRIX_ORDER = {
  first: (a, b) => a.first - b.first,
  frequency: (a, b) => b.cells.size - a.cells.size || b.places - a.places || a.first - b.first,
  status: (a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) || a.first - b.first,
};

const sortedMatrix = () => thingsOfKind("Formula").filter((n) => !isHidden(n)).map(formulaRow)
  .sort((a, b) => MATRIX_ORDER[matrix.sort](a, b) || a.n - b.n);

/** Documents that name a formula, the oldest first. */
function matrixDocuments(rows) {
  return [...new Set(rows.flatMap((row) => [...row.cells.keys()]))].sort((a, b) => a - b);
}

function showMatrix(from) {
  if (SORTS.includes(from.get("sort"))) matrix.sort = from.get("sort");
  if (["documents", "years"].includes(from.get("columns"))) matrix.by = from.get("columns");
  const rows = sortedMatrix();
  const box = byId("view-matrix");
  if (!rows.length) return box.replaceChildren(h("p", { class: "empty" }, t("noFormulas")));
  const documents = matrixDocuments(rows);
  const spans = spansFor(MOST_SPANS);
  if (!spans.length) matrix.by = "documents";
  else if (!matrix.by) matrix.by = documents.length > MANY_DOCUMENTS ? "years" : "documents";
  const columns = matrix.by === "years" ? spans.filter((span) => span.documents) : documents;
  const [top, left] = [box.scrollTop, box.scrollLeft];
  const body = h("tbody", null);
  const more = button("", () => { drawRows(); showMore(); }, { class: "quiet more" });
  const drawRows = () => body.append(...rows.slice(body.childElementCount, body.childElementCount + MATRIX_STEP).map((row) => matrixRow(row, columns)));
  const showMore = () => {
    matrix.shown = body.childElementCount;
    more.hidden = matrix.shown >= rows.length;
    more.textContent = t("more", { n: number(rows.length - matrix.shown) });
  };
  do drawRows(); while (body.childElementCount < Math.min(matrix.shown, rows.length));
  box.replaceChildren(matrixBar(spans, documents, rows),
    h("table", { class: `matrix by-${matrix.by}` },
      h("caption", { class: "print-only" }, t("matrix")),
      h("thead", null, h("tr", null, h("th", { scope: "col", class: "name" }, t("formulasCount", { n: number(rows.length) })),
        h("th", { scope: "col", class: "figure" }, t("placesShort")),
        spans.length > 0 && h("th", { scope: "col", class: "life" }, t("lifeShort")),
        columns.map(matrix.by === "years" ? yearHead : matrixHead))), body),
    h("p", { class: "matrix-more" }, more));
  showMore();
  [box.scrollTop, box.scrollLeft] = [top, left];
  return undefined;
}

function matrixBar(spans, documents, rows) {
  const choice = (title, keys, chosenKey, act, attributeName, words) => h("span", { class: "group", role: "group", "aria-label": title },
    h("span", { class: "group-name" }, title),
    keys.map((key) => button(t(`${words}_${key}`), () => act(key), { "aria-pressed": String(chosenKey === key), [attributeName]: key })));
  const isUnnamed = (row) => [...row.cells.values()].some((cell) => cellForm(cell) === "unnamed");
  const shown = ["listed", "partly", "named", ...(rows.some(isUnnamed) ? ["unnamed"] : [])];
  const forms = [...shown.map((form) => h("span", null, spot(form), t(`cell_${form}`))),
    h("span", null, h("i", { class: "first-sign", "aria-hidden": "true" }), t("cell_first"))];
  return h("header", { class: "view-bar" },
    choice(t("sortBy"), SORTS, matrix.sort, sortMatrix, "data-sort", "sort"),
    spans.length > 0 && documents.length > 1 && choice(t("columnsBy"), ["documents", "years"], matrix.by, turnMatrix, "data-columns", "columns"),
    h("span", { class: "key-line" }, matrix.by === "years" ? h("span", null, t("yearKey")) : forms));
}

function sortMatrix(key) {
  Object.assign(matrix, { sort: key, shown: 0 });
  showView("matrix");
  byId("view-matrix").querySelector(`[data-sort=${key}]`).focus();
}

function turnMatrix(key) {
  matrix.by = key;
  showView("matrix");
  byId("view-matrix").querySelector(`[data-columns=${key}]`).focus();
}

addressParts.push((name) => (name !== "matrix" ? [] : [
  ...(matrix.sort === "first" ? [] : [["sort", matrix.sort]]),
  ...(matrix.by === "years" ? [["columns", matrix.by]] : []),
]));

const spot = (form) => h("i", { class: `spot ${form === "named" ? "only" : form}`, "aria-hidden": "true" });

function matrixHead(document) {
  const n = DATA.documents[document];
  const date = documentDate(document);
  const link = h("a", { href: hrefOf(n), lang: "zh", title: shownName(n) }, cut(nameOf(n), 26));
  link.addEventListener("click", (event) => { event.preventDefault(); choose(n); });
  return h("th", { scope: "col", class: "document" },
    h("span", { class: "date", title: date && readableDate(date) }, date ? shortDate(date) : t("unknownDate")), link);
}

function yearHead(span) {
  return h("th", { scope: "col", class: "year" }, spanName(span), h("small", null, number(span.documents)));
}

function matrixRow(row, columns) {
  const documents = documentsOf(row.n);
  const life = firstAndLast(documents);
  const spans = spansFor(MOST_SPANS);
  const counts = matrix.by === "years" ? namedIn(documents, spans).filter((_, at) => spans[at].documents) : [];
  return h("tr", { class: row.n === chosen.node ? "chosen" : null },
    h("th", { scope: "row" }, thingLink(row.n), h("span", { class: "state" }, wordIn(STATUS, row.status))),
    h("td", { class: "figure" }, number(row.places)),
    spans.length > 0 && h("td", { class: "life" }, sparkline(documents), h("span", { class: "life-years" }, lifeSpan(documents))),
    columns.map((column, at) => h("td", null, matrix.by === "years"
      ? yearCell(row, column, counts[at], documents) : matrixCell(row, column, life?.first === column))));
}

function cellForm({ listed, partly, places }) {
  if (listed) return places ? "listed" : "unnamed";
  return partly ? "partly" : "named";
}

function matrixCell(row, document, isFirst) {
  const cell = row.cells.get(document);
  if (!cell) return null;
  const form = cellForm(cell);
  const said = [nameOf(row.n), shownName(DATA.documents[document]), t(`cell_${form}`), t("places", { n: cell.places }), isFirst && t("cell_first")];
  const label = said.filter(Boolean).join(" · ");
  const figure = h("span", { class: "cell-figure", "aria-hidden": "true" }, cell.places || "");
  return button([spot(form), figure], () => showEvidence(row.n, document), { class: isFirst ? "cell first" : "cell", "aria-label": label, title: label });
}

/** How many documents of a span of years name a formula, on a ground as dark as their share. */
function yearCell(row, span, count, documents) {
  if (!count) return null;
  const label = `${nameOf(row.n)} · ${t("ofYear", { year: spanName(span), n: count, all: span.documents })}`;
  const first = documents.find((d) => documentYears[d] >= span.from && documentYears[d] <= span.until);
  const cell = button(number(count), () => showEvidence(row.n, first), { class: "cell share", "aria-label": label, title: label });
  cell.style.setProperty("--share", String(count / span.documents));
  return cell;
}

/** Opens an entry at the quotes of one document. */
function showEvidence(n, document) {
  chosen.document = document;
  choose(n);
  chosen.document = -1;
  const source = panel.querySelector(`[data-document="${document}"]`);
  if (!source) return;
  source.classList.add("lit");
  source.scrollIntoView({ block: "center" });
}

/** The matrix as a table of words: ● listed, ◐ in part, ○ named, ◌ listed without its name. */
function saveMatrix() {
  const rows = sortedMatrix();
  const documents = matrixDocuments(rows);
  const title = (d) => `${documentDate(d)} ${nameOf(DATA.documents[d])}`.trim();
  const signs = { listed: "●", unnamed: "◌", partly: "◐", named: "○" };
  const body = rows.map((row) => [
    DATA.ids[row.n], nameOf(row.n), attribute(row.n, "number"), row.status, row.places,
    ...documents.map((d) => (row.cells.has(d) ? `${signs[cellForm(row.cells.get(d))]} ${row.cells.get(d).places}` : ""))]);
  saveTable([["id", "name", "number", "status", "places", ...documents.map(title)], ...body], "matrix.csv");
}

VIEWS.matrix = { show: showMatrix };
