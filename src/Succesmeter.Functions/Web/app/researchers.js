// The figures behind the words, folded: what a researcher wants and nobody else has to read.
import { element } from "./dom.js";
import { currencyOf } from "./reading.js";

export function researchers(detail, score, { words, format }) {
  const three = value => format.number(value, 3);
  const pair = interval => interval ? `${three(interval[0])} – ${three(interval[1])}` : "–";
  const { financial, social, emergence } = score;
  const table = (caption, heads, rows) => rows.length === 0 ? null : element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, element("table", {}, element("caption", { text: caption }),
    heads ? element("thead", {}, element("tr", {}, heads.map((text, index) => element("th", { scope: "col", class: index > 0 ? "number" : null, text })))) : null,
    element("tbody", {}, rows.map(([name, ...values]) => element("tr", {}, element("th", { scope: "row", text: name }), values.map(value => element("td", { class: "number", text: value ?? "–" })))))));
  const money = value => format.money(value, currencyOf(detail));
  return element("details", { class: "researchers", "data-keep": "researchers", "data-testid": "researchers" },
    element("summary", {}, element("h2", { text: words("page.researchers") })),
    element("div", { class: "section" },
      table(words("page.figuresForecast"), null, [
        [words("figure.probability"), three(financial.probability)],
        [words("figure.baseRate"), `${three(financial.baseRate)} (n = ${format.number(financial.baseRateN, 0)})`],
        [words("figure.confidence"), [financial.confidence, financial.reason].filter(Boolean).join(": ")],
        [words("figure.finalRatio"), financial.finalRatio ? ["p10", "p50", "p90"].map(key => three(financial.finalRatio[key])).join(" · ") : "–"],
        [words("figure.reachesGoalAt"), financial.reachesGoalAt ? ["p10", "p50", "p90"].map(key => format.day(financial.reachesGoalAt[key])).join(" · ") : "–"],
        [words("figure.pace"), `${money(financial.pacePerDay)} · ${money(financial.neededPerDay)}`],
        [words("figure.finalBackers"), social.forecast ? ["p10", "p50", "p90"].map(key => format.number(social.forecast.finalBackers[key], 0)).join(" · ") : "–"],
        [words("figure.elapsed"), `${three(score.elapsed)} (${score.horizon})`],
        [words("figure.model"), score.model],
        [words("figure.asOf"), score.asOf],
      ]),
      table(words("page.figuresWhy"), [words("figure.feature"), words("figure.value"), words("figure.effect")], score.why.map(one => [one.feature, three(one.value), format.signed(one.effect, 3)])),
      emergence ? table(words("page.figuresEmergence"), null, [
        [words("figure.ratio"), `${three(emergence.branchingRatio)} (${pair(emergence.interval)})`],
        [words("figure.halfLife"), format.number(emergence.halfLifeHours)],
        [words("figure.followed"), three(emergence.shareThatFollowed)],
        [words("figure.gifts"), format.number(emergence.contributions, 0)],
        [words("figure.resolution"), three(emergence.timeResolutionHours)],
        [words("figure.verdict"), [emergence.verdict, emergence.reason].filter(Boolean).join(": ")],
      ]) : null,
      table(words("page.figuresIndicators"), ["value", "bounds", "n", "place", "interval", "reference", "observability"].reduce((heads, key) => [...heads, words(`figure.${key}`)], [words("figure.indicator")]),
        social.indicators.map(one => [one.name, three(one.value), pair(one.bounds), format.number(one.n, 0), one.percentile === null ? "–" : format.number(one.percentile, 0), pair(one.interval), one.referenceName ? `${one.referenceName} (${one.referenceN})` : "–", [one.observability, one.reason].filter(Boolean).join(": ")])),
      table(words("page.figuresCompass"), [words("figure.indicator"), words("figure.value"), words("figure.interval")], social.compass.map(one => [one.name, format.signed(one.position, 3), pair(one.interval)])),
      element("p", { class: "quiet" }, element("a", { href: `/api/campaigns/${score.campaign}/score`, text: `/api/campaigns/${score.campaign}/score` }))));
}
