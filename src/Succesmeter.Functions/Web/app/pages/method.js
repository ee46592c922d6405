// How each number is made, in plain words; with the figures that the programs wrote, read from their files when the application is bundled.
import validation from "../../../../../docs/forecasts/crossvalidation.jsonl";
import card from "../../../../Succesmeter.Learning/Models/serving.md";
import { element } from "../dom.js";
import { figureOf, tableOf } from "../drawn/figure.js";
import { reliability } from "../drawn/reliability.js";

const indicators = ["reach", "breadth", "loyalty", "reciprocity", "bridging", "bonding", "dialogue", "locality", "in-kind", "emergence"];
const days = ["day0", "day3", "day6", "day12", "day30"];
const headline = { dataset: "uk-community-fundraisers", cut: "time-split" };
const z90 = 1.6449;

export async function show(root, context) {
  const { words, api } = context;
  const [models, health] = await Promise.all([api.optional("/api/models").catch(() => null), api("/api/health").catch(() => null)]);
  const parts = { questions: questions(context), chance: chance(context, models), trust: trust(context), here: here(context, models, health), profile: profile(context), wave: prose(context, "wave", 4), network: prose(context, "network", 4), advice: prose(context, "advice", 3), limits: prose(context, "limits", 7) };
  root.replaceChildren(
    element("header", { class: "head" },
      element("h1", { text: words("method.title") }), element("p", { class: "lead", text: words("method.lead") }),
      element("nav", { class: "jump", "aria-label": words("method.parts") }, Object.keys(parts).map(name => element("a", { href: `#${name}`, text: words(`method.${name}`) })))),
    ...Object.entries(parts).map(([name, content]) => element("section", { class: "section", id: name, "aria-labelledby": `method-${name}` }, element("h2", { id: `method-${name}`, text: words(`method.${name}`) }), content)));
}

/** Sentences by number; a list where there are several. */
function prose({ words }, name, count) {
  return element("div", { class: "prose" }, element("ul", {}, Array.from({ length: count }, (_, at) => element("li", { text: words(`method.${name}.${at + 1}`) }))));
}

const questions = context => prose(context, "questions", 4);

function chance({ words, format }, models) {
  const served = models?.items.find(one => one.serves);
  const isCarded = !models || models.serving === card.version;
  return [
    element("div", { class: "prose" }, [1, 2, 3, 4].map(at => element("p", { text: words(`method.chance.${at}`) }))),
    element("p", { class: "quiet", text: isCarded ? words("method.served", { version: card.version, trees: card.trees }) : words("method.servedOther", { version: models.serving, card: card.version, trees: served?.trees ?? "–" }) }),
    tableOf({
      caption: words("method.trainedOn"),
      heads: [{ text: words("method.dataset") }, { text: words("method.campaigns"), number: true }, { text: words("method.reached"), number: true }],
      rows: card.trainedOn.map(one => [words(`method.dataset.${one.dataset}`) ?? one.dataset, format.number(one.campaigns, 0), format.percent(one.reached)]),
    }),
  ];
}

/** What came of forecasts of campaigns that began after all that the model had learnt from. */
function trust(context) {
  const { words, format } = context;
  const lines = days.map(day => validation.find(one => one.dataset === headline.dataset && one.cut === headline.cut && one.instant === day)).filter(Boolean);
  const name = line => line.instant === "day0" ? words("method.dayStart") : words("method.day", { day: Number(line.instant.slice(3)) });
  const holder = element("div", {});
  const choice = element("select", { id: "method-day", on: { change: () => draw(lines[Number(choice.value)]) } }, lines.map((line, at) => element("option", { value: at, selected: line.instant === "day3", text: name(line) })));
  draw(lines.find(line => line.instant === "day3") ?? lines[0]);
  return [
    element("div", { class: "prose" }, element("p", { text: words("method.trust.1") }), element("p", { text: words("method.trust.2") })),
    element("div", { class: "section" }, element("p", { class: "inline-field no-print" }, element("label", { for: "method-day", text: words("method.dayPick") }), choice), holder),
    tableOf({
      caption: words("method.figures"),
      heads: [{ text: words("method.when") }, { text: "n", number: true }, { text: words("method.gain"), number: true }, { text: words("method.against"), number: true }, { text: words("method.off"), number: true }, { text: words("method.cover"), number: true }],
      rows: lines.map(line => [name(line), format.number(line.n, 0), format.percent(line.brierSkill), words("method.range", { value: format.signed(100 * line.difference.value, 1), low: format.signed(100 * line.difference.low, 1), high: format.signed(100 * line.difference.high, 1) }), words("method.points", { n: format.number(100 * line.ece, 1) }), format.percent(line.coverage80)]),
    }),
    element("div", { class: "prose" }, element("p", { class: "quiet", text: words("method.figuresWhy") }), element("p", { text: words("method.missed") })),
  ];

  function draw(line) {
    const bins = line.reliability.map(bin => ({ ...bin, ...wilson(bin.happened, bin.n) }));
    const furthest = bins.reduce((most, bin) => Math.abs(bin.forecast - bin.happened) > Math.abs(most.forecast - most.happened) ? bin : most);
    holder.replaceChildren(figureOf({
      title: words("method.reliability", { when: name(line).toLowerCase() }),
      sentence: words("method.reliabilitySays", { n: format.number(line.n, 0), off: format.number(100 * line.ece, 1), said: format.percent(furthest.forecast), came: format.percent(furthest.happened), of: furthest.n }),
      draw: reliability({ bins, write: format.percent, xName: words("method.said"), yName: words("method.came") }),
      note: words("method.reliabilityNote"),
      tableTitle: words("platform.table"),
      table: tableOf({
        caption: words("method.reliability", { when: name(line).toLowerCase() }),
        heads: [{ text: words("method.said") }, { text: words("method.came"), number: true }, { text: words("method.campaigns"), number: true }],
        rows: bins.map(bin => [format.percent(bin.forecast), words("platform.between", { value: format.percent(bin.happened), low: format.percent(bin.low), high: format.percent(bin.high) }), format.number(bin.n, 0)]),
      }),
    }));
  }
}

/** Wilson's interval (1927) of a share, 90 %. */
function wilson(share, n) {
  const z2 = z90 * z90;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = z90 / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** What this installation has learnt, and whether what it said came true. */
function here({ words, format }, models, health) {
  const drift = new Map((health?.drift ?? []).map(one => [one.platform, one.all]));
  const platforms = (models?.platforms ?? []).filter(one => one.n > 0 || drift.get(one.platform)?.n > 0);
  if (platforms.length === 0) return element("p", { text: words("method.hereNone") });
  return [element("p", { text: words("method.here.1") }), tableOf({
    caption: words("method.hereName"),
    heads: [{ text: words("method.platform") }, { text: words("method.learntFrom"), number: true }, { text: words("method.shift"), number: true }, { text: words("method.said"), number: true }, { text: words("method.came"), number: true }, { text: words("method.drift") }],
    rows: platforms.map(one => {
      const seen = drift.get(one.platform);
      return [one.platform, words("method.ofWhich", { n: one.n, failures: one.failures }), one.n > 0 ? format.signed(one.shift, 2) : "–", format.percent(seen?.forecast), format.percent(seen?.happened), !seen || seen.forecast === null ? words("method.driftFew") : words(seen.drifts ? "method.driftYes" : "method.driftNo")];
    }),
  }), element("p", { class: "quiet", text: words("method.hereWhy") })];
}

function profile({ words }) {
  return [
    element("p", { text: words("method.profile.1") }),
    element("dl", { class: "definitions" }, indicators.map(name => [element("dt", { text: words(`indicator.${name}`) }), element("dd", { text: words(`method.indicator.${name}`) })])),
    element("div", { class: "prose" }, element("p", { text: words("method.profile.2") }), element("p", { text: words("method.profile.3") })),
  ];
}
