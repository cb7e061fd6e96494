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

function setDepth(depth) {
  chosen.depth = depth;
  for (const node of document.querySelectorAll("[data-depth]")) {
    node.setAttribute("aria-pressed", String(Number(node.dataset.depth) === depth));
  }
  sync();
}

function toggleMenu(open = byId("save-menu").hidden) {
  byId("save-menu").hidden = !open;
  byId("save-opener").setAttribute("aria-expanded", String(open));
}

const KEYS = {
  "/": () => { if (isNarrow()) openSheet("left"); searchBox.focus(); searchBox.select(); },
  "+": () => zoomView(1.3), "=": () => zoomView(1.3), "-": () => zoomView(1 / 1.3), 0: () => VIEWS[viewName].fit?.(),
  Escape: () => {
    if (!byId("save-menu").hidden) toggleMenu(false);
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
  "zoom-in": () => zoom(1.3), "zoom-out": () => zoom(1 / 1.3), fit: () => fit(),
  reset: () => { unchoose(); openingView(); },
  theme: () => { setTheme(theme === "dark" ? "light" : "dark"); remembered.set("kg-theme", theme); },
  language: () => setLanguage(language === "zh" ? "en" : "zh"),
  "open-find": () => openSheet("left"), "close-left": closeSheets, "close-right": closeSheets,
  "save-opener": () => toggleMenu(),
  "save-svg": saveVector, "save-map": saveMap, "save-matrix": saveMatrix, "save-times": saveTimes, "save-text": saveText,
  print: () => { toggleMenu(false); window.print(); },
  "save-png": savePicture, "save-nodes": saveThings, "save-relations": saveRelations,
};

function start() {
  applyTheme();
  translatePage();
  for (const [id, act] of Object.entries(CLICKS)) byId(id).addEventListener("click", () => act());
  for (const node of document.querySelectorAll("[data-depth]")) {
    node.addEventListener("click", () => setDepth(Number(node.dataset.depth)));
  }
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", ({ target }) => {
    if (!byId("save").contains(target) || target.closest(".menu-items")) toggleMenu(false);
  });
  window.addEventListener("popstate", followAddress);
  window.addEventListener("hashchange", followAddress);
  drawnListeners.push(showLegend, refreshView);
  languageListeners.push(() => { showHits(); showPanel(); sync(); });
  themeListeners.push(() => { sync(); showPanel(); });
  startTabs();
  startTime();
  startGraph();
  setDepth(1);
  showPanel();
  followAddress();
  document.documentElement.dataset.ready = "yes";
}

/** For tests: where the labels stand, where a thing stands on the page, its address. */
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
  window.kgAddress = (name) => hrefOf(thing(name));
}

start();
openToTests();
