// One campaign: what its score says, in words. Everything that may be missing says why it is.
const questions = [
  ["who", ["reach", "breadth", "loyalty"]],
  ["where", ["bridging", "locality"]],
  ["close", ["bonding", "dialogue", "reciprocity"]],
  ["happens", ["in-kind", "emergence"]],
];
const shares = new Set(["loyalty", "dialogue", "locality", "in-kind"]);
const svgSpace = "http://www.w3.org/2000/svg";

function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(attribute, value);
  if (text !== undefined && text !== null) made.append(text);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function shape(name, attributes) {
  const made = document.createElementNS(svgSpace, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

// A line with a dot on it and the interval as a thick part; dotted where nothing can be placed. Ends are 0 and 1.
function strip(label, at, low, high, middle = false) {
  const svg = shape("svg", { viewBox: "0 0 208 20", role: "img", "aria-label": label, class: "strip" });
  const x = share => 4 + 200 * Math.min(1, Math.max(0, share));
  svg.append(shape("line", { x1: 4, x2: 204, y1: 10, y2: 10, class: at === null ? "rail unknown" : "rail" }));
  if (middle) svg.append(shape("line", { x1: 104, x2: 104, y1: 5, y2: 15, class: "tick" }));
  if (at === null) return svg;
  if (low !== null && high !== null) svg.append(shape("line", { x1: x(low), x2: x(high), y1: 10, y2: 10, class: "interval" }));
  svg.append(shape("circle", { cx: x(at), cy: 10, r: 5.5, class: "dot" }));
  return svg;
}

// The page's policy lets no style attribute through, so the width is set as a property.
function bar(share) {
  const fill = element("span");
  fill.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
  return element("p", { class: "bar wide", "aria-hidden": "true" }, fill);
}

export function campaignView({ say, language, detail, score, network, log, mayAct, act, useKey, withheld }) {
  const number = (value, digits = 1) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  const signed = value => new Intl.NumberFormat(language, { maximumFractionDigits: 2, signDisplay: "exceptZero" }).format(value);
  const percent = value => new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(value);
  const money = value => detail.currency && detail.goalUnit !== "orders"
    ? new Intl.NumberFormat(language, { style: "currency", currency: detail.currency, maximumFractionDigits: Number.isInteger(value) ? 0 : 2 }).format(value) : number(value, 2);
  const moment = at => new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
  const why = code => code ? say(`reason.${code}`) ?? code : null;

  function head() {
    const share = detail.goal ? detail.pledged / detail.goal : null;
    const facts = [
      say(`state.${detail.state}`),
      detail.pledged === null ? null : share === null ? money(detail.pledged) : say("page.ofGoal", { pledged: money(detail.pledged), goal: money(detail.goal) }),
      detail.backers === null ? null : say("indicator.reach.value", { value: number(detail.backers) }, { value: detail.backers }),
    ].filter(fact => fact !== null);
    const safe = detail.url && /^https?:\/\//i.test(detail.url);
    return [
      element("p", { class: "quiet" }, element("a", { href: "#", text: `← ${say("page.back")}` })),
      element("h2", { text: detail.title }),
      element("p", { class: "facts", text: facts.join(" · ") }),
      share === null ? null : bar(share),
      safe ? element("p", { class: "quiet" }, element("a", { href: detail.url, rel: "noopener noreferrer", text: say("page.visit") })) : null,
    ];
  }

  function chance() {
    const said = score.financial;
    const sentence = said.probability === null || said.baseRate === null || said.status === "ended" ? null : say("page.chanceOf", { percent: percent(said.probability), base: percent(said.baseRate) });
    return element("section", {},
      element("h3", { text: say("page.probability") }),
      element("p", { class: "large", text: say(`status.${said.status}`) }),
      sentence ? element("p", { text: sentence }) : null,
      said.reason ? element("p", { class: "quiet", text: why(said.reason) }) : null);
  }

  function meter() {
    const { meter: at, interval, reason } = score.social;
    const [low, high] = interval ?? [null, null];
    return element("section", {},
      element("h3", { text: say("page.meter") }),
      at === null ? element("p", { class: "large", text: say("page.meterNot") }) : element("p", { class: "large", text: String(at) }),
      strip(at === null ? say("page.meterNot") : say("page.meterIs", { meter: at, low, high }), at === null ? null : at / 100, low === null ? null : low / 100, high === null ? null : high / 100),
      element("p", { class: at === null ? "quiet" : "", text: at === null ? why(reason) : say("page.meterIs", { meter: at, low, high }) }));
  }

  function valueOf(indicator) {
    const written = value => shares.has(indicator.name) ? percent(value) : indicator.name === "bonding" ? number(2 ** value) : indicator.name === "bridging" ? signed(value) : number(value);
    const { value, bounds } = indicator;
    if (indicator.name === "emergence") return null;
    if (value === null) return bounds && bounds[0] !== null && bounds[1] !== null && !(bounds[0] === 0 && bounds[1] === 1) ? say("page.between", { low: written(bounds[0]), high: written(bounds[1]) }) : null;
    const sentence = say(`indicator.${indicator.name}.value`, { value: written(value), percent: written(value), times: written(value) }, { value });
    if (!bounds || indicator.name === "reciprocity") return sentence;
    const range = bounds[1] === null ? say("page.atLeast", { low: written(bounds[0]) }) : bounds[0] === null ? null : say("page.between", { low: written(bounds[0]), high: written(bounds[1]) });
    return range ? `${sentence} (${range})` : sentence;
  }

  function indicatorRow(indicator) {
    const name = say(`indicator.${indicator.name}`);
    const [low, high] = indicator.interval ?? [null, null];
    const at = indicator.percentile;
    const value = valueOf(indicator);
    const verdict = indicator.name === "emergence" && score.emergence ? say(`verdict.${score.emergence.verdict}`) : null;
    const notes = [
      indicator.observability === "observed" ? null : say(`observability.${indicator.observability}`),
      indicator.reason ? why(indicator.reason) : null,
      at !== null && indicator.referenceN ? say("page.beside", { n: number(indicator.referenceN) }, { n: indicator.referenceN }) : null,
    ].filter(note => note !== null);
    const unseen = indicator.observability === "unobservable";
    return element("div", { class: unseen ? "indicator unseen" : "indicator" },
      element("dt", { text: name }),
      element("dd", {},
        at !== null ? strip(say("page.stripIs", { name, place: at, low, high }), at / 100, low === null ? null : low / 100, high === null ? null : high / 100) : unseen ? strip(say("page.stripNot", { name }), null) : null,
        value || verdict ? element("p", { class: "value", text: value ?? verdict }) : null,
        notes.length > 0 ? element("p", { class: "quiet", text: notes.join(" · ") }) : null));
  }

  function profile() {
    const byName = new Map(score.social.indicators.map(indicator => [indicator.name, indicator]));
    return element("div", { class: "questions" }, ...questions.map(([key, names]) => element("section", {},
      element("h3", { text: say(`question.${key}`) }),
      element("dl", {}, ...names.filter(name => byName.has(name)).map(name => indicatorRow(byName.get(name)))))));
  }

  function compass() {
    return element("section", {},
      element("h3", { text: say("page.compass") }),
      element("p", { class: "quiet", text: say("page.compassLead") }),
      ...score.social.compass.map(point => {
        const [one, other] = [say(`compass.${point.name}.first`), say(`compass.${point.name}.second`)];
        const place = position => position === null ? null : (position + 1) / 2;
        const known = point.position !== null;
        const label = known ? say("page.compassIs", { one, other, position: signed(point.position) }) : say("page.compassNot", { one, other });
        const [low, high] = point.interval ?? [null, null];
        return element("div", { class: known ? "needle" : "needle unseen" },
          element("span", { text: one }), strip(label, place(point.position), place(low), place(high), true), element("span", { class: "second", text: other }),
          known ? null : element("p", { class: "quiet", text: why(point.reason) ?? say("observability.unobservable") }));
      }));
  }

  function emergence() {
    const said = score.emergence ?? { verdict: "cannot-tell", reason: score.social.indicators.find(indicator => indicator.name === "emergence")?.reason };
    return element("section", {},
      element("h3", { text: say("page.emergence") }),
      element("p", { class: "large", text: say(`verdict.${said.verdict}`) }),
      element("p", { text: say(`verdict.${said.verdict}.means`) }),
      said.reason ? element("p", { class: "quiet", text: why(said.reason) }) : null);
  }

  function links() {
    const strongest = network?.links?.[0];
    if (!strongest) return null;
    const name = strongest.campaign.split("/")[1];
    return element("section", {}, element("p", { text: say("page.network", { n: number(network.links.length), name, shared: number(strongest.shared) }, { n: network.links.length }) }));
  }

  function piece(advice, status) {
    const trigger = advice.trigger ?? {};
    const written = Object.fromEntries(Object.entries(trigger).map(([name, value]) => [name,
      name === "share" ? percent(value) : name === "percent" ? percent(value / 100) : ["below", "above", "needed", "pace"].includes(name) ? money(value) : number(value)]));
    const compared = advice.compared ?? (typeof advice.association === "object" ? advice.association : null);
    const points = value => signed(Math.round(1000 * value) / 10);
    const evidence = compared
      ? say("evidence.own-campaigns", { did: number(compared.did), didNot: number(compared.didNot), difference: points(compared.difference), low: points(compared.interval[0]), high: points(compared.interval[1]) })
      : say(`evidence.${advice.evidence}`);
    const answered = log?.items.find(item => item.code === advice.code && item.day === score.asOf.slice(0, 10))?.answer;
    const button = (answer, key) => {
      const made = element("button", { type: "button", "aria-pressed": String(answered === answer), "aria-label": `${say(key)}: ${say(`advice.${advice.code}`)}`, text: say(key) });
      made.addEventListener("click", async () => {
        if (!mayAct) { status.textContent = say("page.keyNeeded"); document.getElementById("key")?.focus(); return; }
        status.textContent = say(await act({ code: advice.code, answer, asOf: score.asOf }) ? "page.kept" : "page.notKept");
      });
      return made;
    };
    return element("li", {},
      element("h4", { text: say(`advice.${advice.code}`) }),
      element("p", { text: say(`advice.${advice.code}.do`) }),
      element("p", { class: "trigger", text: say(`advice.${advice.code}.trigger`, written, trigger) }),
      evidence ? element("p", { class: "quiet", text: evidence }) : null,
      element("p", { class: "answers" }, button("done", "page.done"), button("does-not-fit", "page.doesNotFit")));
  }

  function keyForm() {
    const form = element("form", { class: "key" },
      element("label", { for: "key", text: say("page.key") }),
      element("input", { id: "key", type: "password", autocomplete: "off", "aria-describedby": "key-why" }),
      element("button", { type: "submit", text: say("page.keyUse") }),
      element("p", { class: "quiet", id: "key-why", text: say("page.keyWhy") }));
    form.addEventListener("submit", event => { event.preventDefault(); useKey(form.querySelector("input").value.trim()); });
    return form;
  }

  function advice() {
    if (detail.state !== "live") return null;
    const status = element("p", { role: "status", "aria-live": "polite", class: "status" });
    let consent = null;
    if (mayAct) {
      const box = element("input", { type: "checkbox", id: "consent" });
      box.checked = log?.consent === true;
      box.addEventListener("change", async () => {
        const kept = await act({ consent: box.checked });
        if (!kept) box.checked = !box.checked;
        status.textContent = say(kept ? "page.kept" : "page.notKept");
      });
      consent = element("p", { class: "quiet consent" }, box, element("label", { for: "consent", text: say("page.consent") }));
    }
    return element("section", { class: "advice" },
      element("h3", { text: say("page.advice") }),
      score.advice.length > 0 ? element("p", { class: "quiet", text: say("page.adviceLead") }) : element("p", { text: say("page.adviceNone") }),
      element("ol", {}, ...score.advice.map(one => piece(one, status))),
      status,
      consent,
      mayAct || score.advice.length === 0 ? null : keyForm());
  }

  const body = score === null
    ? [element("p", { text: say(withheld ? "page.hidden" : "page.noScore") }), withheld ? keyForm() : null]
    : [
      element("div", { class: "pair" }, chance(), meter()),
      advice(),
      profile(),
      element("div", { class: "pair" }, emergence(), compass()),
      links(),
      element("p", { class: "quiet", text: say("page.asOf", { at: moment(score.asOf) }) }),
    ];
  return [...head(), ...body].filter(part => part !== null);
}
