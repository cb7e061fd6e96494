// The legend: kinds or communities with their marks and counts, and kinds of lines. A click hides or shows.

const legend = byId("legend");

/** How many rows bear each name. */
function totals(count, nameAt) {
  const found = new Map();
  for (let at = 0; at < count; at += 1) found.set(nameAt(at), (found.get(nameAt(at)) || 0) + 1);
  return found;
}

const kindTotals = totals(COUNT, (n) => kindOf(n).name);
const predicateTotals = totals(RELATIONS, (r) => predicateOf(r).name);

function showLegend() {
  const open = legend.querySelector("details")?.open || false;
  const things = [...drawn.keys()];
  const shown = totals(things.length, (at) => kindOf(things[at]).name);
  const kinds = KINDS.filter((kind) => kindTotals.has(kind.name));
  const lines = PREDICATES.filter((predicate) => predicateTotals.has(predicate.name));
  const hidden = chosen.by === "group" ? chosen.hiddenGroups : chosen.hiddenKinds;
  const showAll = button(t("allKinds"), () => { hidden.clear(); refilter(); }, { class: "quiet" });
  const by = ["kind", "group"].map((key) => button(t(`by_${key}`), () => setBy(key), { "aria-pressed": String(chosen.by === key), "data-by": key }));
  const rows = chosen.by === "group" ? h("div", null, groupRows())
    : h("ul", null, kinds.map((kind) => h("li", null, kindSwitch(kind, shown.get(kind.name) || 0))));
  legend.replaceChildren(
    h("h2", null, h("span", { class: "segments", role: "group", "aria-label": t("colourBy") }, by), hidden.size > 0 && showAll),
    rows,
    h("details", { open }, h("summary", null, t("lines")),
      h("ul", null, lines.map((predicate) => h("li", null, lineSwitch(predicate))))));
}

function kindSwitch(kind, count) {
  const total = kindTotals.get(kind.name);
  const figures = count ? `${number(count)} / ${number(total)}` : number(total);
  const title = `${kind.what[language]} ${t("drawnOf", { drawn: count, n: total })} · ${t("legendHint")}`;
  return switchFor(chosen.hiddenKinds, kind.name, title, mark(kind), labelOf(kind), figures);
}

function lineSwitch(predicate) {
  const sign = h("span", { class: "line-mark", "aria-hidden": "true" });
  const figures = number(predicateTotals.get(predicate.name));
  return switchFor(chosen.hiddenPredicates, predicate.name, t("legendHint"), sign, labelOf(predicate), figures);
}

function switchFor(hidden, name, title, sign, label, figures) {
  const flip = () => {
    if (!hidden.delete(name)) hidden.add(name);
    refilter();
    // The legend was built anew: keep the place of a reader who uses the keyboard.
    [...legend.querySelectorAll("[data-name]")].find((node) => node.dataset.name === String(name))?.focus();
  };
  const state = { class: "switch", "aria-pressed": String(!hidden.has(name)), title, "data-name": name };
  return button([sign, h("span", { class: "switch-name" }, label), h("span", { class: "switch-count" }, figures)], flip, state);
}
