// The texts of the documents, read only when they are wanted. Offsets of quotes count code points of the
// raw text; those inside this file and the reader count as JavaScript does.

let textTable = null;
const textCache = new Map();

/** { raw, at, passages } of a document, or null when the page does not hold it. */
function textOf(document) {
  textTable ??= JSON.parse(byId("kg-texts").textContent);
  if (!textTable[document]) return null;
  if (!textCache.has(document)) {
    const [raw, rows] = textTable[document];
    const at = unitsOf(raw);
    const passages = rows.length ? rows.map((row) => passageOf(row, raw, at)) : linesOf(raw);
    textCache.set(document, { raw, at, passages, lines: null });
  }
  return textCache.get(document);
}

/** Turns an offset in code points into one in the units of JavaScript. */
function unitsOf(raw) {
  if (!/[\ud800-\udfff]/.test(raw)) return (at) => Math.min(at, raw.length);
  const starts = [];
  for (let unit = 0; unit < raw.length; unit += raw.codePointAt(unit) > 0xffff ? 2 : 1) starts.push(unit);
  starts.push(raw.length);
  return (at) => starts[Math.min(at, starts.length - 1)];
}

function passageOf([kind, offsets, repeats, language], raw, at) {
  const pieces = [];
  for (let k = 0; k + 1 < offsets.length; k += 2) pieces.push([at(offsets[k]), at(offsets[k + 1])]);
  const text = pieces.map(([from, to]) => raw.slice(from, to)).join("");
  return { kind, pieces, repeats, language, text: text.replace(/[\s\p{Cc}]/gu, " ").replace(BIDI, "\u200b") };
}

// Signs that turn the direction of a line: shown, they would scramble the page.
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The lines of the raw text in the shape of passages; what cannot be seen gets a sign. */
function linesOf(raw) {
  const found = [];
  for (let from = 0; from <= raw.length;) {
    const end = raw.indexOf("\n", from);
    const to = end < 0 ? raw.length : end;
    found.push({ kind: "line", pieces: [[from, to]], repeats: -1, language: "", text: visible(raw.slice(from, to)) });
    from = to + 1;
  }
  return found;
}

function visible(text) {
  return text
    .replace(/[\x00-\x08\x0b-\x1f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/\x7f/g, "\u2421").replace(/[\u0080-\u009f\u200b\ufeff]/g, "\u25af").replace(BIDI, "\u25af");
}

/** What the reader goes through: passages, or the lines of the raw text. */
function linesOrPassages(text, isRaw) {
  if (!isRaw) return text.passages;
  text.lines ??= linesOf(text.raw);
  return text.lines;
}

let markTable = null;
/** Places of the things that a document names: [begin, end, thing], in code points. */
function marksOf(document) {
  if (!markTable) {
    markTable = DATA.documents.map(() => []);
    DATA.mentions.forEach((quotes, n) => {
      for (const q of quotes) {
        const [d, begin, end] = DATA.quotes[q];
        if (d >= 0) markTable[d].push([begin, end, n]);
      }
    });
    for (const rows of markTable) rows.sort((a, b) => a[0] - b[0] || b[1] - a[1] || a[2] - b[2]);
  }
  return markTable[document];
}

/**
 * Places of spans of the raw text inside passages: for each passage [{ from, to, n }], in its own offsets.
 * `spans`: [begin, end, n] in units of the raw text.
 */
function placesIn(passages, spans) {
  const pieces = [];
  passages.forEach((passage, p) => {
    let done = 0;
    for (const [from, to] of passage.pieces) {
      pieces.push({ from, to, p, shift: done - from });
      done += to - from;
    }
  });
  pieces.sort((a, b) => a.from - b.from);
  const found = passages.map(() => []);
  for (const [begin, end, n] of spans) {
    for (let k = firstAfter(pieces, begin); k < pieces.length && pieces[k].from < end; k += 1) {
      const { from, to, p, shift } = pieces[k];
      const place = { from: Math.max(begin, from) + shift, to: Math.min(end, to) + shift, n };
      const last = found[p].at(-1);
      if (last && last.n === n && last.to === place.from && last.span === begin) last.to = place.to;
      else if (place.to > place.from) found[p].push({ ...place, span: begin });
    }
  }
  return found;
}

/** The first of sorted, disjoint pieces that ends after a place. */
function firstAfter(pieces, place) {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].to <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
