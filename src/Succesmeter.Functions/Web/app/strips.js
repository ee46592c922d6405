// A line with a dot on it and its interval as the thick part; dotted where nothing can be placed. Ends are 0 and 1.
import { shape } from "./dom.js";

export function strip(label, at, interval, { middle = false } = {}) {
  const x = share => 6 + 228 * Math.min(1, Math.max(0, share));
  const [low, high] = interval ?? [null, null];
  return shape("svg", { viewBox: "0 0 240 20", role: "img", "aria-label": label, class: "strip" },
    shape("line", { x1: 6, x2: 234, y1: 10, y2: 10, class: at === null ? "rail unknown" : "rail" }),
    at !== null && middle ? shape("line", { x1: 120, x2: 120, y1: 4, y2: 16, class: "tick" }) : null,
    at !== null && low !== null && high !== null ? shape("line", { x1: x(low), x2: x(high), y1: 10, y2: 10, class: "interval" }) : null,
    at !== null ? shape("circle", { cx: x(at), cy: 10, r: 6, class: "dot" }) : null);
}
