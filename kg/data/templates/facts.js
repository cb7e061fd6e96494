// The head of an entry: name, kind, other names, where it stands, and its plain attributes.

const SKIPPED = new Set(["number", "status", "sha256", "encoding", "extractedText", "position", "rule", "changes"]);

function entryHead(n) {
  const kind = kindOf(n);
  const status = attribute(n, "status");
  const announced = attribute(n, "number");
  const found = new Set(memberRelations(n, MEMBERSHIP).map((r) => DATA.objects[r])).size;
  return h("header", { class: "entry-head" },
    h("p", { class: "entry-kind" }, mark(kind, glyphOf(n)), h("span", { title: kind.what[language] }, labelOf(kind)),
      status && h("span", { class: `status ${Object.hasOwn(STATUS, status) ? status : ""}` }, wordIn(STATUS, String(status)))),
    h("h2", { lang: "zh", class: [...nameOf(n)].length > 24 ? "long" : null }, shownTitle(n)),
    announced !== undefined && h("p", { class: "counts" }, t("announced", { n: announced }), " · ", t("found", { n: found })),
    aliasLine(n),
    h("p", { class: "gloss" }, gloss(n)));
}

const shownTitle = (n) => (kindOf(n).layer === "document" ? shownName(n) : nameOf(n));

function aliasLine(n) {
  const aliases = aliasesOf(n);
  const naming = DATA.naming[n];
  if (!aliases.length && !naming) return null;
  return h("div", { class: "aliases" },
    aliases.length > 0 && h("p", null, h("span", { class: "label" }, t("alsoCalled")),
      aliases.map((alias) => (
        h("span", { class: "alias", lang: "zh", title: whyOf(alias.rule) },
          alias.name, alias.inferred && hollow(alias.rule))))),
    naming && h("p", null, t("namedNowhere"), " ", hollow(DATA.rules[naming[1]])));
}

/** One line made of facts: in how many documents and places, and where first. */
function gloss(n) {
  const documents = documentsOf(n);
  if (!documents.length) return [];
  const parts = [t("named", { documents: documents.length, places: DATA.mentions[n].length })];
  const life = DATA.documents.length > 1 && firstAndLast(documents);
  if (life) {
    const creator = attribute(DATA.documents[life.first], "creator");
    parts.push(language === "zh" ? "；" : "; ", t(life.sureFirst ? "firstSeen" : "firstSeenPerhaps"), " ", documentLink(life.first), " ", dateOf(life.first),
      creator && h("span", { lang: "zh" }, ` ${cut(String(creator), 24)}`));
  }
  return parts;
}

function attributeList(n) {
  const order = Object.keys(ATTRIBUTES);
  const place = (key) => (order.includes(key) ? order.indexOf(key) : order.length);
  const values = attributesOf(n);
  const rows = Object.entries(values)
    .filter(([key, value]) => !SKIPPED.has(key) && !key.endsWith("Source") && value !== "" && value !== nameOf(n))
    .filter(([key]) => !((key === "from" || key === "until") && values.edtf))
    .filter(([key, value]) => !(key === "value" && String(value) === values.valueText))
    .sort((a, b) => place(a[0]) - place(b[0]));
  if (!rows.length) return null;
  return h("dl", { class: "facts" }, rows.map(([key, value]) => [
    h("dt", null, wordIn(ATTRIBUTES, key)),
    h("dd", { lang: "zh" }, shownValue(key, value),
      Object.hasOwn(values, `${key}Source`) && h("small", null, ` ${t("source")}: ${wordIn(SOURCES, String(values[`${key}Source`]))}`))]));
}

function shownValue(key, value) {
  if (Object.hasOwn(VALUES, key) && Object.hasOwn(VALUES[key], value)) return VALUES[key][value][language];
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  return ["edtf", "from", "until", "issued", "spoken", "asOf", "listedFrom", "listedUntil"].includes(key) ? readableDate(value) : String(value);
}
