// Bookmarks: named pictures of the page, each an address with what was drawn and where. They stay in this browser
// where it remembers things for a page, and can be saved into a file and read from one.

const BOOKMARKS = "kg-bookmarks";
const MOST_BOOKMARKS = 200;

/** A sign of the documents, so that graphs of other documents keep bookmarks of their own. */
const bookmarkKey = (() => {
  let sign = 2166136261;
  for (const character of DATA.documents.map((n) => DATA.ids[n]).sort().join(" ")) sign = Math.imul(sign ^ character.codePointAt(0), 16777619) >>> 0;
  return `${BOOKMARKS}-${sign.toString(16)}`;
})();

let bookmarks = readBookmarks(remembered.get(bookmarkKey) || "") || [];

/** Bookmarks { name, address, drawn: [[id, x, y], …] } of a text, or null when it holds none. */
function readBookmarks(text) {
  let found = null;
  try { found = JSON.parse(text); } catch { return null; }
  if (found?.format !== BOOKMARKS || !Array.isArray(found.bookmarks)) return null;
  return found.bookmarks.filter(isBookmark).slice(0, MOST_BOOKMARKS)
    .map(({ name, address, drawn: things }) => ({ name: cut(name, 80), address, drawn: things }));
}

function isBookmark(one) {
  const isPlace = (row) => Array.isArray(row) && typeof row[0] === "string" && Number.isFinite(row[1]) && Number.isFinite(row[2]);
  return typeof one?.name === "string" && /^#/.test(one.address) && Array.isArray(one.drawn) && one.drawn.every(isPlace);
}

const bookmarksAsText = () => JSON.stringify({ format: BOOKMARKS, version: 1, bookmarks });

function keepBookmarks() {
  remembered.set(bookmarkKey, bookmarksAsText());
  showBookmarks();
}

function addBookmark() {
  const box = byId("bookmark-name");
  const name = box.value.trim() || suggestedName();
  const things = [...drawn].map(([n, { x, y }]) => [DATA.ids[n], Math.round(x), Math.round(y)]);
  bookmarks = [{ name, address: addressNow(), drawn: things }, ...bookmarks.filter((one) => one.name !== name)].slice(0, MOST_BOOKMARKS);
  box.value = "";
  keepBookmarks();
  notify(t("bookmarkKept", { name }));
}

function suggestedName() {
  const what = path.ends ? path.ends.map((n) => cut(nameOf(n), 12)).join(" → ") : chosen.node >= 0 ? cut(nameOf(chosen.node), 24) : t("wholeGraph");
  return `${what} · ${t(viewName)}`;
}

/** Shows a bookmark: what was drawn, then what its address names. */
function openBookmark({ name, address, drawn: things }) {
  toggleMenu("bookmarks", false);
  const known = things.filter(([id]) => ROW_OF.has(id)).slice(0, CAP);
  if (known.length) {
    drawn.clear();
    for (const [id, x, y] of known) drawn.set(ROW_OF.get(id), { x, y });
  }
  if (!isAddress(address)) window.history.pushState(null, "", address);
  chosen.node = -1;
  clearPath();
  look.ring.clear();
  look.center = -1;
  followAddress();
  sync();
  showPanel();
  if (known.length < things.length) notify(t("bookmarkLost", { n: things.length - known.length }));
  else notify(t("bookmarkOpened", { name }));
}

function showBookmarks() {
  byId("bookmark-name").placeholder = suggestedName();
  byId("bookmark-rows").replaceChildren(...bookmarks.map((one) => h("li", null,
    button(one.name, () => openBookmark(one), { class: "bookmark" }),
    button("×", () => { bookmarks = bookmarks.filter((other) => other !== one); keepBookmarks(); byId("bookmark-name").focus(); },
      { class: "quiet", "aria-label": t("bookmarkDrop", { name: one.name }), title: t("bookmarkDrop", { name: one.name }) }))));
  byId("bookmark-none").hidden = bookmarks.length > 0;
  byId("bookmark-save").disabled = !bookmarks.length;
}

async function readBookmarkFile(event) {
  const [file] = event.target.files;
  if (!file) return;
  const found = file.size < 5e7 ? readBookmarks(await file.text()) : null;
  event.target.value = "";
  if (!found) { notify(t("bookmarkBad")); return; }
  const names = new Set(found.map((one) => one.name));
  bookmarks = [...found, ...bookmarks.filter((one) => !names.has(one.name))].slice(0, MOST_BOOKMARKS);
  keepBookmarks();
  notify(t("bookmarksRead", { n: found.length }));
}

function startBookmarks() {
  byId("bookmark-add").addEventListener("click", addBookmark);
  byId("bookmark-name").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) addBookmark(); });
  byId("bookmark-save").addEventListener("click", () => (
    download(new Blob([bookmarksAsText(), "\n"], { type: "application/json" }), "bookmarks.json")));
  byId("bookmark-read").addEventListener("click", () => byId("bookmark-file").click());
  byId("bookmark-file").addEventListener("change", readBookmarkFile);
  showBookmarks();
}
