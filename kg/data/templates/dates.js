// Dates: EDTF strings as days, counted from 1970-01-01.

function dayOf(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / 864e5);
}

const dateOfDay = (day) => new Date(day * 864e5);
const isoDay = (day) => dateOfDay(day).toISOString().slice(0, 10);

/** First and last day of one date of EDTF, or null when its year is not known. */
function datePart(text) {
  const bare = text.replace(/[~?%]+$/, "");
  const loose = /^(\d{1,4})(X{1,3})$/.exec(bare);
  if (loose) {
    const years = 10 ** loose[2].length;
    const year = Number(loose[1]) * years;
    return { from: dayOf(year, 1, 1), until: dayOf(year + years, 1, 0) };
  }
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(bare);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? 0 : Number(part)));
  if (day) return { from: dayOf(year, month, day), until: dayOf(year, month, day) };
  if (month) return { from: dayOf(year, month, 1), until: dayOf(year, month + 1, 0) };
  return { from: dayOf(year, 1, 1), until: dayOf(year + 1, 1, 0) };
}

/** Bounds of an EDTF date or interval: { from, until, about, openStart, openEnd }, or null. */
function boundsOf(edtf) {
  const text = String(edtf || "");
  const [left, right] = text.includes("/") ? text.split("/") : [text, text];
  const isOpen = (side) => side === ".." || side === "";
  const [start, end] = [isOpen(left) ? null : datePart(left), isOpen(right) ? null : datePart(right)];
  if ((!start && !isOpen(left)) || (!end && !isOpen(right)) || (!start && !end)) return null;
  const from = start ? start.from : end.from;
  const until = end ? end.until : start.until;
  return { from, until: Math.max(from, until), about: /[~?%X]/.test(text), openStart: !start, openEnd: !end };
}
