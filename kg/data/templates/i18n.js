// Language of the interface: the browser's, or what the reader switched to.

const remembered = {
  get(key) {
    try { return window.localStorage.getItem(key); } catch { return null; }
  },
  set(key, value) {
    try { window.localStorage.setItem(key, value); } catch { /* private windows forget it */ }
  },
};

let language = remembered.get("kg-language")
  || ((navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en");
const languageListeners = [];

/** A word of the interface with its {gaps} filled. */
function t(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)(?:\?([^|}]*)\|([^}]*))?\}/g, (_, gap, one, more) =>
    one === undefined ? String(values[gap]) : Number(values[gap]) === 1 ? one : more);
}

const labelOf = (row) => row[language];

function wordIn(table, key) {
  return Object.hasOwn(table, key) ? table[key][language] : key;
}

function inverseLabel(predicate) {
  return Object.hasOwn(INVERSE, predicate.name) ? INVERSE[predicate.name][language] : labelOf(predicate);
}

const number = (n) => Number(n).toLocaleString("en-US");

/** Fills every element that names its words: data-t (text), data-t-label, data-t-placeholder. */
function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.tagName === "BUTTON") node.title = t(node.dataset.tLabel);
  }
  for (const node of document.querySelectorAll("[data-t-placeholder]")) {
    node.placeholder = t(node.dataset.tPlaceholder);
  }
}

function setLanguage(value) {
  language = value;
  remembered.set("kg-language", value);
  translatePage();
  for (const listener of languageListeners) listener();
}
