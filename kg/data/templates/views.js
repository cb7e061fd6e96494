// The views and their tabs. Each view shows itself when it is opened and when what it shows has changed.

// name -> { show(from), zoom(by), fit(), keys }. Every part but show is optional.
const VIEWS = { graph: { show: () => network.redraw(), zoom: (by) => zoom(by), fit: () => fit() }, list: { show: showList } };

function showView(name, { address = true, from = new Map() } = {}) {
  const before = viewName;
  viewName = name;
  for (const view of VIEW_NAMES) {
    const open = view === name;
    const box = byId(`view-${view}`);
    // The graph keeps its size while it is away, so that it can move to what is chosen.
    if (view === "graph") box.classList.toggle("away", !open);
    else box.hidden = !open;
    byId(`tab-${view}`).setAttribute("aria-selected", String(open));
    byId(`tab-${view}`).tabIndex = open ? 0 : -1;
  }
  document.body.dataset.view = name;
  for (const item of document.querySelectorAll("[data-views]")) {
    item.hidden = !item.dataset.views.split(" ").includes(name);
  }
  if (before !== name) byId(`tab-${name}`).scrollIntoView({ block: "nearest", inline: "nearest" });
  VIEWS[name].show(from);
  if (address) setAddress();
}

/** Shows the open view anew after a change of language, colours, choice or hidden kinds. */
function refreshView() {
  if (viewName !== "graph") VIEWS[viewName].show(new Map());
}

function stepTab(by) {
  const at = (VIEW_NAMES.indexOf(viewName) + by + VIEW_NAMES.length) % VIEW_NAMES.length;
  showView(VIEW_NAMES[at]);
  byId(`tab-${VIEW_NAMES[at]}`).focus();
}

function startTabs() {
  for (const name of VIEW_NAMES) byId(`tab-${name}`).addEventListener("click", () => showView(name));
  byId("tabs").addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight") stepTab(1);
    if (key === "ArrowLeft") stepTab(-1);
  });
}
