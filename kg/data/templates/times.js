// What has a date: documents, events, letters, posts, figures and words that a text dates.

const LANES = ["Document", "Event", "Message", "Post", "Statistic", "Quotation"];
const DATED_BY = new Set(["heldOn", "sentOn", "observedOn", "saidOn"]);

/** EDTF of a thing: its own, else that of the time it is joined to. */
function dateOfThing(n) {
  if (kindOf(n).name === "Document") return attribute(n, "spoken") || attribute(n, "issued") || "";
  const own = attribute(n, "edtf");
  if (own) return own;
  const [from, until] = [attribute(n, "from"), attribute(n, "until")];
  if (from || until) return from === until ? from : `${from || ".."}/${until || ".."}`;
  const r = OUT[n].find((one) => DATED_BY.has(predicateOf(one).name) && boundsOf(attribute(DATA.objects[one], "edtf")));
  return r === undefined ? "" : attribute(DATA.objects[r], "edtf");
}

let timeTable = null;
/** Lanes: name -> { dated: [{ n, name, edtf, from, until, … }], undated: [{ n, name }] }. */
function timeLanes() {
  if (timeTable) return timeTable;
  timeTable = new Map(LANES.map((lane) => [lane, { dated: [], undated: [] }]));
  for (let n = 0; n < COUNT; n += 1) {
    const lane = kindOf(n).name;
    if (timeTable.has(lane)) putTime(lane, { n, name: shownName(n), kind: lane }, dateOfThing(n));
  }
  for (const item of dedupedPosts()) putTime("Post", item, item.edtf);
  for (const { dated } of timeTable.values()) dated.sort((a, b) => a.from - b.from || a.until - b.until || a.n - b.n);
  timeTable.get("Quotation").undated = []; // words without a date of their own are not missing one
  return timeTable;
}

function putTime(lane, item, edtf) {
  const bounds = boundsOf(edtf);
  if (bounds) timeTable.get(lane).dated.push({ ...item, edtf: String(edtf), ...bounds });
  else timeTable.get(lane).undated.push(item);
}

/** Posts with the day for which each is known, each day once. */
function dedupedPosts() {
  const found = new Map();
  for (let r = 0; r < RELATIONS; r += 1) {
    if (predicateOf(r).name !== "holdsPost") continue;
    const said = new Map(qualifiersOf(r).map((q) => [q.key, q]));
    const body = said.get("organization");
    const name = `${nameOf(DATA.subjects[r])} ${body?.isNode ? nameOf(body.value) : ""}${nameOf(DATA.objects[r])}`;
    const [from, until] = [said.get("from")?.value, said.get("until")?.value];
    const edtf = said.get("asOf")?.value || (from || until ? `${from || ".."}/${until || ".."}` : "");
    const key = `${DATA.subjects[r]} ${name} ${edtf}`;
    if (!found.has(key)) found.set(key, { n: DATA.subjects[r], name, kind: "Person", edtf });
  }
  return [...found.values()];
}

const laneName = (lane) => (lane === "Post" ? t("posts") : labelOf(KINDS.find((kind) => kind.name === lane)));
