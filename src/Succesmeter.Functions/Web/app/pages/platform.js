// What a platform does for its city: the report, as charts for who reads it here and as a clean print for who decides about it.
import { element } from "../dom.js";
import { drawForPaper, figureOf, tableOf } from "../drawn/figure.js";
import { bars, dots } from "../drawn/periods.js";

const year = /^\d{4}$/;
const quarter = /^(\d{4})-Q(\d)$/;
const mostQuarters = 12;
const secondsBetweenLooks = 300;
const placeDivisions = ["region", "community", "municipality"];
const campaignDivisions = ["category", "place", "language", "funding"];

export async function show(root, context) {
  const { platform } = context.params;
  const choice = { per: null, year: null, by: "category" };
  let report = await context.api(`/api/platforms/${platform}/report`);
  const draw = () => root.replaceChildren(...pageOf(report, choice, context, platform, redraw));
  // The control that was used keeps the focus when the page is drawn anew.
  const redraw = () => {
    const held = document.activeElement?.id;
    const at = scrollY;
    draw();
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
    scrollTo(0, at);
  };
  draw();
  const end = context.watch(`/api/platforms/${platform}/report`, secondsBetweenLooks, (newer, { first }) => {
    if (first || !newer || newer === report) return;
    report = newer;
    redraw();
  });
  // Paper cannot be opened: what is folded in is open on it, and closed again after.
  let opened = [], drawAgain = () => {};
  const open = () => {
    opened = [...root.querySelectorAll("details.as-table:not([open])")];
    for (const one of opened) one.open = true;
    drawAgain = drawForPaper(root);
  };
  const close = () => {
    for (const one of opened) one.open = false;
    drawAgain();
  };
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
  return () => { end(); removeEventListener("beforeprint", open); removeEventListener("afterprint", close); };
}

function pageOf(report, choice, context, platform, redraw) {
  const { words, format } = context;
  const figures = new Figures(report.figures);
  const [years, quarters] = [figures.periods(year), figures.periods(quarter).slice(-mostQuarters)];
  choice.per ??= years.length > 1 || quarters.length === 0 ? "year" : "quarter";
  choice.year = years.includes(choice.year) ? choice.year : years.at(-1) ?? null;
  const periods = choice.per === "year" ? years : quarters;
  const say = { ...context, report, figures, periods, choice, redraw, platform, label: period => labelOf(period, words) };

  const head = element("header", { class: "head report-head" },
    element("h1", { text: words("platform.title", { platform }) }),
    element("p", { class: "lead", text: leadOf(say, years, quarters) }),
    report.through && element("p", { class: "quiet", text: words("platform.through", { day: format.day(report.through), zone: report.zone }) }),
    element("p", { class: "buttons no-print" },
      element("a", { class: "button", href: `/api/platforms/${platform}/report?format=csv`, download: `${platform}-report.csv`, text: words("platform.csv") }),
      element("button", { type: "button", text: words("platform.print"), on: { click: () => print() } }),
      element("a", { class: "button", href: `/platforms/${platform}/network`, text: words("platform.toNetwork") })));
  if (report.figures.length === 0)
    return [head, element("section", { class: "section card" }, element("h2", { text: words("platform.emptyTitle") }), element("p", { text: words("platform.empty") })), limitsOf(say)];

  return [head, summaryOf(say, years, quarters), controlsOf(say, years, quarters), ...[campaigns(say), money(say), hands(say), givers(say), donors(say), aftercare(say)].filter(Boolean), definitionsOf(say), limitsOf(say)];
}

/** Figures by their keys. */
class Figures {
  constructor(all) {
    this.all = all;
    this.known = new Map(all.map(one => [`${one.period}|${one.figure}|${one.by ?? ""}|${one.group ?? ""}|${one.figure === "money.paid" ? one.unit : ""}`, one]));
  }

  periods(form) {
    return [...new Set(this.all.map(one => one.period).filter(period => form.test(period)))].sort();
  }

  find(period, figure, by = "", group = "", unit = "") {
    return this.known.get(`${period}|${figure}|${by}|${group}|${unit}`) ?? null;
  }

  groups(period, figure, by) {
    return this.all.filter(one => one.period === period && one.figure === figure && one.by === by);
  }

  currencies() {
    return [...new Set(this.all.filter(one => one.figure === "money.paid").map(one => one.unit))].sort();
  }
}

function labelOf(period, words) {
  const found = quarter.exec(period);
  return found ? words("platform.quarter", { quarter: found[2], year: found[1] }) : period;
}

const given = figure => figure && { value: figure.value, low: figure.low, high: figure.high, hidden: figure.value === null };

function written(figure, { words, format }) {
  if (!figure) return "–";
  if (figure.value === null) return words("platform.notShown");
  const value = valueOf(figure.value, figure.unit, format);
  return figure.low === null ? value : words("platform.between", { value, low: valueOf(figure.low, figure.unit, format), high: valueOf(figure.high, figure.unit, format) });
}

function valueOf(value, unit, format) {
  if (unit === "share") return format.percent(value);
  if (/^[A-Z]{3}$/.test(unit)) return format.money(value, unit);
  return format.number(value, unit === "ratio" ? 2 : 0);
}

/** The newest period of the finest kind that is over: what a reader asks for first. */
const newest = (figures, periods, code) => periods.findLast(period => figures.find(period, code));

function leadOf({ words, figures, label }, years, quarters) {
  const period = newest(figures, years, "campaigns.ended") ?? newest(figures, quarters, "campaigns.ended");
  if (!period) return words("platform.leadNone");
  const [ended, reached] = ["campaigns.ended", "campaigns.reached"].map(code => figures.find(period, code));
  return ended?.value != null && reached?.value != null
    ? words("platform.lead", { period: label(period), ended: ended.value, reached: reached.value })
    : words("platform.leadHidden", { period: label(period) });
}

function summaryOf(say, years, quarters) {
  const { words, figures, label } = say;
  const period = newest(figures, years, "campaigns.ended") ?? newest(figures, quarters, "campaigns.ended");
  if (!period) return null;
  const shown = [["campaigns.ended"], ["campaigns.success-rate"], ...figures.currencies().map(unit => ["money.paid", "", "", unit]), ["givers.counted"], ["donors.distinct"], ["donors.returning"]]
    .map(key => figures.find(period, ...key)).filter(Boolean);
  return element("section", { class: "section", "aria-labelledby": "platform-summary" },
    element("h2", { id: "platform-summary", text: words("platform.summary", { period: label(period) }) }),
    element("dl", { class: "sums" }, shown.map(figure => element("div", {},
      element("dt", { text: words(`platform.figure.${figure.figure}`) }),
      element("dd", { class: figure.value === null ? "withheld-text" : null, text: figure.value === null ? words("platform.notShown") : valueOf(figure.value, figure.unit, say.format) }),
      figure.low !== null && element("dd", { class: "quiet", text: words("platform.interval", { low: valueOf(figure.low, figure.unit, say.format), high: valueOf(figure.high, figure.unit, say.format) }) }),
      figure.value === null && element("dd", { class: "quiet", text: reasonOf(figure, words) })))));
}

function controlsOf({ words, choice, redraw }, years, quarters) {
  const per = (kind, list) => element("button", {
    type: "button", id: `per-${kind}`, "aria-pressed": String(choice.per === kind), disabled: list.length === 0, text: words(`platform.per.${kind}`), on: { click: () => { choice.per = kind; redraw(); } },
  });
  return element("div", { class: "controls no-print", role: "group", "aria-label": words("platform.show") },
    element("p", { class: "buttons" }, per("year", years), per("quarter", quarters)),
    years.length > 0 && element("p", { class: "inline-field" },
      element("label", { for: "division-year", text: words("platform.divisionYear") }),
      element("select", { id: "division-year", on: { change: event => { choice.year = event.target.value; redraw(); } } }, years.map(one => element("option", { value: one, selected: one === choice.year, text: one })))));
}

/** One chart of one or more figures over the periods. */
function overPeriods(say, title, codes, { by = "", group = "", unit = "", looks = ["first", "second", "third"], name = code => say.words(`platform.figure.${code}`) } = {}) {
  const series = codes.map((code, at) => ({ code, name: name(code), look: looks[at], found: say.periods.map(period => say.figures.find(period, code, by, group, unit)) })).filter(one => one.found.some(Boolean));
  if (series.length === 0) return null;
  if (series.every(one => one.found.every(figure => !figure || figure.value === null))) return withheld(say, title, series.flatMap(one => one.found));
  const unitOf = series[0].found.find(Boolean).unit;
  return figureOf({
    title,
    sentence: sentenceOf(say, series),
    legend: series.map(({ name, look }) => ({ name, look })),
    draw: bars({ periods: say.periods.map(say.label), series: series.map(({ look, found }) => ({ look, values: found.map(given) })), write: value => short(value, unitOf, say) }),
    note: noteOf(say, series.flatMap(one => one.found)),
    tableTitle: say.words("platform.table"),
    table: tableOf({
      caption: title,
      heads: [{ text: say.words("platform.period") }, ...series.map(one => ({ text: one.name, number: true }))],
      rows: say.periods.map((period, at) => [say.label(period), ...series.map(one => written(one.found[at], say))]),
    }),
  });
}

const short = (value, unit, { language, format }) => unit === "share" ? format.percent(value)
  : value >= 10_000 ? new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(value) : format.number(value, value < 10 ? 1 : 0);

function sentenceOf({ words, periods, label, ...say }, series) {
  const last = periods.findLastIndex((_, at) => series.some(one => one.found[at]));
  if (last < 0) return null;
  const list = series.filter(one => one.found[last]).map(one => words("platform.item", { name: one.name, value: written(one.found[last], { words, ...say }) }));
  return words("platform.sentence", { period: label(periods[last]), list: list.join("; ") });
}

const reasonOf = (figure, words) => words(`platform.reason.${figure.reason}`) ?? words(`reason.${figure.reason}`) ?? figure.reason;

/** Where nothing may be shown there is no chart, and the reason stands in its place. */
const withheld = (say, title, found) => element("div", { class: "drawn" }, element("h3", { text: title }), element("p", { text: noteOf(say, found) }));

/** Why something is not there: each reason once. */
function noteOf({ words }, found) {
  const reasons = [...new Set(found.filter(one => one?.value === null).map(one => reasonOf(one, words)))];
  return reasons.length === 0 ? null : words("platform.dashed", { reasons: reasons.join(" ") });
}

function intervals(say, title, code, { at = null, to = [0, 1], note = null } = {}) {
  const found = say.periods.map(period => say.figures.find(period, code));
  if (!found.some(Boolean)) return null;
  if (found.every(figure => !figure || figure.value === null)) return withheld(say, title, found);
  const unit = found.find(Boolean).unit;
  const series = [{ name: say.words(`platform.figure.${code}`), found }];
  return figureOf({
    title,
    sentence: sentenceOf(say, series),
    draw: dots({ periods: say.periods.map(say.label), values: found.map(given), write: value => valueOf(value, unit, say.format), at, to }),
    note: [note, noteOf(say, found)].filter(Boolean).join(" ") || null,
    tableTitle: say.words("platform.table"),
    table: tableOf({
      caption: title,
      heads: [{ text: say.words("platform.period") }, { text: series[0].name, number: true }, { text: say.words("platform.n"), number: true }],
      rows: say.periods.map((period, index) => [say.label(period), written(found[index], say), say.format.number(found[index]?.n, 0)]),
    }),
  });
}

function part(say, id, ...content) {
  const shown = content.flat().filter(Boolean);
  return shown.length === 0 ? null : element("section", { class: "section part", "aria-labelledby": `platform-${id}` },
    element("h2", { id: `platform-${id}`, text: say.words(`platform.part.${id}`) }),
    element("p", { text: say.words(`platform.part.${id}.lead`) }),
    element("div", { class: "figures" }, shown));
}

function campaigns(say) {
  const { words, figures, choice } = say;
  const offered = choice.year ? campaignDivisions.filter(by => figures.groups(choice.year, "campaigns.ended", by).length > 0) : [];
  if (offered.length > 0 && !offered.includes(choice.by)) choice.by = offered[0];
  return part(say, "campaigns",
    overPeriods(say, words("platform.chart.ended"), ["campaigns.ended", "campaigns.reached"]),
    intervals(say, words("platform.chart.rate"), "campaigns.success-rate", { note: words("platform.interval90") }),
    overPeriods(say, words("platform.chart.launched"), ["campaigns.launched", "campaigns.cancelled"]),
    offered.length > 0 && element("div", { class: "drawn" },
      element("h3", { text: words("platform.chart.divided", { year: choice.year }) }),
      element("p", { class: "inline-field no-print" },
        element("label", { for: "division-by", text: words("platform.by") }),
        element("select", { id: "division-by", on: { change: event => { choice.by = event.target.value; say.redraw(); } } }, offered.map(by => element("option", { value: by, selected: by === choice.by, text: words(`platform.by.${by}`) })))),
      division(say, "campaigns.ended", choice.by, ["campaigns.ended", "campaigns.reached"])));
}

function money(say) {
  const { words, figures, choice } = say;
  return part(say, "money",
    figures.currencies().map(unit => overPeriods(say, words("platform.chart.money", { currency: unit }), ["money.paid"], { unit, name: () => unit })),
    choice.year && figures.groups(choice.year, "money.paid", "place").length > 0 && element("div", { class: "drawn" },
      element("h3", { text: words("platform.chart.moneyByPlace", { year: choice.year }) }), division(say, "money.paid", "place", ["money.paid"])));
}

function hands(say) {
  return part(say, "hands", overPeriods(say, say.words("platform.chart.needs"), ["in-kind.asked", "in-kind.filled"]), overPeriods(say, say.words("platform.chart.helpers"), ["in-kind.helpers"]));
}

function givers(say) {
  const { words, figures, choice } = say;
  return part(say, "givers",
    overPeriods(say, words("platform.chart.givers"), ["givers.counted", "givers.with-place"]),
    intervals(say, words("platform.chart.withPlace"), "givers.share-with-place"),
    choice.year && placeDivisions.filter(by => figures.groups(choice.year, "givers.with-place", by).length > 0).map(by => element("div", { class: "drawn" },
      element("h3", { text: words(`platform.chart.from.${by}`, { year: choice.year }) }), division(say, "givers.with-place", by, ["givers.with-place"]))));
}

function donors(say) {
  const { words, figures } = say;
  const cohorts = figures.all.filter(one => one.figure === "donors.retention");
  const groups = figures.all.filter(one => one.figure === "network.communities");
  return part(say, "donors",
    overPeriods(say, words("platform.chart.donors"), ["donors.distinct", "donors.returning", "donors.in-two-or-more"]),
    cohorts.length > 0 && element("div", { class: "drawn" }, element("h3", { text: words("platform.chart.retention") }), element("p", { text: words("platform.retentionLead") }),
      tableOf({
        caption: words("platform.figure.donors.retention"),
        heads: [{ text: words("platform.cohort") }, { text: words("platform.laterYear") }, { text: words("platform.figure.donors.retention"), number: true }, { text: words("platform.n"), number: true }],
        rows: cohorts.map(one => { const [from, later] = (one.group ?? `${one.period}+1`).split("+"); return [from, words("platform.monthsLater", { from: 12 * (Number(later) - 1), to: 12 * Number(later) }), written(one, say), say.format.number(one.n, 0)]; }),
      })),
    intervals(say, words("platform.chart.crossPlace"), "links.cross-place", { at: 1, to: [0, 1.5], note: words("platform.crossPlaceNote") }),
    groups.length > 0 && element("div", { class: "drawn" }, element("h3", { text: words("platform.figure.network.communities") }),
      element("p", { text: groups.map(one => one.value === null ? noteOf(say, [one]) : words("platform.communities", { n: one.value })).join(" ") }),
      element("p", { class: "no-print" }, element("a", { href: `/platforms/${say.platform}/network`, text: words("platform.toNetwork") }))));
}

function aftercare(say) {
  const { words, figures } = say;
  const shown = figures.all.filter(one => one.figure.startsWith("after-care."));
  if (shown.length === 0)
    return element("section", { class: "section part", "aria-labelledby": "platform-aftercare" }, element("h2", { id: "platform-aftercare", text: words("platform.part.aftercare") }), element("p", { text: words("platform.part.aftercare.lead") }), element("p", { class: "quiet", text: words("platform.aftercareNone") }));
  const codes = ["after-care.answered", "after-care.done", "after-care.volunteers", "after-care.new-contacts"];
  const keys = [...new Set(shown.map(one => `${one.period}|${one.group ?? ""}`))].sort();
  return part(say, "aftercare", tableOf({
    caption: words("platform.part.aftercare"),
    heads: [{ text: words("platform.period") }, { text: words("platform.wave") }, ...codes.map(code => ({ text: words(`platform.figure.${code}`), number: true }))],
    rows: keys.map(key => {
      const [period, group] = key.split("|");
      return [say.label(period), group ? words(`platform.wave.${group}`) ?? group : "–", ...codes.map(code => written(figures.find(period, code, group ? "wave" : "", group), say))];
    }),
  }));
}

/** Groups of one year, largest first and what gathers the rest last: a table whose rows carry their bars. */
function division(say, code, by, codes) {
  const { words, figures, choice, format } = say;
  const rows = figures.groups(choice.year, code, by);
  const rest = one => one.group === "other" || one.group === "unknown" ? 1 : 0;
  const sorted = [...rows].sort((one, two) => rest(one) - rest(two) || (two.value ?? -1) - (one.value ?? -1));
  const most = Math.max(1, ...rows.map(one => one.value ?? 0));
  const caption = `${words(`platform.figure.${code}`)}, ${choice.year}, ${words(`platform.by.${by}`).toLowerCase()}`;
  const shown = sorted.filter(one => one.value !== null);
  const biggest = shown[0];
  if (!biggest) return element("p", { class: "quiet", text: noteOf(say, rows) });
  return element("div", { class: "division" },
    element("p", { text: words("platform.most", { group: groupName(biggest, say), value: written(biggest, say) }) }),
    tableOf({
      caption,
      heads: [{ text: words(`platform.by.${by}`) }, ...codes.map(one => ({ text: words(`platform.figure.${one}`) }))],
      rows: shown.map(one => [groupName(one, say), ...codes.map(other => {
        const figure = other === code ? one : figures.find(choice.year, other, by, one.group, one.unit === "campaigns" ? "" : one.unit);
        return figure?.value === null || !figure
          ? element("span", { class: "withheld-text", text: written(figure, say) })
          : element("span", { class: "measured" }, element("span", { class: "length", "aria-hidden": "true" }, stripe(figure.value / most)), valueOf(figure.value, figure.unit, format));
      })]),
    }),
    shown.length < rows.length && element("p", { class: "quiet", text: `${words("platform.withheldGroups", { n: rows.length - shown.length })} ${noteOf(say, rows)}` }));
}

/** The document's policy allows no style attributes; the object model is no attribute. */
function stripe(share) {
  const made = element("span", {});
  made.style.width = `${Math.max(0.5, 100 * Math.min(1, share))}%`;
  return made;
}

function groupName({ by, group }, { words, language, report }) {
  if (group === "other" || group === "unknown") return words(`platform.group.${group}`);
  if (by === "language") {
    try { return new Intl.DisplayNames(language, { type: "language" }).of(group); } catch { return group; }
  }
  const place = report.places.find(one => one.code === group);
  if (place) return language === "nl" ? place.nl : language === "fr" ? place.fr : place.nl === place.fr ? place.nl : `${place.nl} / ${place.fr}`;
  return words(`platform.group.${group}`) ?? group;
}

function definitionsOf({ words, report }) {
  const used = new Set(report.figures.map(one => one.figure));
  return element("details", { class: "as-table named" },
    element("summary", { text: words("platform.definitions") }),
    element("dl", { class: "definitions" }, report.definitions.filter(one => used.has(one.figure)).map(one => [
      element("dt", { text: words(`platform.figure.${one.figure}`) }), element("dd", { text: words(`platform.counts.${one.figure}`) ?? one.words })])));
}

function limitsOf({ words, report }) {
  return element("section", { class: "section card limits", "aria-labelledby": "platform-limits" },
    element("h2", { id: "platform-limits", text: words("platform.limits") }),
    element("ul", {}, report.limits.map((limit, at) => element("li", { text: words(`platform.limit.${at + 1}`) ?? limit }))));
}
