// The drawn things as a plain table, for reading line by line and for screen readers.

function showList() {
  const box = byId("view-list");
  const things = [...drawn.keys()].filter(isVisible);
  const order = new Map(KINDS.map((kind, at) => [kind.name, at]));
  things.sort((a, b) => order.get(kindOf(a).name) - order.get(kindOf(b).name) || a - b);
  const heads = ["name", "kind", "degree", "inDocuments"].map((key) => h("th", { scope: "col" }, t(key)));
  box.replaceChildren(
    h("h2", null, t("listTitle", { n: things.length })),
    h("table", null, h("thead", null, h("tr", null, heads)), h("tbody", null, things.map(listRow))));
}

function listRow(n) {
  return h("tr", { class: n === chosen.node ? "chosen" : null },
    h("th", { scope: "row" }, thingLink(n)), h("td", null, labelOf(kindOf(n))),
    h("td", { class: "figure" }, number(degreeOf(n))), h("td", { class: "figure" }, number(documentsOf(n).length)));
}
