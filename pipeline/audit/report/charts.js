const SVG = "http://www.w3.org/2000/svg";
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

// Text of pages goes in as text nodes only; what would turn it around is shown by its number.
function put(node, value) {
  if (value === null || value === undefined || value === false) return;
  if (Array.isArray(value)) { value.forEach(each => put(node, each)); return; }
  if (value instanceof Node) { node.append(value); return; }
  const text = String(value);
  let at = 0;
  for (const found of text.matchAll(CONTROLS)) {
    node.append(text.slice(at, found.index));
    const shown = document.createElement("span");
    shown.className = "control";
    shown.textContent = "U+" + found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    node.append(shown);
    at = found.index + found[0].length;
  }
  node.append(text.slice(at));
}
function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  put(node, children);
  return node;
}
function s(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  put(node, children);
  return node;
}
const number = value => value === null || value === undefined ? "–" : Number(value).toLocaleString("en-US");
const share = (part, whole) => whole ? (100 * part / whole).toFixed(part / whole < .001 && part ? 3 : part / whole < .1 ? 2 : 1) + " %" : "–";
function short(value) {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value);
  if (lang === "zh") {
    if (size >= 1e8) return trim(value / 1e8) + " 亿";
    if (size >= 1e4) return trim(value / 1e4) + " 万";
  } else {
    for (const [unit, name] of [[1e9, " bn"], [1e6, " m"], [1e4, " k"]]) {
      if (size >= unit) return trim(value / (unit === 1e4 ? 1e3 : unit)) + name;
    }
  }
  return number(value);
}
const trim = value => Number(value.toPrecision(3)).toLocaleString("en-US");
const figure = value => value === null || value === undefined ? "–" : Number.isInteger(value) ? number(value) : String(Number(value.toPrecision(4)));
function bytes(value) {
  if (value === null || value === undefined) return "–";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let place = 0;
  while (value >= 1024 && place < units.length - 1) { value /= 1024; place += 1; }
  return trim(value) + " " + units[place];
}
function table(columns, rows) {
  return h("div.scroll", null, h("table", null,
    h("thead", null, h("tr", null, columns.map(c => h(c.n ? "th.n" : "th", null, c.label)))),
    h("tbody", null, rows.map(row => h("tr", null, columns.map(c => h(c.n ? "td.n" : "td", null, c.get(row))))))));
}
function behind(columns, rows) {
  return h("details", null, h("summary", null, t("table")), table(columns, rows));
}
// A bar of parts, its legend with numbers, and the table behind it.
function parts(list, unit) {
  const whole = list.reduce((sum, part) => sum + part.value, 0);
  const svg = s("svg", { viewBox: "0 0 1000 34", role: "img", preserveAspectRatio: "none", style: "height:2.1rem" });
  svg.setAttribute("aria-label", list.map(p => `${p.label} ${number(p.value)}`).join(", "));
  let x = 0;
  for (const part of list) {
    const width = whole ? 1000 * part.value / whole : 0;
    svg.append(s("rect", { x, y: 0, width: Math.max(0, width - (width > 4 ? 2 : 0)), height: 34, fill: part.color,
      "data-tip": `${part.label}\n${number(part.value)} ${unit} · ${share(part.value, whole)}` }));
    x += width;
  }
  const legend = h("ul.legend", null, list.map(part => h("li", null,
    h("i", { style: `background:${part.color}` }), `${part.label} `, h("b", null, number(part.value)), ` · ${share(part.value, whole)}`)));
  return h("div", null, svg, legend);
}
// Horizontal bars: one row each, name, bar and number.
function bars(list, unit, color) {
  const most = Math.max(1, ...list.map(row => row.value));
  const whole = list.reduce((sum, row) => sum + row.value, 0);
  return h("div.scroll", null, h("table", null, h("tbody", null, list.map(row => h("tr", { "data-tip": `${row.label}\n${number(row.value)} ${unit} · ${share(row.value, whole)}` },
    h("td", { style: "width:38%" }, row.label),
    h("td", null, bar(row.value / most, row.color || color)),
    h("td.n", null, number(row.value)), h("td.n.soft", null, share(row.value, whole)))))));
}
function bar(part, color) {
  const svg = s("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", style: "height:.7rem;margin-top:.35rem", "aria-hidden": "true" });
  svg.append(s("rect", { x: 0, y: 0, width: Math.max(.4, 100 * part), height: 8, rx: 1, fill: color }));
  return svg;
}
const SERIES = [["kept", "var(--kept)"], ["rejected", "var(--rejected)"]];
// Kept against lost, as shares of each, with the limits.
function histogram(signal) {
  const W = 330, H = 158, L = 34, R = 8, T = 18, B = 34;
  const isCount = signal.unit !== "ratio" && signal.unit !== "bits";
  const series = SERIES.filter(([name]) => signal.outcomes[name]);
  const all = series.flatMap(([name]) => signal.outcomes[name].bins);
  if (!all.length) return h("p.soft", null, t("nothing"));
  const scale = value => isCount ? Math.log2(1 + value) : value;
  const top = Math.max(...all.map(bin => bin[1]), ...signal.limits.map(limit => limit.limit * 1.05));
  const end = scale(signal.unit === "ratio" ? Math.min(1, Math.max(.1, top)) : Math.max(1, top)) || 1;
  const x = value => L + (W - L - R) * Math.min(1, scale(value) / end);
  const part = (name, bin) => bin[2] / signal.outcomes[name].documents;
  const high = Math.max(...series.flatMap(([name]) => signal.outcomes[name].bins.map(bin => part(name, bin)))) || 1;
  const y = value => H - B - (H - T - B) * value / high;
  const svg = s("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `${signal.name}: ${series.map(([n]) => n).join(", ")}` });
  svg.append(s("line", { x1: L, x2: W - R, y1: H - B, y2: H - B, class: "axis" }), s("line", { x1: L, x2: L, y1: T, y2: H - B, class: "axis" }));
  svg.append(s("text", { x: L - 4, y: y(high) + 4, "text-anchor": "end" }, Math.round(100 * high) + "%"), s("text", { x: L - 4, y: H - B, "text-anchor": "end" }, "0"));
  for (const [place, [name, color]] of series.entries()) {
    for (const bin of signal.outcomes[name].bins) {
      const left = x(bin[0]), right = Math.max(left + 1, x(bin[1])), up = y(part(name, bin));
      const shape = place === 0
        ? { x: left, y: up, width: Math.max(.8, right - left - .6), height: Math.max(.6, H - B - up), fill: color, "fill-opacity": .55 }
        : { x: left, y: up, width: Math.max(.8, right - left - .6), height: Math.max(.6, H - B - up), fill: "none", stroke: color, "stroke-width": 1.3 };
      const tip = [`${figure(bin[0])} – ${figure(bin[1])} ${unitName(signal.unit)}`, ...series.map(([n]) => {
        const same = signal.outcomes[n].bins.find(b => b[0] === bin[0]);
        return `${outcome(n)}: ${number(same ? same[2] : 0)} (${share(same ? same[2] : 0, signal.outcomes[n].documents)})`;
      })].join("\n");
      svg.append(s("rect", { ...shape, "data-tip": tip, "pointer-events": "all" }));
    }
  }
  for (const [place, limit] of signal.limits.entries()) {
    const at = x(limit.limit), isRight = at > W * .6;
    svg.append(s("line", { x1: at, x2: at, y1: T - 6, y2: H - B, stroke: "var(--limit)", "stroke-width": 1.4, "stroke-dasharray": "5 3" }));
    svg.append(s("text", { x: at + (isRight ? -3 : 3), y: T - 8 + 10 * (place % 2), "text-anchor": isRight ? "end" : "start", style: "fill:var(--limit)" },
      `${limit.bound} ${figure(limit.limit)}${limit.of.length ? ` (${limit.of.join(", ")})` : ""}`));
  }
  const step = [.005, .01, .02, .05, .1, .2, .25, .5, 1, 2, 4].find(each => end / each <= 5.01) || end;
  const ticks = isCount ? [0, 1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8].filter(v => scale(v) <= end)
    : Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, place) => Number((place * step).toPrecision(6)));
  let free = 0;
  for (const value of ticks) {
    const at = x(value);
    if (at < free) continue;
    free = at + 26;
    svg.append(s("line", { x1: at, x2: at, y1: H - B, y2: H - B + 3, class: "axis" }));
    svg.append(s("text", { x: at, y: H - B + 14, "text-anchor": value === 0 ? "start" : at > W - R - 12 ? "end" : "middle" }, value >= 1e3 ? short(value) : String(value)));
  }
  svg.append(s("text", { x: (L + W - R) / 2, y: H - 5, "text-anchor": "middle" }, unitName(signal.unit)));
  return svg;
}
// Columns over time or over classes.
function columns(list, unit, color, W = 660) {
  const H = 170, L = 48, B = 40, T = 10, step = (W - L - 4) / Math.max(1, list.length);
  const most = Math.max(1, ...list.map(row => row.value));
  const svg = s("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": list.map(r => `${r.label} ${r.value}`).join(", ").slice(0, 300) });
  svg.append(s("line", { x1: L, x2: W, y1: H - B, y2: H - B, class: "axis" }), s("text", { x: L - 4, y: T + 8, "text-anchor": "end" }, short(most)), s("text", { x: L - 4, y: H - B, "text-anchor": "end" }, "0"));
  const every = Math.ceil(list.length / (W / 60));
  for (const [place, row] of list.entries()) {
    const height = (H - B - T) * row.value / most, left = L + place * step;
    svg.append(s("rect", { x: left + step * .1, y: H - B - height, width: step * .8, height: Math.max(row.value ? .8 : 0, height), fill: color, "data-tip": `${row.label}\n${number(row.value)} ${unit}` }));
    if (place % every === 0) svg.append(s("text", { x: left + step / 2, y: H - B + 14, "text-anchor": "middle" }, row.label));
  }
  svg.append(s("text", { x: W / 2, y: H - 8, "text-anchor": "middle" }, unit));
  return svg;
}
