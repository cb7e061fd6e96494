// The years in which documents name a thing: how many of each year's documents do, where first and where last.

const documentBounds = DATA.documents.map((_, at) => boundsOf(documentDate(at)));
const yearOf = (day) => dateOfDay(day).getUTCFullYear();

/** The one year that a document is of, or null where its date is open or reaches over more. */
const documentYears = documentBounds.map((bounds) => {
  if (!bounds || bounds.openStart || bounds.openEnd) return null;
  return yearOf(bounds.from) === yearOf(bounds.until) ? yearOf(bounds.from) : null;
});

/** Stretches of years of one length without gaps: { from, until, documents }; none where the documents are of one year. */
function yearSpans(most) {
  const known = documentYears.filter((year) => year !== null);
  if (!known.length) return [];
  const [first, last] = known.reduce(([low, high], year) => [Math.min(low, year), Math.max(high, year)], [Infinity, -Infinity]);
  if (first === last) return [];
  const length = [1, 2, 5, 10, 20, 50, 100].find((years) => (last - first) / years < most) || 1000;
  const start = Math.floor(first / length) * length;
  const spans = [];
  for (let from = start; from <= last; from += length) spans.push({ from, until: from + length - 1, documents: 0 });
  for (const year of known) spans[Math.floor((year - start) / length)].documents += 1;
  return spans;
}

const spanTables = new Map();
const spansFor = (most) => {
  if (!spanTables.has(most)) spanTables.set(most, yearSpans(most));
  return spanTables.get(most);
};

const spanName = ({ from, until }) => (from === until ? String(from) : `${from}–${until}`);

/** For each span how many of its documents name a thing. */
function namedIn(documents, spans) {
  const counts = spans.map(() => 0);
  for (const d of documents) {
    const at = documentYears[d] === null ? -1 : Math.floor((documentYears[d] - spans[0].from) / (spans[0].until - spans[0].from + 1));
    if (at >= 0 && at < counts.length) counts[at] += 1;
  }
  return counts;
}

/** Bars of the share of each span's documents that name a thing, the highest one full; null where there is only one year. */
function sparkline(documents, { most = MOST_SPANS, labelled = false } = {}) {
  const spans = spansFor(most);
  if (!spans.length || !documents.length) return null;
  const counts = namedIn(documents, spans);
  const shares = spans.map((span, at) => (span.documents ? counts[at] / span.documents : 0));
  const top = Math.max(...shares) || 1;
  const said = spans.map((span, at) => (counts[at] ? t("ofYear", { year: spanName(span), n: counts[at], all: span.documents }) : null));
  const label = said.filter(Boolean).join("; ");
  const bars = h("span", { class: "bars", role: "img", "aria-label": label || t("noYear") }, spans.map((span, at) => {
    const bar = h("i", { title: said[at], class: span.documents ? (counts[at] ? "some" : "none") : "gap" });
    bar.style.setProperty("--share", String(shares[at] / top));
    return bar;
  }));
  if (!labelled) return h("span", { class: "spark" }, bars);
  const wide = h("div", { class: "spark wide" }, bars,
    h("span", { class: "spark-ends", "aria-hidden": "true" }, h("span", null, spanName(spans[0])), h("span", null, spanName(spans.at(-1)))));
  wide.style.setProperty("--spans", String(spans.length));
  const highest = shares.indexOf(top);
  return [wide, highest >= 0 && spans[highest].documents >= 5 && h("p", { class: "hint" }, t("topYear", { share: Math.round(top * 100), year: spanName(spans[highest]), n: counts[highest], all: spans[highest].documents }))];
}

/** First and last document of some, and whether no other can be before or after it; null where none has a date. */
function firstAndLast(documents) {
  const dated = documents.filter((d) => documentBounds[d]);
  const starts = dated.filter((d) => !documentBounds[d].openStart).sort((a, b) => documentBounds[a].from - documentBounds[b].from || a - b);
  const ends = dated.filter((d) => !documentBounds[d].openEnd).sort((a, b) => documentBounds[b].until - documentBounds[a].until || a - b);
  if (!starts.length) return null;
  const [first, last] = [starts[0], ends[0] ?? starts[0]];
  const sureFirst = documents.every((d) => d === first || (documentBounds[d] && documentBounds[d].from >= documentBounds[first].until));
  const sureLast = documents.every((d) => d === last || (documentBounds[d] && documentBounds[d].until <= documentBounds[last].from));
  return { first, last, sureFirst, sureLast };
}

/** First and last year of a thing in short: 2018–2023. */
function lifeSpan(documents) {
  const life = firstAndLast(documents);
  if (!life) return "";
  const [from, until] = [yearOf(documentBounds[life.first].from), yearOf(documentBounds[life.last].until)];
  return from === until ? String(from) : `${from}–${until}`;
}

// Kinds whose appearances are worth a table: what scholars ask "who said it, and when first" of.
const LIVED = new Set(["Formula", "Spirit", "Policy", "Campaign", "Concept", "Principle", "Work", "Law"]);

/** Where a thing appears: its documents by date with their authors, and the share of each year. */
function lifeSection(n) {
  const isFormula = kindOf(n).name === "Formula";
  if (!LIVED.has(kindOf(n).name)) return null;
  const named = documentsOf(n);
  const documents = isFormula ? [...formulaRow(n).cells.keys()].sort((a, b) => a - b) : named;
  if (documents.length < (isFormula ? 1 : 2)) return null;
  return section(t("appearances"), documents.length,
    named.length > 1 && sparkline(named, { most: 40, labelled: true }),
    growing(documents, (d) => lifeRow(d, isFormula && cellForm(formulaRow(n).cells.get(d)), placesNaming(n, d)), 8, 40));
}

const placesNaming = (n, d) => DATA.mentions[n].filter((q) => DATA.quotes[q][0] === d).length;

function lifeRow(d, form, places) {
  const creator = attribute(DATA.documents[d], "creator");
  const date = documentDate(d);
  return [
    h("span", { class: "life-date date", title: date && readableDate(date) }, date ? shortDate(date) : t("unknownDate")),
    form && h("span", { class: "life-form", title: t(`cell_${form}`) }, spot(form), h("span", { class: "offscreen" }, t(`cell_${form}`))),
    h("div", { class: "row-main" }, documentLink(d),
      creator && h("span", { class: "chip", lang: "zh" }, cut(String(creator), 24)),
      places > 0 && h("span", { class: "times" }, `×${places}`)),
  ];
}
