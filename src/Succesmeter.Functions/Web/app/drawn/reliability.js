// What came of what was said: a dot for each tenth of probabilities, against the line on which both are the same.
import { shape } from "../dom.js";

const margin = { top: 12, right: 12, bottom: 44, left: 52 };
const widest = 520;

/** @param bins [{ n, forecast, happened, low, high }]; the dot's area grows with n. */
export function reliability({ bins, write, xName, yName }) {
  return width => {
    const side = Math.min(widest, width);
    const inner = side - margin.left - margin.right;
    const x = value => margin.left + inner * value;
    const y = value => margin.top + inner * (1 - value);
    const height = margin.top + inner + margin.bottom;
    const svg = shape("svg", { viewBox: `0 0 ${side} ${height}`, width: side, class: "square", "aria-hidden": "true" });
    for (const tick of [0, 0.25, 0.5, 0.75, 1])
      svg.append(
        shape("line", { class: "grid", x1: x(0), x2: x(1), y1: y(tick), y2: y(tick) }),
        shape("line", { class: "grid", x1: x(tick), x2: x(tick), y1: y(0), y2: y(1) }),
        shape("text", { class: "tick", x: x(0) - 6, y: y(tick) + 4, "text-anchor": "end", text: write(tick) }),
        shape("text", { class: "tick", x: x(tick), y: y(0) + 18, "text-anchor": "middle", text: write(tick) }));
    svg.append(
      shape("text", { class: "tick", x: x(0.5), y: height - 6, "text-anchor": "middle", text: xName }),
      shape("text", { class: "tick", x: 12, y: y(0.5), "text-anchor": "middle", transform: `rotate(-90 12 ${y(0.5)})`, text: yName }),
      shape("line", { class: "reference", x1: x(0), y1: y(0), x2: x(1), y2: y(1) }));
    const most = Math.max(...bins.map(bin => bin.n));
    for (const bin of bins)
      svg.append(
        shape("line", { class: "interval", x1: x(bin.forecast), x2: x(bin.forecast), y1: y(bin.low), y2: y(bin.high) }),
        shape("circle", { class: "dot", cx: x(bin.forecast), cy: y(bin.happened), r: 3 + 5 * Math.sqrt(bin.n / most) }));
    return svg;
  };
}
