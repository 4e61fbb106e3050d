// Hover and zoom over the server's drawing. The drawing carries its own scales (data-*), so nothing is fetched
// and nothing moves: the values are read back from the paths that are already there.
import { absolute } from "./times";

const svg = "http://www.w3.org/2000/svg";
type Line = { name: string; unit: string; runs: [number, number][][] };
type Scale = { from: number; to: number; low: number; high: number; log: boolean; top: number; height: number };

export function watchCharts(): void {
  let drag: { chart: SVGSVGElement; start: number; pane: SVGElement } | undefined;

  document.addEventListener("pointermove", (event) => {
    const chart = (event.target as Element).closest?.<SVGSVGElement>("svg.c[data-from]");
    document.querySelectorAll(".hover").forEach((h) => { if (h.parentNode !== chart) h.remove(); });
    if (!chart) return;
    const share = shareAt(chart, event.clientX);
    if (drag?.chart === chart) widen(drag, share);
    else hover(chart, share);
  });
  document.addEventListener("pointerdown", (event) => {
    const chart = (event.target as Element).closest?.<SVGSVGElement>("svg.c[data-zoom]");
    if (!chart || event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    const pane = make("rect", { class: "zoom", y: chart.dataset.top!, height: chart.dataset.height! });
    chart.append(pane);
    drag = { chart, start: shareAt(chart, event.clientX), pane };
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const { chart, start, pane } = drag;
    drag = undefined;
    pane.remove();
    zoom(chart, start, shareAt(chart, event.clientX));
  });
}

function shareAt(chart: SVGSVGElement, x: number): number {
  const box = chart.getBoundingClientRect();
  return Math.min(1, Math.max(0, (x - box.left) / box.width));
}

function widen(drag: { start: number; pane: SVGElement }, share: number): void {
  drag.pane.setAttribute("x", `${Math.min(drag.start, share) * 100}%`);
  drag.pane.setAttribute("width", `${Math.abs(share - drag.start) * 100}%`);
}

function zoom(chart: SVGSVGElement, a: number, b: number): void {
  if (Math.abs(a - b) < 0.01) return;
  const { from, to } = scaleOf(chart);
  const at = (share: number) => new Date(from + share * (to - from)).toISOString().slice(0, 19) + "Z";
  const address = new URL(location.href);
  address.searchParams.delete("range");
  address.searchParams.set("from", at(Math.min(a, b)));
  address.searchParams.set("to", at(Math.max(a, b)));
  location.assign(address);
}

function scaleOf(chart: SVGSVGElement): Scale {
  const d = chart.dataset;
  return {
    from: Number(d.from), to: Number(d.to), low: Number(d.low), high: Number(d.high),
    log: d.log !== undefined, top: Number(d.top), height: Number(d.height),
  };
}

function linesOf(chart: SVGSVGElement): Line[] {
  const lines = new Map<string, Line>();
  for (const path of chart.querySelectorAll<SVGPathElement>("path[data-name]")) {
    const name = path.dataset.name!;
    const line = lines.get(name) ?? { name, unit: path.dataset.unit ?? "", runs: [] };
    line.runs.push([...path.getAttribute("d")!.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x) / 1000, Number(y)]));
    lines.set(name, line);
  }
  return [...lines.values()];
}

// The server left out points on straight lines, so what lies between two is on the line; between two runs is a hole.
function valueAt(line: Line, share: number, s: Scale): number | undefined {
  for (const run of line.runs) {
    const right = run.findIndex((point) => point[0] >= share);
    if (right < 0 || (right === 0 && run[0][0] - share > 0.002)) continue;
    const [b, a] = [run[right], run[Math.max(right - 1, 0)]];
    const part = b[0] > a[0] ? (share - a[0]) / (b[0] - a[0]) : 1;
    const up = 1 - (a[1] + part * (b[1] - a[1])) / s.height;
    return s.log ? s.low * (s.high / s.low) ** up : s.low + up * (s.high - s.low);
  }
  return undefined;
}

function hover(chart: SVGSVGElement, share: number): void {
  chart.querySelector(".hover")?.remove();
  const s = scaleOf(chart);
  const at = new Date(s.from + share * (s.to - s.from));
  const rows = linesOf(chart).map((line) => {
    const value = valueAt(line, share, s);
    return `${line.name} ${value === undefined ? "no data" : figure(value) + line.unit}`;
  });
  const words = [absolute(at, "full"), `${at.toISOString().slice(11, 16)} UTC`, ...rows];
  const group = make("svg", { class: "hover", x: `${share * 100}%`, y: "0", overflow: "visible" });
  group.append(make("line", { class: "now", y1: String(s.top), y2: String(s.top + s.height) }));
  const wide = Math.max(...words.map((w) => w.length)) * 6.6 + 20;
  // Beside the line on the side with room; where neither has any, as far left as the chart goes.
  const box = chart.getBoundingClientRect().width;
  const x = share * box;
  const left = x + wide + 10 <= box ? 10 : x - wide - 10 >= 0 ? -wide - 10 : -x + Math.max(0, Math.min(x + 10, box - wide));
  group.append(make("rect", { class: "tip", x: String(left), y: String(s.top), rx: "5", width: String(wide), height: String(words.length * 16 + 12) }));
  words.forEach((w, i) => {
    const text = make("text", { class: i === 1 ? "" : "b", x: String(left + 10), y: String(s.top + 18 + i * 16) });
    text.textContent = w;
    group.append(text);
  });
  chart.append(group);
}

function figure(value: number): string {
  const size = Math.abs(value);
  return size >= 1000 ? Math.round(value).toLocaleString("en-US") : value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

function make(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
