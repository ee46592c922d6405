// Bars and intervals over years or quarters.
import { shape } from "../dom.js";

const margin = { top: 22, right: 8, bottom: 26, left: 46 };
const tallest = 220;
const widestBar = 38;
const hiddenHeight = 16;
const charWidth = 7;

/** Round numbers from zero to at least the highest, three to six of them. */
function ticksTo(highest) {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(one => one * power).find(one => one >= rough);
  return Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_, at) => at * step);
}

function frame(width, ticks, write) {
  const height = tallest;
  const y = value => margin.top + (height - margin.top - margin.bottom) * (1 - (value - ticks[0]) / (ticks.at(-1) - ticks[0]));
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width: "100%", "aria-hidden": "true" });
  for (const tick of ticks)
    svg.append(
      shape("line", { class: "grid", x1: margin.left, x2: width - margin.right, y1: y(tick), y2: y(tick) }),
      shape("text", { class: "tick", x: margin.left - 6, y: y(tick) + 4, "text-anchor": "end", text: write(tick) }));
  return { svg, y, base: y(ticks[0]), height };
}

function labels(svg, periods, x, step, height) {
  const every = Math.max(1, Math.ceil((Math.max(...periods.map(period => period.length)) * charWidth + 10) / step));
  // Counted from the end: the newest period has its label.
  periods.forEach((period, at) => {
    if ((periods.length - 1 - at) % every === 0) svg.append(shape("text", { class: "tick", x: x(at), y: height - 8, "text-anchor": "middle", text: period }));
  });
}

/**
 * @param series [{ look, values: [{ value, hidden } or null] }], side by side; null = there is no such figure.
 * @param write A value as text, short.
 */
export function bars({ periods, series, write }) {
  return width => {
    const ticks = ticksTo(Math.max(0, ...series.flatMap(one => one.values.map(given => given?.value ?? 0))));
    const { svg, y, base, height } = frame(width, ticks, write);
    const step = (width - margin.left - margin.right) / periods.length;
    const bar = Math.min(widestBar, (step * 0.8) / series.length);
    const left = at => margin.left + step * (at + 0.5) - (bar * series.length) / 2;
    series.forEach(({ look, values }, s) => values.forEach((given, at) => {
      if (!given) return;
      const x = left(at) + bar * s;
      if (given.hidden) {
        svg.append(shape("rect", { class: "withheld", x: x + 1.5, y: base - hiddenHeight, width: Math.max(2, bar - 3), height: hiddenHeight, rx: 2 }));
        return;
      }
      svg.append(shape("rect", { class: look, x: x + 1, y: y(given.value), width: Math.max(1, bar - 2), height: Math.max(0, base - y(given.value)) }));
      const text = write(given.value);
      if (text.length * charWidth <= Math.max(bar, series.length === 1 ? step - 4 : bar)) svg.append(shape("text", { class: "said", x: x + bar / 2, y: y(given.value) - 5, "text-anchor": "middle", text }));
    }));
    labels(svg, periods, at => margin.left + step * (at + 0.5), step, height);
    return svg;
  };
}

/** A dot with its interval for each period. @param at What a line is drawn at, as 1 where it means chance; null = none. @param to [lowest, highest] that the axis holds at least. */
export function dots({ periods, values, write, at = null, to = [0, 1] }) {
  return width => {
    const highest = Math.max(to[1], ...values.flatMap(given => [given?.high ?? 0, given?.value ?? 0]));
    const { svg, y, base, height } = frame(width, ticksTo(highest), write);
    const step = (width - margin.left - margin.right) / periods.length;
    const x = index => margin.left + step * (index + 0.5);
    if (at !== null) svg.append(shape("line", { class: "reference", x1: margin.left, x2: width - margin.right, y1: y(at), y2: y(at) }));
    values.forEach((given, index) => {
      if (!given) return;
      if (given.hidden) {
        svg.append(shape("rect", { class: "withheld", x: x(index) - 8, y: base - hiddenHeight, width: 16, height: hiddenHeight, rx: 2 }));
        return;
      }
      if (given.low !== null && given.high !== null) svg.append(shape("line", { class: "interval", x1: x(index), x2: x(index), y1: y(given.low), y2: y(given.high) }));
      svg.append(
        shape("circle", { class: "dot", cx: x(index), cy: y(given.value), r: 5 }),
        step > 54 && shape("text", { class: "said", x: x(index) + 10, y: y(given.value) + 4, text: write(given.value) }) || "");
    });
    labels(svg, periods, x, step, height);
    return svg;
  };
}
