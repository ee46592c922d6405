// The charts with a time or a course in them, drawn by uPlot (docs/decisions.md says why). It comes in a chunk of its own, after the words.
// A chart is a figure: a sentence, the picture, and the same figures as a table.
import { element } from "./dom.js";

const colours = () => {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(["ink", "quiet", "line", "line-strong", "blue", "blue-soft", "blue-deep", "ochre", "card"].map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
};
const font = "13px -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
const seconds = at => new Date(at).getTime() / 1000;

/**
 * @param options { sentence, table: { caption, heads, rows }, height, small, open } and what draws it: plot(colours, width) → { options, data } for uPlot.
 * @returns the figure; its end() stops what it listens to.
 */
export function chart({ sentence, table, height, small = false, plot, words, keep }) {
  const place = element("div", { class: "plot", role: "img", "aria-label": sentence });
  place.style.height = `${height}px`;
  const rows = element("table", small ? { class: "sr" } : {},
    element("caption", { text: table.caption }),
    element("thead", {}, element("tr", {}, table.heads.map((text, index) => element("th", { scope: "col", text, class: index > 0 ? "number" : null })))),
    element("tbody", {}, table.rows.map(row => element("tr", {}, row.map((text, index) => index === 0 ? element("th", { scope: "row", text }) : element("td", { class: "number", text }))))));
  const figure = element("figure", { class: small ? "chart small" : "chart" },
    small ? null : element("figcaption", { class: "quiet", text: sentence }),
    place,
    small ? element("div", { class: "sr" }, rows) : element("details", { class: "quiet", "data-keep": keep ?? null }, element("summary", { text: words("page.asTable") }), element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": table.caption }, rows)));

  let drawn = null, uPlot = null, over = false, width = 0;
  const draw = () => {
    if (over || !uPlot || width < 40) return;
    drawn?.destroy();
    const { options, data } = plot(colours(), width);
    drawn = new uPlot({ width, height, legend: { show: false }, cursor: { show: false }, ...options }, data, place);
  };
  const size = new ResizeObserver(([entry]) => { const now = Math.floor(entry.contentRect.width); if (now !== width) { width = now; draw(); } });
  size.observe(place);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", draw);
  import("uplot").then(({ default: made }) => { uPlot = made; draw(); }).catch(() => { place.classList.add("missing"); });
  figure.end = () => { over = true; size.disconnect(); scheme.removeEventListener("change", draw); drawn?.destroy(); };
  return figure;
}

/** Columns on one x for uPlot, from lines that each have points of their own. */
function aligned(lines) {
  const xs = [...new Set(lines.flatMap(line => line.map(([x]) => x)))].sort((one, other) => one - other);
  const at = new Map(xs.map((x, index) => [x, index]));
  return [xs, ...lines.map(line => {
    const column = new Array(xs.length).fill(undefined);
    for (const [x, y] of line) column[at.get(x)] = y;
    return column;
  })];
}

/** @param halo What lies behind it, so that a line that crosses it leaves it to be read. */
function text(context, ratio, say, x, y, { colour, halo = null, align = "left", baseline = "bottom", weight = "" }) {
  context.save();
  context.font = `${weight} ${font.replace("13px", `${13 * ratio}px`)}`.trim();
  context.fillStyle = colour;
  context.textAlign = align;
  context.textBaseline = baseline;
  if (halo) {
    context.setLineDash([]);
    context.strokeStyle = halo;
    context.lineWidth = 5 * ratio;
    context.lineJoin = "round";
    context.strokeText(say, x, y);
  }
  context.fillText(say, x, y);
  context.restore();
}

/** The curve towards its goal, and from now on the fan of where it may end: eight of ten lie within it. */
export function fan({ detail, points, financial, words, format, small = false, height = small ? 132 : 320, keep }) {
  const money = value => format.money(value, detail.goalUnit === "orders" ? null : detail.currency);
  const ends = detail.endsAt ?? points.at(-1)?.at;
  const range = detail.state === "live" && detail.goal && financial?.finalRatio && seconds(ends) > seconds(detail.asOf) ? financial.finalRatio : null;
  const reached = points.filter(point => point.pledged !== null);
  const line = [...(detail.launchedAt && (reached.length === 0 || seconds(detail.launchedAt) < seconds(reached[0].at)) ? [[seconds(detail.launchedAt), 0]] : []), ...reached.map(point => [seconds(point.at), point.pledged])];
  const last = line.at(-1) ?? [seconds(detail.asOf), detail.pledged ?? 0];
  if (line.length > 0 && seconds(detail.asOf) > last[0] && detail.state === "live") line.push([seconds(detail.asOf), last[1]]);
  const from = line.at(-1) ?? last;
  const side = key => range ? [from, [seconds(ends), Math.max(range[key] * detail.goal, 0)]] : [];
  const top = 1.08 * Math.max(detail.goal ?? 0, ...line.map(([, y]) => y), range ? Math.min(range.p90 * detail.goal, 3 * detail.goal) : 0, 1);
  const sentence = [
    detail.goal ? words("page.fanIs", { pledged: money(detail.pledged), goal: money(detail.goal), ends: format.day(ends) }) : words("page.fanNoGoal", { pledged: money(detail.pledged) }),
    range ? words("page.fanEnds", { low: money(range.p10 * detail.goal), high: money(range.p90 * detail.goal) }) : null,
  ].filter(Boolean).join(" ");
  const rows = [
    ...thinned(line, small ? 3 : 12).map(([x, y]) => [format.day(x * 1000), money(y)]),
    ...(range ? [["p10", "page.tableLow"], ["p50", "page.tableMiddle"], ["p90", "page.tableHigh"]].map(([key, code]) => [`${format.day(ends)} (${words(code)})`, money(range[key] * detail.goal)]) : []),
  ];
  return chart({
    sentence, small, height, words, keep,
    table: { caption: words("page.tableFan"), heads: [words("page.day"), words("page.pledged")], rows },
    plot: (colour, width) => ({
      data: aligned([line, side("p10"), side("p90"), side("p50"), detail.goal ? [[line[0]?.[0] ?? last[0], detail.goal], [Math.max(seconds(ends), last[0]), detail.goal]] : []]),
      options: {
        padding: small ? [20, 6, 4, 0] : [14, 12, 0, 0],
        scales: { x: { time: true, range: (_, low, high) => [low, high + 0.01 * (high - low)] }, y: { range: [0, top] } },
        axes: [
          { show: !small, stroke: colour.quiet, font, grid: { show: false }, ticks: { stroke: colour.line, width: 1 }, space: 80, values: (_, splits) => splits.map(x => format.day(x * 1000, true)) },
          { show: !small, stroke: colour.quiet, font, grid: { stroke: colour.line, width: 1 }, ticks: { show: false }, size: 72, values: (_, splits) => splits.map(money) },
        ],
        series: [
          {},
          { stroke: colour.blue, width: small ? 2 : 2.5, spanGaps: true, points: { show: false } },
          { stroke: "transparent", width: 0, spanGaps: true, points: { show: false } },
          { stroke: "transparent", width: 0, spanGaps: true, points: { show: false } },
          { stroke: colour.blue, width: 1.5, dash: [5, 4], spanGaps: true, points: { show: false } },
          { stroke: colour["line-strong"], width: 1, dash: [2, 3], spanGaps: true, points: { show: false } },
        ],
        // The band is painted with its upper line, so the middle comes after it.
        bands: range ? [{ series: [3, 2], fill: colour["blue-soft"] }] : [],
        hooks: {
          draw: [chartNow => {
            const { ctx: context, bbox } = chartNow;
            const ratio = devicePixelRatio;
            context.save();
            context.setLineDash([]);
            const [x, y] = [chartNow.valToPos(from[0], "x", true), chartNow.valToPos(from[1], "y", true)];
            context.beginPath();
            context.arc(x, y, (small ? 3.5 : 5) * ratio, 0, 2 * Math.PI);
            context.fillStyle = colour.blue;
            context.fill();
            context.lineWidth = 2 * ratio;
            context.strokeStyle = colour.card;
            context.stroke();
            context.restore();
            if (detail.goal) text(context, ratio, words("page.goalIs", { goal: money(detail.goal) }), bbox.left + 4 * ratio, chartNow.valToPos(detail.goal, "y", true) - 3 * ratio, { colour: colour.quiet });
            if (!small && range) {
              const right = chartNow.valToPos(seconds(ends), "x", true) - 4 * ratio;
              const high = chartNow.valToPos(Math.min(range.p90 * detail.goal, top), "y", true), low = chartNow.valToPos(range.p10 * detail.goal, "y", true);
              if (low - high > 40 * ratio) {
                text(context, ratio, money(range.p90 * detail.goal), right, Math.max(high + 4 * ratio, bbox.top), { colour: colour["blue-deep"], halo: colour["blue-soft"], align: "right", baseline: "top" });
                text(context, ratio, money(range.p10 * detail.goal), right, low - 4 * ratio, { colour: colour["blue-deep"], halo: colour["blue-soft"], align: "right" });
              }
            }
          }],
        },
      },
    }),
  });
}

/** So many points of a line, its ends among them: a table that can be read. */
function thinned(line, most) {
  if (line.length <= most) return line;
  return Array.from({ length: most }, (_, index) => line[Math.round(index * (line.length - 1) / (most - 1))]);
}

/**
 * What came in, day by day, with a flag for each thing that was done.
 * @param days [{ at (noon of the day), value }]; a day without news is 0. @param flags [{ at, label }]
 */
export function timeLine({ days, flags, sentence, heads, written, words, format, keep }) {
  const flagged = day => flags.filter(flag => new Date(flag.at).toDateString() === new Date(day.at).toDateString()).map(flag => flag.label);
  const width = 86_400;
  return chart({
    sentence, words, height: 200, keep,
    table: { caption: sentence, heads, rows: days.map(day => [format.day(day.at), written(day.value), flagged(day).join(", ") || "–"]) },
    plot: colour => ({
      data: [days.map(day => seconds(day.at)), days.map(day => day.value)],
      options: {
        padding: [30, 12, 0, 0],
        scales: { x: { time: true, range: (_, low, high) => [Math.min(low, ...flags.map(flag => seconds(flag.at))) - width, high + width] }, y: { range: (_, __, high) => [0, Math.max(1, high * 1.05)] } },
        axes: [
          { stroke: colour.quiet, font, grid: { show: false }, ticks: { stroke: colour.line, width: 1 }, space: 80, values: (_, splits) => splits.map(x => format.day(x * 1000, true)) },
          { stroke: colour.quiet, font, grid: { stroke: colour.line, width: 1 }, ticks: { show: false }, size: 56, space: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000], values: (_, splits) => splits.map(written) },
        ],
        series: [{}, { fill: colour.blue, width: 0, points: { show: false }, paths: (u, index, i0, i1) => bars(u, index, i0, i1, width) }],
        hooks: {
          draw: [({ ctx: context, bbox, valToPos }) => {
            const ratio = devicePixelRatio;
            context.save();
            context.setLineDash([]);
            context.strokeStyle = context.fillStyle = colour.ochre;
            context.lineWidth = ratio;
            for (const flag of flags) {
              const x = Math.round(valToPos(seconds(flag.at), "x", true));
              context.globalAlpha = 0.45;
              context.beginPath();
              context.moveTo(x, bbox.top - 22 * ratio);
              context.lineTo(x, bbox.top + bbox.height);
              context.stroke();
              context.globalAlpha = 1;
              context.beginPath();
              context.moveTo(x, bbox.top - 22 * ratio);
              context.lineTo(x + 10 * ratio, bbox.top - 17 * ratio);
              context.lineTo(x, bbox.top - 12 * ratio);
              context.fill();
            }
            context.restore();
          }],
        },
      },
    }),
  });
}

function bars(u, index, i0, i1, day) {
  const fill = new Path2D();
  const base = u.valToPos(0, "y", true);
  const wide = Math.max(1, 0.7 * (u.valToPos(u.scales.x.min + day, "x", true) - u.valToPos(u.scales.x.min, "x", true)));
  for (let at = i0; at <= i1; at++) {
    const value = u.data[index][at];
    if (!value) continue;
    const y = u.valToPos(value, "y", true);
    fill.rect(u.valToPos(u.data[0][at], "x", true) - wide / 2, y, wide, base - y);
  }
  return { fill, stroke: null, clip: null, band: null, gaps: null, flags: 0 };
}

/** Courses of others beside its own: share of the goal over share of the time. @param own [[share of time, ratio]] */
export function courses({ comparables, own, sentence, words, format, keep }) {
  const line = ratios => ratios.map((ratio, index) => [index / (ratios.length - 1), ratio]);
  const most = Math.min(3, Math.max(1.1, ...comparables.flatMap(one => one.ratios), ...own.map(([, ratio]) => ratio)));
  const at = [0.25, 0.5, 0.75, 1];
  return chart({
    sentence, words, height: 260, keep,
    table: {
      caption: sentence, heads: [words("page.course"), ...at.map(share => format.percent(share))],
      rows: comparables.map((one, index) => [words("page.courseOf", { n: index + 1, stands: one.stands }, { stands: one.stands }), ...at.map(share => format.percent(one.ratios[Math.round(share * (one.ratios.length - 1))]))]),
    },
    plot: colour => ({
      data: aligned([...comparables.map(one => line(one.ratios)), own, [[0, 1], [1, 1]]]),
      options: {
        padding: [14, 26, 0, 0],
        scales: { x: { time: false, range: [0, 1] }, y: { range: [0, most * 1.05] } },
        axes: [
          { stroke: colour.quiet, font, grid: { show: false }, ticks: { stroke: colour.line, width: 1 }, space: 60, values: (_, splits) => splits.map(format.percent) },
          { stroke: colour.quiet, font, grid: { stroke: colour.line, width: 1 }, ticks: { show: false }, size: 56, values: (_, splits) => splits.map(format.percent) },
        ],
        series: [{}, ...comparables.map(() => ({ stroke: colour["line-strong"], width: 1.5, spanGaps: true, points: { show: false } })), { stroke: colour.blue, width: 3, spanGaps: true, points: { show: false } }, { stroke: colour["line-strong"], width: 1, dash: [2, 3], spanGaps: true, points: { show: false } }],
      },
    }),
  });
}
