// Communities: things that hold together, found when the page was made and named by their chief things.

const GROUP_COLOURS = ["#0f6fae", "#a8326f", "#1c7a3e", "#b0481f", "#4b3fa0", "#8a6a00", "#0b7a75", "#8c2d2d", "#5a5f16", "#7a4a94"];
const OTHER_GROUP = "#6f6b64";

const atlas = { x: null, y: null, community: null, groups: [], cells: new Map(), lines: null, picture: null, bounds: null };

/** Reads the places and communities of all things, once. */
function loadPlaces() {
  if (atlas.x) return;
  const { x, y: up, community } = JSON.parse(byId("kg-map").textContent);
  Object.assign(atlas, { x, y: up.map((value) => -value), community });
  atlas.groups = groupsOf(atlas.x, atlas.y, community);
}

/** Number of the community of a thing, the largest being 0; -1 for what is joined to little. */
function groupOf(n) {
  loadPlaces();
  return atlas.community[n];
}

function groupColour(group) {
  const colour = group >= 0 && group < GROUP_COLOURS.length ? GROUP_COLOURS[group] : OTHER_GROUP;
  return theme === "dark" ? mixed(colour, 255, 0.4) : colour;
}

/** Communities with their things, middle, reach, and the names of their chief things; the largest first. */
function groupsOf(x, y, community) {
  const found = new Map();
  for (let n = 0; n < COUNT; n += 1) {
    if (community[n] < 0) continue;
    if (!found.has(community[n])) found.set(community[n], []);
    found.get(community[n]).push(n); // the most important first
  }
  return [...found].map(([number_, things]) => {
    const range = (at) => things.reduce(([low, high], n) => [Math.min(low, at[n]), Math.max(high, at[n])], [Infinity, -Infinity]);
    const [cx, cy] = [range(x), range(y)].map(([low, high]) => (low + high) / 2);
    const reach = things.reduce((most, n) => Math.max(most, Math.hypot(x[n] - cx, y[n] - cy)), 0) + 18;
    const chiefs = things.filter((n) => !RANKED_LOW.has(kindOf(n).name) && kindOf(n).layer === "entity");
    const names = (chiefs.length ? chiefs : things).slice(0, things.length > 24 ? 2 : 1).map((n) => cut(nameOf(n), 9));
    return { group: number_, things, cx, cy, reach, size: things.length, names: [names.join(" · "), ...names] };
  }).sort((a, b) => b.size - a.size || a.group - b.group);
}

/** The communities as rows of the legend. */
function groupRows() {
  loadPlaces();
  const alone = atlas.community.reduce((sum, group) => sum + (group < 0 ? 1 : 0), 0);
  const rows = growing(atlas.groups, groupRow, Math.max(14, legend.querySelectorAll(".goto").length), 40);
  return [rows, alone > 0 && h("p", { class: "hint" }, t("aloneThings", { n: number(alone) }))];
}

function groupRow({ group, things, size, names }) {
  const sign = h("span", { class: "mark disc", "aria-hidden": "true" });
  sign.style.setProperty("--kind", groupColour(group));
  const title = `${things.slice(0, 12).map((n) => cut(nameOf(n), 14)).join("、")}${size > 12 ? "…" : ""}`;
  return [
    switchFor(chosen.hiddenGroups, group, title, sign, h("span", { lang: "zh" }, names[0]), number(size)),
    button("◎", () => lookAtGroup(group), { class: "quiet goto", "aria-label": t("showOnMap", { name: names[0] }), title: t("showOnMap", { name: names[0] }) }),
  ];
}

/** Goes to a community on the map. */
function lookAtGroup(group) {
  closeSheets();
  showView("map");
  const { cx, cy, reach } = atlas.groups.find((one) => one.group === group);
  const scale = Math.min(2.2, Math.min(eye.wide, eye.high) / (reach * 2 + 40));
  Object.assign(eye, { x: cx, y: cy, scale: Math.max(eye.least, scale) });
  paintMap();
}

function setBy(by) {
  chosen.by = by;
  refilter();
  legend.querySelector(`[data-by=${by}]`).focus();
}
