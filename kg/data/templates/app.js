// Joins the parts: choosing, the address, keys, sheets, and the start.

/** Chooses a thing: draws it, shows its entry, and puts it into the address. */
function choose(n, { address = true } = {}) {
  if (path.from >= 0 && path.from !== n) return showPath(path.from, n);
  clearPath();
  chosen.node = n;
  look.hovered = -1;
  ensureDrawn(n);
  openRing(n);
  sync();
  lookAt(n);
  showPanel();
  byId("said").textContent = `${labelOf(kindOf(n))} ${shownTitle(n)}`; // for who does not see the panel change
  if (address) setAddress();
  document.body.classList.add("has-entry");
  if (isNarrow()) openSheet("right");
  return undefined;
}

function unchoose({ address = true } = {}) {
  clearPath();
  chosen.node = -1;
  look.ring.clear();
  look.center = -1;
  sync();
  showPanel();
  if (address) setAddress();
  document.body.classList.remove("has-entry");
}

const isNarrow = () => window.matchMedia("(max-width: 899px)").matches;

function openSheet(name) {
  closeSheets();
  document.body.classList.add(`sheet-${name}`);
  if (name === "left") searchBox.focus();
  else panel.focus({ preventScroll: true });
}

function closeSheets() {
  document.body.classList.remove("sheet-left", "sheet-right");
}

function showDepth() {
  for (const node of document.querySelectorAll("[data-depth]")) {
    node.setAttribute("aria-pressed", String(Number(node.dataset.depth) === chosen.depth));
  }
}

const MENUS = ["save", "bookmarks"];

function toggleMenu(name, open = byId(`${name}-menu`).hidden) {
  for (const menu of MENUS) {
    byId(`${menu}-menu`).hidden = menu !== name || !open;
    byId(`${menu}-opener`).setAttribute("aria-expanded", String(menu === name && open));
  }
  if (name === "bookmarks" && open) { showBookmarks(); byId("bookmark-name").focus(); }
}

const openMenu = () => MENUS.find((name) => !byId(`${name}-menu`).hidden);

const KEYS = {
  "/": () => { if (isNarrow()) openSheet("left"); searchBox.focus(); searchBox.select(); },
  e: () => toEntry(), "+": () => zoomView(1.3), "=": () => zoomView(1.3), "-": () => zoomView(1 / 1.3), 0: () => VIEWS[viewName].fit?.(),
  Escape: () => {
    const menu = openMenu();
    if (menu) { toggleMenu(menu, false); byId(`${menu}-opener`).focus(); }
    else if (path.from >= 0) stopPath();
    else if (/\bsheet-/.test(document.body.className)) closeSheets();
    else if (VIEWS[viewName].leave?.()) return;
    else if (chosen.node >= 0 || path.ends) unchoose();
  },
};
VIEW_NAMES.forEach((name, at) => { KEYS[at + 1] = () => showView(name); });

const zoomView = (by) => VIEWS[viewName].zoom?.(by);

function pressed(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== "Escape")) return;
  const own = VIEWS[viewName].keys || {};
  const act = [own, KEYS].find((keys) => Object.hasOwn(keys, event.key))?.[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

const CLICKS = {
  skip: () => { showView("list"); byId("view-list").focus(); },
  "zoom-in": () => zoom(1.3), "zoom-out": () => zoom(1 / 1.3), fit: () => fit(),
  reset: () => { followFilters(new Map()); unchoose(); openingView(); },
  theme: () => { setTheme(theme === "dark" ? "light" : "dark"); remembered.set("kg-theme", theme); },
  language: () => setLanguage(language === "zh" ? "en" : "zh"),
  "open-find": () => openSheet("left"), "close-left": closeSheets, "close-right": closeSheets,
  "save-opener": () => toggleMenu("save"), "bookmarks-opener": () => toggleMenu("bookmarks"),
  "save-svg": saveVector, "save-map": saveMap, "save-matrix": saveMatrix, "save-times": saveTimes, "save-text": saveText,
  print: () => { toggleMenu("save", false); window.print(); },
  "save-png": savePicture, "save-nodes": saveThings, "save-relations": saveRelations,
};

function start() {
  applyTheme();
  translatePage();
  for (const [id, act] of Object.entries(CLICKS)) byId(id).addEventListener("click", () => act());
  for (const node of document.querySelectorAll("[data-depth]")) {
    node.addEventListener("click", () => { chosen.depth = Number(node.dataset.depth); refilter(); });
  }
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", ({ target }) => {
    const menu = openMenu();
    // A row of the list may be gone by now: what stands in no page closes nothing.
    if (menu && target.isConnected && (!byId(menu).contains(target) || target.closest("#save-menu"))) toggleMenu(menu, false);
  });
  window.addEventListener("popstate", followAddress);
  window.addEventListener("hashchange", followAddress);
  drawnListeners.push(showLegend, showDepth, refreshView);
  languageListeners.push(() => { showHits(); showPanel(); showBookmarks(); sync(); });
  themeListeners.push(() => { sync(); showPanel(); });
  startTabs();
  startTime();
  startFilters();
  startBookmarks();
  startGraph();
  showPanel();
  followAddress();
  document.documentElement.dataset.ready = "yes";
  whenIdle(() => hearNames());
}

/** For tests: where the labels stand, where a thing stands on the page, its address, rules without words. */
function openToTests() {
  const thing = (name) => DATA.names.indexOf(name);
  window.kgLabels = () => look.labels.map(({ left, right, top, bottom }) => ({ left, right, top, bottom }));
  window.kgPlace = (name) => {
    const { x, y } = view.screen(thing(name));
    const box = byId("canvas").getBoundingClientRect();
    return { x: x + box.left, y: y + box.top };
  };
  window.kgMapPlace = (name) => {
    const box = byId("map").getBoundingClientRect();
    return { x: mapX(atlas.x[thing(name)]) + box.left, y: mapY(atlas.y[thing(name)]) + box.top, labels: look.mapLabels };
  };
  window.kgUntold = () => DATA.rules.filter((rule) => whyOf(rule) === t("rule", { rule }));
  window.kgAddress = (name) => hrefOf(thing(name));
}

start();
openToTests();
