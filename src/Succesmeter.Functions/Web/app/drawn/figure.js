// A chart of few points: drawn as SVG in the page's own colours and sizes, so that it prints as lines and not as pixels. Beside it always stand a sentence and a table.
import { element } from "../dom.js";

const paperPixels = 330;      // half of a sheet of A4 within its margins

/** @param draw (width in pixels) → an SVG element; called again when the width changes. */
export function figureOf({ title, sentence, draw, legend = [], table, tableTitle, note = null }) {
  const plot = element("div", { class: "plot", "aria-hidden": "true" });
  let width = 0;
  const watch = new ResizeObserver(([entry]) => {
    const now = Math.round(entry.contentRect.width);
    if (now === 0 || Math.abs(now - width) < 2) return;
    width = now;
    plot.replaceChildren(draw(now));
  });
  watch.observe(plot);
  plot.drawAt = now => plot.replaceChildren(draw(now));
  return element("figure", { class: "drawn" },
    element("figcaption", {}, element("h3", { text: title }), sentence && element("p", { text: sentence })),
    legend.length > 1 && element("ul", { class: "legend", "aria-hidden": "true" }, legend.map(({ name, look }) => element("li", {}, element("span", { class: `mark ${look}` }), name))),
    plot,
    note && element("p", { class: "quiet", text: note }),
    element("details", { class: "as-table" }, element("summary", { text: tableTitle }), table));
}

/** Paper is narrower than most windows: charts are drawn for it, so that their letters are not made small. Returns what draws them for the window again. */
export function drawForPaper(root) {
  const plots = [...root.querySelectorAll(".plot")];
  for (const plot of plots) plot.drawAt(paperPixels);
  return () => { for (const plot of plots) if (plot.clientWidth > 0) plot.drawAt(plot.clientWidth); };
}

/** @param heads [{ text, number }]. @param rows Arrays of texts or elements; the first of each is its head. */
export function tableOf({ caption, heads, rows }) {
  return element("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    element("table", {},
      element("caption", { text: caption }),
      element("thead", {}, element("tr", {}, heads.map(({ text, number }) => element("th", { scope: "col", class: number ? "number" : null, text })))),
      element("tbody", {}, rows.map(row => element("tr", {}, row.map((cell, at) => {
        const attributes = { class: heads[at].number ? "number" : null };
        if (at === 0) attributes.scope = "row";
        return typeof cell === "object" && cell !== null ? element(at === 0 ? "th" : "td", attributes, cell) : element(at === 0 ? "th" : "td", { ...attributes, text: cell });
      }))))));
}
