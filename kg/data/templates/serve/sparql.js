// The query page: examples, the query, its result as a table whose entities open in the explorer.

"use strict";

const { prefixes, examples } = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);
const WORDS = {
  en: { explorer: "Explorer", examples: "Examples", query: "Query", run: "Run", rows: "rows", cut: "cut at", running: "asking …", failed: "the server cannot be reached", none: "no rows", other: "中文" },
  zh: { explorer: "图谱", examples: "示例", query: "查询", run: "运行", rows: "行", cut: "只取前", running: "查询中……", failed: "连不上服务", none: "没有结果", other: "English" },
};
const SHOWN = 1000; // rows of a table; the downloads have them all
const NAMES = 300; // that are looked up at once
let language = navigator.language.startsWith("zh") ? "zh" : "en";
let asked = "";

/** Words of the page in the chosen language. */
function translate() {
  const words = WORDS[language];
  document.documentElement.lang = language;
  find("to-explorer").textContent = words.explorer;
  find("examples-title").textContent = words.examples;
  find("query-label").textContent = words.query;
  find("run").textContent = words.run;
  find("language").textContent = words.other;
  for (const button of find("examples").querySelectorAll("button")) {
    button.textContent = language === "zh" ? button.dataset.zh : button.dataset.en;
  }
}

function listExamples() {
  for (const example of examples) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.en = example.title;
    button.dataset.zh = example.title_zh;
    button.dataset.name = example.name;
    button.addEventListener("click", () => {
      find("query").value = example.text;
      run();
    });
    const item = document.createElement("li");
    item.append(button);
    find("examples").append(item);
  }
}

/** An IRI in its short form; null where no prefix fits. */
function shortened(iri) {
  let best = null;
  for (const [short, start] of Object.entries(prefixes)) {
    if (iri.startsWith(start) && (best === null || start.length > best[1].length)) best = [short, start];
  }
  return best ? `${best[0]}:${iri.slice(best[1].length)}` : null;
}

/** The part of an IRI by which the explorer knows a node; null for other IRIs. */
function node(iri) {
  const base = prefixes.e ? prefixes.e.slice(0, -2) : null;
  if (base === null || !iri.startsWith(base)) return null;
  const local = iri.slice(base.length);
  return /^[esd]\//.test(local) ? local : null;
}

function cell(term) {
  const made = document.createElement("td");
  if (!term) return made;
  if (term.type !== "uri") {
    made.textContent = term.value;
    if (term["xml:lang"]) made.dataset.name = term.value;
    if (/#(integer|decimal|double)$/.test(term.datatype || "")) made.className = "number";
    return made;
  }
  const local = node(term.value);
  const shown = shortened(term.value) || term.value;
  if (local === null) {
    made.textContent = shown;
    return made;
  }
  made.append(linked(local, shown));
  return made;
}

function linked(local, shown) {
  const link = document.createElement("a");
  link.href = `/#node=${encodeURIComponent(local)}`;
  link.textContent = shown;
  return link;
}

/** Makes links of the cells that hold the name of a thing: the server knows whose name it is. */
async function linkNames(within) {
  const cells = [...within.querySelectorAll("[data-name]")];
  const names = [...new Set(cells.map((each) => each.dataset.name))].slice(0, NAMES);
  if (!names.length) return;
  const values = names.map((name) => `${JSON.stringify(name)}@zh`).join(" ");
  const text = `SELECT ?name ?thing { VALUES ?name { ${values} } ?thing skos:prefLabel ?name }`;
  const answer = await post(text, "application/sparql-results+json");
  if (!answer.ok) return;
  const known = new Map();
  for (const row of (await answer.json()).results.bindings) {
    const local = node(row.thing.value);
    if (local !== null) known.set(row.name.value, local);
  }
  for (const each of cells) {
    const local = known.get(each.dataset.name);
    if (local !== undefined) each.replaceChildren(linked(local, each.dataset.name));
  }
}

function table(columns, rows) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of columns) {
    const title = document.createElement("th");
    title.scope = "col";
    title.textContent = name;
    head.append(title);
  }
  const body = made.createTBody();
  for (const row of rows.slice(0, SHOWN)) {
    body.insertRow().append(...columns.map((name) => cell(row[name])));
  }
  return made;
}

function post(text, accept, more = {}) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept, ...more };
  return fetch("/sparql", { method: "POST", headers, body: text });
}

function show(...parts) {
  find("result").replaceChildren(...parts);
}

function told(text) {
  const made = document.createElement("pre");
  made.textContent = text;
  return made;
}

async function run() {
  const words = WORDS[language];
  asked = find("query").value;
  find("state").textContent = words.running;
  find("hints").textContent = "";
  find("csv").disabled = true;
  find("json").disabled = true;
  try {
    const answer = await post(asked, "application/sparql-results+json, text/turtle;q=0.9", { Prefer: "hints" });
    const text = await answer.text();
    find("state").textContent = "";
    find("hints").textContent = JSON.parse(answer.headers.get("X-Hints") || "[]").join("\n");
    if (!answer.ok) return show(told(text));
    const isRows = answer.headers.get("Content-Type").startsWith("application/sparql-results+json");
    find("csv").disabled = !isRows;
    find("json").disabled = !isRows;
    if (!isRows) return show(told(text));
    const data = JSON.parse(text);
    if ("boolean" in data) return show(told(String(data.boolean)));
    const rows = data.results.bindings;
    const cut = answer.headers.get("X-Rows-Cut");
    find("state").textContent = `${rows.length} ${words.rows}${cut ? ` (${words.cut} ${cut})` : ""}`;
    if (!rows.length) return show(told(words.none));
    const made = table(data.head.vars, rows);
    show(made);
    return await linkNames(made);
  } catch {
    find("state").textContent = words.failed;
    return undefined;
  }
}

async function download(accept, name) {
  const answer = await post(asked, accept);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

find("run").addEventListener("click", run);
find("csv").addEventListener("click", () => download("text/csv", "result.csv"));
find("json").addEventListener("click", () => download("application/sparql-results+json", "result.json"));
find("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  translate();
});
find("query").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
listExamples();
translate();
if (examples.length) find("query").value = examples[0].text;
