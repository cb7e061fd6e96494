// The reader: a document as repair left it, paragraph by paragraph, with all that it names.

const reader = { document: -1, raw: false, quote: null, from: "", shown: "", scrolled: "", place: -1 };

const HEADINGS = new Set(["title", "heading"]);

/** Opens a document, at a quote when one is given ([begin, end] in code points). */
function read(document, quote = null) {
  reader.from = viewName === "reader" ? reader.from : viewName;
  Object.assign(reader, { document, quote, raw: false, place: -1 });
  if (isNarrow()) closeSheets();
  showView("reader");
}

function showReader(from) {
  followReader(from);
  if (!DATA.documents.length) return byId("view-reader").replaceChildren(h("p", { class: "empty" }, t("noDocuments")));
  if (reader.document < 0) reader.document = firstDocument();
  const text = textOf(reader.document);
  if (text && reader.quote && !reader.raw && !holds(text.passages, text, reader.quote)) {
    reader.raw = true;
    notify(t("notInPassages"));
  }
  const state = [reader.document, reader.raw, String(reader.quote), language, theme, [...chosen.hiddenKinds]].join("|");
  if (state !== reader.shown) drawReader(text);
  reader.shown = state;
  lightChosen();
  return undefined;
}

/** Takes the document and the quote out of an address. */
function followReader(from) {
  if (!from.has("doc")) return;
  const at = DOCUMENT_NUMBER.get(ROW_OF.get(from.get("doc")));
  const quote = /^(\d+)-(\d+)$/.exec(from.get("at") || "");
  if (at !== undefined) Object.assign(reader, { document: at, quote: quote && [Number(quote[1]), Number(quote[2])], raw: from.has("raw") });
}

addressParts.push((name) => (name !== "reader" || reader.document < 0 ? [] : [
  ["doc", DATA.ids[DATA.documents[reader.document]]],
  ...(reader.quote ? [["at", reader.quote.join("-")]] : []),
  ...(reader.raw ? [["raw", 1]] : []),
]));

function firstDocument() {
  if (chosen.node < 0) return 0;
  return DOCUMENT_NUMBER.get(chosen.node) ?? documentsOf(chosen.node)[0] ?? 0;
}

const holds = (passages, text, [begin, end]) => (
  placesIn(passages, [[text.at(begin), text.at(end), QUOTED]]).some((places) => places.length));

function drawReader(text) {
  const box = byId("view-reader");
  if (!text) return box.replaceChildren(readerBar(), h("p", { class: "empty" }, t("noText")));
  const top = box.scrollTop;
  const passages = linesOrPassages(text, reader.raw);
  const body = h("article", { class: reader.raw ? "text raw" : "text", lang: "zh" });
  const spans = marksOf(reader.document)
    .filter(([, , n]) => kindOf(n).name !== "Reuse" && !chosen.hiddenKinds.has(kindOf(n).name))
    .map(([begin, end, n]) => [text.at(begin), text.at(end), n]);
  if (reader.quote) spans.push([...reader.quote.map(text.at), QUOTED]);
  const places = placesIn(passages, spans);
  body.append(...passages.map((passage, p) => passageElement(passage, places[p], p)));
  const outline = reader.raw ? null : outlineOf(passages);
  box.replaceChildren(readerBar(), h("div", { class: outline ? "reading with-outline" : "reading" }, outline, body));
  const shows = [reader.document, reader.raw, String(reader.quote)].join("|");
  box.scrollTop = shows === reader.scrolled ? top : 0; // another language or other kinds: stay
  const quoted = box.querySelector(".quoted");
  if (quoted && shows !== reader.scrolled) bringTo(quoted);
  reader.scrolled = shows;
  return undefined;
}

/** Scrolls to an element. Paragraphs off the screen get their height only as they come near: look again. */
function bringTo(node, block = "center", turns = 8) {
  const before = node.getBoundingClientRect().top;
  node.scrollIntoView({ block });
  const moved = Math.abs(node.getBoundingClientRect().top - before) > 1;
  if (turns && (moved || turns > 5)) window.requestAnimationFrame(() => bringTo(node, block, turns - 1));
}

const TAGS = { title: "h2", heading: "h3" };

function passageElement(passage, places, p) {
  const known = /^[a-z]+$/.test(passage.kind) ? passage.kind : "paragraph";
  const repeat = passage.repeats >= 0;
  const properties = { class: `passage ${known}${repeat ? " repeat" : ""}`, id: `p-${p}`, lang: passage.language || null, "data-line": known === "line" ? p + 1 : null };
  return h(TAGS[known] || (known === "line" ? "div" : "p"), properties,
    repeat && button(t("sameAs", { n: passage.repeats + 1 }), () => showPassage(passage.repeats), { class: "first-of" }),
    passageContent(passage, places));
}

function showPassage(p) {
  const found = byId(`p-${p}`);
  if (!found) return;
  bringTo(found, "start");
  found.tabIndex = -1; // who reads on by keyboard or ear goes on from here
  found.focus({ preventScroll: true });
  found.classList.add("lit");
  window.setTimeout(() => found.classList.remove("lit"), 1600);
}

function outlineOf(passages) {
  const rows = passages.map((passage, p) => ({ ...passage, p })).filter(({ kind, text }) => HEADINGS.has(kind) && text.trim());
  if (rows.length < 2) return null;
  return h("nav", { class: "outline", "aria-label": t("outline") },
    h("ol", null, rows.map(({ kind, text, p }) => (
      h("li", { class: kind }, button(cut(text.trim(), 40), () => showPassage(p), { lang: "zh" }))))));
}

function readerBar() {
  const pick = h("select", { id: "reader-pick", "aria-label": t("pickDocument"), onchange: () => read(Number(pick.value)) },
    DATA.documents.map((n, at) => {
      const date = documentDate(at);
      return h("option", { value: at, selected: at === reader.document }, `${date ? `${readableDate(date)}  ` : ""}${cut(shownName(n), 60)}`);
    }));
  const before = reader.from && reader.from !== "reader" ? reader.from : "";
  return h("header", { class: "view-bar" },
    before && button(`← ${t("back", { name: t(before) })}`, leaveReader, { class: "quiet", id: "reader-back" }),
    pick,
    h("span", { class: "group", id: "reader-places" }),
    button(t("rawText"), turnRaw, { "aria-pressed": String(reader.raw), title: t("rawTextLong"), id: "reader-raw" }));
}

function leaveReader() {
  showView(reader.from || "graph");
  if (isNarrow() && (chosen.node >= 0 || path.ends)) openSheet("right");
}

function turnRaw() {
  reader.raw = !reader.raw;
  showView("reader");
}

/** Lights the words that name the chosen thing and counts them. */
function lightChosen() {
  const box = byId("view-reader");
  for (const node of box.querySelectorAll(".now")) node.classList.remove("now");
  const found = wordsOfChosen();
  for (const node of found) node.classList.add("now");
  const places = byId("reader-places");
  if (!places) return;
  const elsewhere = chosen.node < 0 || found.length ? [] : documentsOf(chosen.node).filter((d) => d !== reader.document);
  places.hidden = !found.length && !elsewhere.length;
  if (elsewhere.length) return places.replaceChildren(elsewhereButton(elsewhere[0]));
  if (reader.place < 0) reader.place = found.findIndex((node) => node.closest("mark.quoted") || node.querySelector("mark.quoted"));
  const count = h("span", { class: "group-name" }, t("placeOf", { at: reader.place < 0 ? "–" : reader.place + 1, n: found.length }));
  places.replaceChildren(
    button("‹", () => stepPlace(-1), { "aria-label": t("previousPlace"), title: t("previousPlace") }), count,
    button("›", () => stepPlace(1), { "aria-label": t("nextPlace"), title: t("nextPlace") }));
  return undefined;
}

/** Leads to the first place of the chosen thing where the open document does not name it. */
function elsewhereButton(document) {
  const q = DATA.mentions[chosen.node].find((one) => DATA.quotes[one][0] === document);
  return button(t("elsewhere", { name: cut(nameOf(chosen.node), 8) }), () => read(document, DATA.quotes[q].slice(1, 3)), { title: shownName(DATA.documents[document]) });
}

function wordsOfChosen() {
  if (chosen.node < 0) return [];
  const sign = String(chosen.node);
  return [...byId("view-reader").querySelectorAll(".named")].filter((node) => node.dataset.things.split(" ").includes(sign));
}

/** Goes to the next place that names the chosen thing. */
function stepPlace(by) {
  const found = wordsOfChosen();
  if (!found.length) return;
  reader.place = reader.place < 0 && by < 0 ? found.length - 1 : (reader.place + by + found.length) % found.length;
  bringTo(found[reader.place]);
  lightChosen();
}

byId("view-reader").addEventListener("click", (event) => {
  const link = event.target.closest(".named");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  reader.place = -1;
  choose(Number(link.dataset.things.split(" ")[0]));
});

/** The repaired text, a blank line between its paragraphs. */
function saveText() {
  const text = textOf(reader.document);
  if (!text) return;
  const name = attribute(DATA.documents[reader.document], "path") || "text";
  const lines = linesOrPassages(text, false).map((passage) => passage.text.trim());
  download(new Blob([lines.join("\n\n"), "\n"], { type: "text/plain;charset=utf-8" }), `${name.replace(/^.*\//, "").replace(/\.\w+$/, "")}.txt`);
}

VIEWS.reader = {
  show: showReader,
  keys: { r: turnRaw, n: () => stepPlace(1), p: () => stepPlace(-1) },
  leave: () => reader.from && leaveReader(),
};

/** A place in a document as a link into the reader. */
function placeLink(document, begin, end) {
  const label = t("place", { from: number(begin), to: number(end) });
  if (document < 0) return h("span", { class: "place" }, label);
  const id = encodeURIComponent(DATA.ids[DATA.documents[document]]);
  const link = h("a", { class: "place", href: `#tab=reader&doc=${id}&at=${begin}-${end}`, title: t("readHere") }, label);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    read(document, [begin, end]);
  });
  return link;
}
