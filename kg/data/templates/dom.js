// Elements. Text goes in as text nodes only: no string of the data is ever read as markup.

/** An element with properties and children (elements, strings, or nothing). */
function h(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

const byId = (id) => document.getElementById(id);

function button(label, onclick, properties = {}) {
  return h("button", { type: "button", onclick, ...properties }, label);
}

const NUMERALS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/** What stands inside the mark of a thing: a formula's number, else the sign of its kind. */
function glyphOf(n) {
  const kind = kindOf(n);
  const announced = kind.name === "Formula" ? Number(attribute(n, "number")) : 0;
  if (announced > 0) return announced <= 10 ? NUMERALS[announced] : String(announced);
  return kind.glyph;
}

const SHAPES = { statement: "tag", document: "page", entity: "disc" };

/** The mark of a kind as it stands in the graph. */
function mark(kind, glyph = kind.glyph) {
  const node = h("span", { class: `mark ${SHAPES[kind.layer]}`, "aria-hidden": "true" }, glyph);
  node.style.setProperty("--kind", kindColour(kind));
  node.style.setProperty("--sign", signOn(kindColour(kind)));
  return node;
}

/** A link to a thing: its mark and its name. */
function thingLink(n, options = {}) {
  const link = h("a", { class: "thing", href: hrefOf(n), lang: "zh" },
    mark(kindOf(n), options.glyph || glyphOf(n)), h("span", { class: "thing-name" }, options.name ? cut(options.name, 60) : shownName(n)));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(n);
  });
  return link;
}

/** Name as it is shown: a document in title marks, a long statement cut. */
function shownName(n) {
  const name = nameOf(n);
  if (kindOf(n).layer === "document") return /^《.*》$/.test(name) ? name : `《${name}》`;
  return cut(name, 60);
}

function cut(text, length) {
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}

const hrefOf = (n) => `#node=${encodeURIComponent(DATA.ids[n])}`;

/** The hollow mark of what is inferred; it says why on hover and focus. */
function hollow(rule, word = t("inferred")) {
  const why = t("inferredWhy", { why: whyOf(rule) });
  return h("span", { class: "hollow", tabindex: "0", role: "note", "data-why": why, "aria-label": `${t("inferred")}: ${why}` },
    h("i", { "aria-hidden": "true" }), word);
}

/** Rows, the first few at once and the others on demand. */
function growing(items, row, first = 8, step = 40) {
  const list = h("ul", { class: "rows" });
  let shown = 0;
  const grow = (by) => {
    for (const item of items.slice(shown, shown + by)) list.append(h("li", null, row(item)));
    shown = Math.min(items.length, shown + by);
  };
  grow(first);
  const box = h("div", null, list);
  if (shown < items.length) {
    const more = button(t("more", { n: items.length - shown }), () => {
      grow(step);
      if (shown < items.length) more.textContent = t("more", { n: items.length - shown });
      else more.remove();
    }, { class: "quiet more" });
    box.append(more);
  }
  return box;
}
