// Quotes: a sentence of a document with the words that say so highlighted, and where they stand.

/** Quotes of one sentence together, in the order of documents and places. */
function quoteGroups(quotes) {
  const groups = new Map();
  for (const q of quotes) {
    const quote = quoteOf(q);
    const key = `${quote.document} ${quote.sentence} ${Math.floor(quote.begin / 400)}`;
    if (!groups.has(key)) groups.set(key, { ...quote, marks: [] });
    const group = groups.get(key);
    group.marks.push([quote.from, quote.to]);
    group.begin = Math.min(group.begin, quote.begin);
    group.end = Math.max(group.end, quote.end);
  }
  const late = (group) => (group.document < 0 ? 1e9 : group.document);
  return [...groups.values()].sort((a, b) => late(a) - late(b) || a.begin - b.begin);
}

/** A sentence with its marked words as elements. */
function markedSentence({ text, marks }) {
  const parts = [];
  let done = 0;
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (to <= done) continue;
    parts.push(text.slice(done, Math.max(done, from)), h("mark", null, text.slice(Math.max(done, from), to)));
    done = to;
  }
  parts.push(text.slice(done));
  return parts;
}

const readableDate = (edtf) => String(edtf).replace("/..", " –").replace("../", "– ").replace("/", " – ");

/** The same for little room: of a span its beginning, with a dash that says that it is one. */
const shortDate = (edtf) => readableDate(edtf).replace(/(?<=\S) – .+/, "–");

/** The date of a document as an element. */
function dateOf(document) {
  const date = documentDate(document);
  return h("span", { class: "date" }, date ? readableDate(date) : t("unknownDate"));
}

function documentLink(document) {
  const n = DATA.documents[document];
  if (n === undefined) return h("span", null, t("unknownDocument"));
  const link = h("a", { href: hrefOf(n), lang: "zh", class: "document", title: attribute(n, "path") }, shownName(n));
  link.addEventListener("click", (event) => { event.preventDefault(); choose(n); });
  return link;
}

/** The source of a quote in one line, as it is copied with it. */
function citation(group) {
  const n = DATA.documents[group.document];
  if (n === undefined) return "";
  const date = readableDate(documentDate(group.document));
  const place = t("place", { from: group.begin, to: group.end });
  const parts = [attribute(n, "creator"), shownName(n), attribute(n, "publisher"), date, attribute(n, "path"), place];
  return parts.filter(Boolean).join("，");
}

function quoteFigure(group, named = true) {
  return h("figure", { class: "quote", "data-citation": citation(group) },
    h("blockquote", { lang: "zh" }, markedSentence(group)),
    h("figcaption", null,
      named && [documentLink(group.document), " ", dateOf(group.document), " "],
      placeLink(group.document, group.begin, group.end),
      copyButton(t("copy"), () => `“${group.text}”（${citation(group)}）`)));
}

function copyButton(label, text) {
  const node = button(label, async () => {
    await copyText(text());
    node.textContent = t("copied");
    window.setTimeout(() => { node.textContent = label; }, 1500);
  }, { class: "quiet copy" });
  return node;
}

// Words that are selected in a quote and copied take their source with them.
document.addEventListener("copy", (event) => {
  const selection = window.getSelection();
  const figure = selection.anchorNode?.parentElement?.closest(".quote");
  if (!figure?.dataset.citation || !figure.contains(selection.focusNode)) return;
  event.clipboardData.setData("text/plain", `${selection}（${figure.dataset.citation}）`);
  event.preventDefault();
});

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy"); // the older way still works where the newer one is not allowed
    area.remove();
  }
}

/** How a fact was found, one line for each rule that gave it. */
function whyLines(rules) {
  return [...new Set(rules)].map((rule) => (
    h("p", { class: "why", title: t("rule", { rule }) }, h("span", { class: "label" }, t("foundBy")), whyOf(rule))));
}

/** A small opener and the box that shows quotes when asked, or from the beginning. */
function quoteOpener(quotes, { open = false, rules = [] } = {}) {
  if (!quotes.length) return null;
  const groups = quoteGroups(quotes);
  const box = h("div", { class: "opened", hidden: true });
  const toggle = () => {
    if (!box.firstChild) box.append(...whyLines(rules), growing(groups, (group) => quoteFigure(group), open ? 1 : 3, 20));
    box.hidden = !box.hidden;
    opener.setAttribute("aria-expanded", String(!box.hidden));
  };
  const opener = button(t("showQuotes", { n: groups.length }), toggle, { class: "quiet opener", "aria-expanded": "false" });
  if (open) toggle();
  return [opener, box];
}
