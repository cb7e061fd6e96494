// Light and dark: the system's choice, or the reader's. The canvas takes its colours from the style sheet.

const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");
const stillSystem = window.matchMedia("(prefers-reduced-motion: reduce)");
const themeListeners = [];
let theme = remembered.get("kg-theme") || (darkSystem.matches ? "dark" : "light");
let ink = {};

function applyTheme() {
  document.documentElement.dataset.theme = theme;
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  ink = {
    ground: value("--ground"), raised: value("--raised"), text: value("--text"), muted: value("--muted"),
    line: value("--line-graph"), faint: value("--line-faint"), strong: value("--line-strong"), accent: value("--accent"),
  };
}

function setTheme(value) {
  theme = value;
  applyTheme();
  for (const listener of themeListeners) listener();
}

/** Colour of a kind, lighter on a dark ground. */
function kindColour(kind) {
  return theme === "dark" ? mixed(kind.colour, 255, 0.34) : kind.colour;
}

/** Colour of the sign inside a mark: light on dark colours, dark on light ones. */
function signOn(colour) {
  if (theme === "dark") return "#14161a";
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return red * 0.3 + green * 0.59 + blue * 0.11 > 140 ? "#1f2328" : "#ffffff";
}

function mixed(colour, toward, share) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (toward - part) * share)).join(",")})`;
}

const motion = () => (stillSystem.matches ? false : { duration: 200, easingFunction: "easeInOutQuad" });

darkSystem.addEventListener("change", (event) => {
  if (!remembered.get("kg-theme")) setTheme(event.matches ? "dark" : "light");
});
