// The address of the page: what is chosen and which view is open. Back and forward come through here.

const VIEW_NAMES = ["graph", "map", "matrix", "timeline", "reader", "list"];
let viewName = "graph";
const addressParts = []; // functions that give [key, value] pairs of the open view

/** The address of what is shown now. */
function addressNow() {
  const parts = [];
  if (path.ends) parts.push(["path", DATA.ids[path.ends[0]]], ["to", DATA.ids[path.ends[1]]]);
  else if (chosen.node >= 0) parts.push(["node", DATA.ids[chosen.node]]);
  if (viewName !== "graph") parts.push(["tab", viewName]);
  for (const part of addressParts) parts.push(...part(viewName));
  return `#${parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}

function setAddress() {
  const hash = addressNow();
  if (isAddress(hash)) return;
  window.history.pushState(null, "", hash);
}

/** The same without a step in the history. */
function replaceAddress() {
  const hash = addressNow();
  if (!isAddress(hash)) window.history.replaceState(null, "", hash);
}

const isAddress = (hash) => window.location.hash === hash || (hash === "#" && !window.location.hash);

/** Shows what the address names. */
function followAddress() {
  const found = new Map(new URLSearchParams(window.location.hash.slice(1)));
  const filtered = followFilters(found);
  followChoice(found);
  if (filtered) { sync(); showPanel(); }
  const name = found.get("tab");
  showView(VIEW_NAMES.includes(name) ? name : "graph", { address: false, from: found });
}

function followChoice(found) {
  const ends = [found.get("path"), found.get("to")].map((id) => ROW_OF.get(id));
  if (found.has("path") && ends[0] !== undefined && ends[1] !== undefined) {
    return showPath(ends[0], ends[1], { address: false });
  }
  if (!found.has("node")) return chosen.node >= 0 || path.ends ? unchoose({ address: false }) : undefined;
  const n = ROW_OF.get(found.get("node"));
  if (n === undefined) return notify(t("goneLink"));
  if (n !== chosen.node || path.ends) choose(n, { address: false });
  return undefined;
}
