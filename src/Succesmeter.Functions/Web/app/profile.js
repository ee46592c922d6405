// The social side of a score: ten indicators under four questions, the meter, the compass, and whether the crowd carries itself.
import { element } from "./dom.js";
import { strip } from "./strips.js";

const questions = [
  ["who", ["reach", "breadth", "loyalty"]],
  ["where", ["bridging", "locality"]],
  ["close", ["bonding", "dialogue", "reciprocity"]],
  ["happens", ["in-kind", "emergence"]],
];
const shares = new Set(["loyalty", "dialogue", "locality", "in-kind"]);
const hundredth = pair => pair ? pair.map(value => value === null ? null : value / 100) : null;

export function why(code, { words }) {
  return code ? words(`reason.${code}`) ?? code : null;
}

function valueOf(indicator, { words, format }) {
  const written = value => shares.has(indicator.name) ? format.percent(value) : indicator.name === "bonding" ? format.number(2 ** value) : indicator.name === "bridging" ? format.signed(value) : format.number(value);
  const { value, bounds } = indicator;
  if (indicator.name === "emergence") return null;
  if (value === null) return bounds && bounds[0] !== null && bounds[1] !== null && !(bounds[0] === 0 && bounds[1] === 1) ? words("page.between", { low: written(bounds[0]), high: written(bounds[1]) }) : null;
  return words(`indicator.${indicator.name}.value`, { value: written(value), percent: written(value), times: written(value) }, { value });
}

function row(indicator, score, context) {
  const { words } = context;
  const name = words(`indicator.${indicator.name}`) ?? indicator.name;
  const unseen = indicator.observability === "unobservable";
  const at = indicator.percentile;
  const [low, high] = indicator.interval ?? [null, null];
  const verdict = indicator.name === "emergence" && score.emergence ? words(`verdict.${score.emergence.verdict}`) : null;
  const value = valueOf(indicator, context);
  const notes = [
    indicator.observability === "observed" ? null : words(`observability.${indicator.observability}`),
    why(indicator.reason, context),
    at !== null && indicator.referenceN ? words("page.beside", { n: indicator.referenceN }) : null,
  ].filter(Boolean);
  return element("div", { class: unseen ? "indicator unseen" : "indicator", "data-testid": "indicator", "data-name": indicator.name },
    element("dt", { text: name }),
    element("dd", {},
      strip(at === null ? words("page.stripNot", { name }) : words("page.stripIs", { name, place: at, low, high }), at === null ? null : at / 100, hundredth(indicator.interval)),
      value || verdict ? element("p", { class: "value", "data-figure": `indicator ${indicator.name}`, text: value ?? verdict }) : null,
      notes.length > 0 ? element("p", { class: "quiet", text: notes.join(" · ") }) : null));
}

export function indicators(score, context) {
  const byName = new Map(score.social.indicators.map(indicator => [indicator.name, indicator]));
  return element("section", { class: "section", "aria-labelledby": "carried-title" },
    element("header", { class: "head" },
      element("h2", { id: "carried-title", text: context.words("page.profile") }),
      element("p", { class: "quiet", text: context.words("page.profileHow") })),
    element("div", { class: "questions" }, questions.map(([key, names]) => element("section", { class: "card" },
      element("h3", { text: context.words(`question.${key}`) }),
      element("dl", {}, names.filter(name => byName.has(name)).map(name => row(byName.get(name), score, context)))))));
}

export function meter(score, context) {
  const { meter: at, interval, reason } = score.social;
  const [low, high] = interval ?? [null, null];
  const says = at === null ? context.words("page.meterNot") : context.words("page.meterIs", { meter: at, low, high });
  return element("section", { class: "card", "data-testid": "meter" },
    element("h3", { text: context.words("page.meterTitle") }),
    strip(says, at === null ? null : at / 100, hundredth(interval)),
    element("p", { "data-figure": "meter", text: says }),
    at === null && reason ? element("p", { class: "quiet", text: why(reason, context) }) : null);
}

export function emergence(score, context) {
  const said = score.emergence ?? { verdict: "cannot-tell", reason: score.social.indicators.find(indicator => indicator.name === "emergence")?.reason };
  return element("section", { class: "card", "data-testid": "emergence" },
    element("h3", { text: context.words("page.emergence") }),
    element("p", { class: "lead", "data-figure": "verdict", text: context.words(`verdict.${said.verdict}`) }),
    element("p", { text: context.words(`verdict.${said.verdict}.means`) }),
    said.reason ? element("p", { class: "quiet", text: why(said.reason, context) }) : null);
}

export function compass(score, context) {
  const { words, format } = context;
  return element("section", { class: "card", "data-testid": "compass" },
    element("h3", { text: words("page.compass") }),
    element("p", { class: "quiet", text: words("page.compassLead") }),
    score.social.compass.map(point => {
      const [one, other] = [words(`compass.${point.name}.first`), words(`compass.${point.name}.second`)];
      const place = position => position === null ? null : (position + 1) / 2;
      const known = point.position !== null;
      return element("div", { class: known ? "needle" : "needle unseen" },
        element("span", { text: one }), element("span", { class: "second", text: other }),
        strip(known ? words("page.compassIs", { one, other, position: format.signed(point.position) }) : words("page.compassNot", { one, other }), place(point.position), point.interval?.map(place), { middle: true }),
        known ? null : element("p", { class: "quiet", text: why(point.reason, context) ?? words("observability.unobservable") }));
    }));
}
