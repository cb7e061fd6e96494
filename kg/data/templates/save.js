// Saves what is drawn: the picture, a table of the entries, a table of their relations.

function download(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function savePicture() {
  const canvas = byId("canvas").querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const ctx = copy.getContext("2d");
  ctx.fillStyle = ink.ground;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => download(blob, "graph.png"), "image/png");
}

/** A cell that a spreadsheet takes for text, never for a formula. */
function cell(value) {
  let text = String(value ?? "");
  if (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function saveTable(rows, name) {
  const text = rows.map((row) => row.map(cell).join(",")).join("\r\n");
  download(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv;charset=utf-8" }), name);
}

function saveThings() {
  const rows = [["id", "kind", "name", "aliases", "relations", "documents", "mentions"]];
  for (const n of [...drawn.keys()].filter(isVisible).sort((a, b) => a - b)) {
    const aliases = aliasesOf(n).map((alias) => alias.name).join("; ");
    const figures = [degreeOf(n), documentsOf(n).length, DATA.mentions[n].length];
    rows.push([DATA.ids[n], kindOf(n).name, nameOf(n), aliases, ...figures]);
  }
  saveTable(rows, "entries.csv");
}

function saveRelations() {
  const rows = [[
    "subject_id", "subject", "relation", "object_id", "object", "position", "inferred", "rule",
    "document", "begin", "end", "quote",
  ]];
  const shown = [...drawn.keys()].filter(isVisible).sort((a, b) => a - b);
  const set = new Set(shown);
  for (const n of shown) {
    for (const r of OUT[n]) {
      if (!set.has(DATA.objects[r]) || chosen.hiddenPredicates.has(predicateOf(r).name)) continue;
      const ends = [DATA.ids[n], nameOf(n), predicateOf(r).name, DATA.ids[DATA.objects[r]], nameOf(DATA.objects[r])];
      const head = [...ends, positionOf(r) || "", INFERRED.has(r), ruleOf(r)];
      for (const q of DATA.evidence[r]) rows.push([...head, ...quoteCells(quoteOf(q))]);
    }
  }
  saveTable(rows, "relations.csv");
}

function quoteCells(quote) {
  const n = DATA.documents[quote.document];
  return [n === undefined ? "" : attribute(n, "path") || nameOf(n), quote.begin, quote.end, quote.text.slice(quote.from, quote.to)];
}
