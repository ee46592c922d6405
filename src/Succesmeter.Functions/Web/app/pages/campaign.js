// One campaign: first what it comes to in words, then the curve and one thing to do, and below that everything else that can be said.
import { courses, fan, timeLine } from "../charts.js";
import { element, figuresIn, focusOn, isWebAddress, renew } from "../dom.js";
import { historyOf } from "../lists.js";
import { compass, emergence, indicators, meter, why } from "../profile.js";
import { adviceOf, carried, chance, currencyOf, daysLeft, endsIn, firstAdvice, isTold, needOf, ofHundred, raised } from "../reading.js";
import { researchers } from "../researchers.js";
import { remember } from "../visits.js";

const pollSeconds = 5;
const milestones = [2, 1.5, 1, 0.75, 0.5, 0.25, 0.1];
const mostEvents = 12;

export async function show(root, context) {
  const { words, format, api, watch, me, params, askForKey } = context;
  const campaign = `${params.platform}/${params.campaign}`;
  const address = `/api/campaigns/${campaign}`;
  const mayRead = me.mayRead(campaign);
  const mayAct = me.mayAct(campaign);
  const mark = figuresIn();
  const history = historyOf(api, campaign);
  let charts = [], stopTrying = null;

  const top = element("div", { class: "section" });
  const log = mayAct || mayRead ? element("section", { class: "section no-print", "aria-labelledby": "log-title" }) : null;
  const below = element("div", { class: "section later" });
  const trying = element("section", { class: "section no-print", "aria-labelledby": "try-title" });
  const rest = element("div", { class: "section later" });
  const embed = element("section", { class: "section no-print", "aria-labelledby": "embed-title" });
  const figures = element("div", {});

  const first = await api(address);
  root.append(top, log ?? "", below, trying, rest, embed, figures);
  const shownAdvice = new Set();
  // What was said to the reader stays when news comes: these two outlive each drawing.
  const logSaid = element("p", { role: "status", class: "log-said", "data-testid": "log-status" });
  const todoSaid = element("p", { role: "status", class: "quiet todo-said", "data-testid": "advice-status" });

  async function draw(detail) {
    const score = mayRead ? detail.score : null;
    const [points, said, answers, network] = await Promise.all([
      history(),
      mayRead ? api.optional(`${address}/actions`) : null,
      mayAct ? api.optional(`${address}/advice`) : null,
      api.optional(`${address}/network`),
    ]);
    const actions = said?.items ?? [];
    for (const chart of charts) chart.end();
    charts = [];
    const drawn = chart => { charts.push(chart); return chart; };
    const again = async path => { api.forget(`${address}/${path}`); api.forget(address); await draw(await api(address)); };

    renew(top, head(detail), score || !mayRead ? null : element("p", { text: words("page.noScore") }),
      element("div", { class: "first" },
        inWords(detail, score),
        element("div", { class: "card" }, drawn(fan({ detail, points, financial: score?.financial, ...context, height: 340, keep: "fan-table" }))),
        score && detail.state === "live" ? todo(detail, score, answers, again) : null));
    if (log) renew(log, detail.state === "live" ? logging(detail, actions, again) : null);
    renew(below, score ? [indicators(score, context), element("div", { class: "three" }, meter(score, context), emergence(score, context), compass(score, context))] : null);
    renew(rest,
      gifts(detail, points, actions, drawn),
      score?.comparables.length > 0 ? course(score, points, detail, drawn) : null,
      events(detail, points, actions),
      ties(network));
    renew(figures, score ? researchers(detail, score, context) : null);
    for (const part of [top, below, rest]) mark(part);
    remember([detail]);

    // What was shown is noted once, so that later it can be told which advice was read.
    if (mayAct && score?.advice.length > 0 && !shownAdvice.has(score.asOf)) {
      shownAdvice.add(score.asOf);
      api(`${address}/advice`, { method: "POST", body: { answer: "shown", asOf: score.asOf } }).catch(() => shownAdvice.delete(score.asOf));
    }
  }

  function head(detail) {
    const facts = [detail.holder, detail.category, words(`state.${detail.state}`), endsIn(detail, context)].filter(Boolean);
    return element("header", { class: "head" },
      element("p", { class: "quiet no-print" }, element("a", { href: "/", text: words("page.back") })),
      element("h1", { text: detail.title }),
      element("p", { class: "quiet", text: facts.join(" · ") }),
      isWebAddress(detail.url) ? element("p", { class: "quiet no-print" }, element("a", { href: detail.url, rel: "noopener noreferrer", text: words("page.visit") })) : null,
      me.mayHear(campaign) ? element("p", { class: "quiet no-print" }, element("a", { href: `/subscriptions?campaign=${campaign}`, text: words("subs.ofCampaign") })) : null);
  }

  function inWords(detail, score) {
    const said = score?.financial;
    const told = said && isTold(detail) && detail.state === "live" && said.status !== "reached";
    return element("div", { class: "in-words", "data-testid": "in-words" },
      element("p", { class: "lead big", "data-figure": "people", text: carried(detail, context) }),
      element("p", { class: "lead", "data-figure": "chance", text: chance(detail, mayRead, context) ?? "" }),
      told ? element("p", {}, element("strong", { text: `${words(`status.${said.status}`)}. ` }), said.baseRate === null ? null : words("page.baseIs", { n: ofHundred(said.baseRate) })) : null,
      said?.reason && detail.state === "live" ? element("p", { class: "quiet", text: why(said.reason, context) }) : null,
      element("p", { "data-figure": "raised", text: words("page.raisedIs", { raised: raised(detail, context) }) }),
      mayRead ? null : element("p", {}, words("page.hidden"), " ", element("button", { type: "button", class: "plain", text: words("page.keyGive"), on: { click: () => askForKey() } })),
      element("p", { class: "quiet", text: words("page.asOf", { at: format.date(detail.asOf) }) }));
  }

  /** One action; the others that the lot drew are folded behind it. */
  function todo(detail, score, answers, again) {
    const day = score.asOf.slice(0, 10);
    const answered = code => answers?.items.find(item => item.code === code && item.day === day)?.answer;
    const open = score.advice.filter(piece => !["done", "does-not-fit"].includes(answered(piece.code)));
    const firstOne = firstAdvice({ advice: open }, needOf(detail, score));
    const others = score.advice.filter(piece => piece !== firstOne);
    /** An answer by a slip of the hand would count as one: it goes back to having been shown. */
    const undoing = code => element("button", { type: "button", class: "plain", "data-keep": "advice-undo", "data-testid": "advice-undo", text: words("page.undo"), on: { click: async () => {
      try {
        await api(`${address}/advice`, { method: "POST", body: { code, answer: "shown", asOf: score.asOf } });
        todoSaid.textContent = words("page.undone");
        await again("advice");
        focusOn(top, `${code} done`);
      } catch { todoSaid.textContent = words("page.notKept"); }
    } } });
    const piece = one => {
      const said = adviceOf(one, detail, context);
      const button = (answer, label, main) => element("button", {
        type: "button", class: main ? "main" : null, "aria-pressed": mayAct ? String(answered(one.code) === answer) : null, "aria-label": `${label}: ${said.title}`, "data-testid": `advice-${answer}`, "data-keep": `${one.code} ${answer}`, text: label,
        on: { click: async () => {
          if (!mayAct) { askForKey(words("page.keyNeeded")); return; }
          try {
            await api(`${address}/advice`, { method: "POST", body: { code: one.code, answer, asOf: score.asOf } });
            todoSaid.replaceChildren(words("page.kept"), " ", undoing(one.code));
            await again("advice");
            // The piece that was answered makes way for the next; whoever uses keys goes on beside where they were.
            todoSaid.querySelector("button")?.focus();
          } catch { todoSaid.textContent = words("page.notKept"); }
        } },
      });
      return [
        element("h3", { text: said.title }),
        element("p", { text: said.does }),
        said.trigger ? element("p", { class: "trigger", text: said.trigger }) : null,
        element("p", { class: "buttons no-print" }, button("done", words("page.done"), true), button("does-not-fit", words("page.doesNotFit"), false)),
        said.evidence ? element("p", { class: "quiet", text: said.evidence }) : null,
      ];
    };
    return element("section", { class: "card todo", "aria-labelledby": "todo-title", "data-testid": "advice" },
      element("h2", { id: "todo-title", text: words("page.advice") }),
      firstOne ? piece(firstOne) : element("p", { text: words(score.advice.length > 0 ? "page.adviceAllDone" : "page.adviceNone") }),
      todoSaid,
      others.length === 0 ? null : element("details", { "data-keep": "more-advice" }, element("summary", { text: words("page.adviceMore", { n: others.length }) }),
        element("p", { class: "quiet", text: words("page.adviceLead") }),
        element("ul", { class: "pieces" }, others.map(one => element("li", {}, piece(one))))),
      mayAct && score.advice.length > 0 ? element("p", { class: "quiet check no-print" },
        element("input", { type: "checkbox", id: "consent", checked: answers?.consent === true, on: { change: async event => {
          const box = event.target;
          try { await api(`${address}/advice`, { method: "POST", body: { consent: box.checked } }); api.forget(`${address}/advice`); todoSaid.textContent = words("page.kept"); }
          catch { box.checked = !box.checked; todoSaid.textContent = words("page.notKept"); }
        } } }), element("label", { class: "check", for: "consent", text: words("page.consent") })) : null);
  }

  /** One tap says what was done. `at` goes along, so that a second try after a failure is the same action. */
  function logging(detail, actions, again) {
    const title = element("header", { class: "head" }, element("h2", { id: "log-title", text: words("page.log") }), element("p", { class: "quiet", text: words(mayAct ? "page.logWhy" : "page.logKey") }));
    if (!mayAct) return [title, element("p", {}, element("button", { type: "button", text: words("page.keyGive"), on: { click: () => askForKey() } }))];
    const say = async body => {
      logSaid.replaceChildren(words("page.loading"));
      try {
        const said = await api(`${address}/actions`, { method: "POST", body });
        const undo = element("button", { type: "button", class: "plain", "data-keep": "log-undo", "data-testid": "undo", text: words("page.undo"), on: { click: async () => {
          logSaid.replaceChildren(words("page.loading"));
          try {
            await api(`${address}/actions/${said.id}`, { method: "DELETE" });
            logSaid.replaceChildren(words("page.undone"));
            await again("actions");
            focusOn(log, body.kind === "by-hand" ? "by-hand-say" : `log ${body.kind}`);
          } catch { logSaid.replaceChildren(words("page.notKept")); }
        } } });
        logSaid.replaceChildren(words(body.kind === "by-hand" ? "page.keptByHand" : "page.kept"), " ", undo);
        await again("actions");
      } catch (error) { logSaid.replaceChildren(error.problem?.detail && error.status < 500 ? `${words("page.notKept")} (${error.problem.detail})` : words("page.notKept")); }
    };
    const tap = kind => element("button", { type: "button", "data-keep": `log ${kind}`, "data-testid": `log-${kind}`, text: words(`log.${kind}`), on: { click: () => say({ kind }) } });
    const people = element("input", { id: "people", type: "number", min: 2, max: 500, step: 1, required: true, value: 25, inputmode: "numeric" });
    const amount = element("input", { id: "amount", type: "number", min: 0, step: "any", required: true, inputmode: "decimal" });
    return [
      title,
      element("div", { class: "buttons" }, ["mail", "social", "event", "press", "thanks", "update"].map(tap)),
      element("details", { "data-keep": "by-hand" }, element("summary", { text: words("page.byHand") }),
        element("form", { class: "by-hand", on: { submit: event => { event.preventDefault(); say({ kind: "by-hand", people: Number(people.value), amount: Number(amount.value) }); } } },
          element("p", { class: "field" }, element("label", { for: "people", text: words("page.byHandPeople") }), people),
          element("p", { class: "field" }, element("label", { for: "amount", text: words("page.byHandAmount") }), amount),
          element("button", { type: "submit", "data-keep": "by-hand-say", "data-testid": "log-by-hand", text: words("page.byHandSay") })),
        element("p", { class: "quiet", text: words("page.byHandWhy") })),
      logSaid,
    ];
  }

  function gifts(detail, points, actions, drawn) {
    const days = daily(points, detail);
    if (days.length < 2) return null;
    const flags = actions.filter(action => action.kind !== "by-hand" || action.confirmed).map(action => ({ at: action.at, label: words(`action.${action.kind}`) ?? action.kind }));
    const most = days.reduce((best, day) => day.value > best.value ? day : best);
    return element("section", { class: "section", "aria-labelledby": "gifts-title" },
      element("h2", { id: "gifts-title", text: words("page.gifts") }),
      element("div", { class: "card" }, drawn(timeLine({
        days, flags, words, format, keep: "gifts-table",
        sentence: words("page.giftsAre", { day: format.day(most.at), amount: format.money(most.value, currencyOf(detail)), flags: flags.length }),
        heads: [words("page.day"), words("page.giftsColumn"), words("page.flagsColumn")],
        written: value => format.money(value, currencyOf(detail)),
      }))));
  }

  function course(score, points, detail, drawn) {
    const own = detail.goal ? [[0, 0], ...points.filter(point => point.elapsed !== null && point.pledged !== null).map(point => [Math.min(1, point.elapsed), point.pledged / detail.goal])] : [];
    const reachedOf = score.comparables.reduce((sum, one) => sum + one.stands * (one.reachedShare ?? 0), 0);
    const stands = score.comparables.reduce((sum, one) => sum + one.stands, 0);
    return element("section", { class: "section", "aria-labelledby": "course-title" },
      element("h2", { id: "course-title", text: words("page.courses") }),
      element("div", { class: "card" }, drawn(courses({
        comparables: score.comparables, own: distinct(own), words, format, keep: "course-table",
        sentence: words("page.coursesAre", { n: score.comparables.length, stands: stands, reached: format.percent(stands > 0 ? reachedOf / stands : null) }),
      }))));
  }

  /** What happened, from the history: milestones passed and turns of the forecast; and what was done. */
  function events(detail, points, actions) {
    const found = [];
    let before = null, told = null;
    for (const point of points) {
      if (before && detail.goal) {
        const passed = milestones.find(share => point.pledged / detail.goal >= share && before.pledged / detail.goal < share);
        if (passed) found.push({ at: point.at, text: words("page.eventMilestone", { percent: format.percent(passed) }) });
      }
      // Between two forecasts that may be acted upon there may be some that may not: they turn nothing.
      if (point.status && point.confidence !== "abstain" && point.status !== "ended") {
        if (told && told !== point.status) found.push({ at: point.at, text: words("page.eventTurned", { status: words(`status.${point.status}`) }) });
        told = point.status;
      }
      if (point.pledged !== null) before = point;
    }
    for (const action of actions) found.push({ at: action.at, text: action.kind === "by-hand" ? words(action.confirmed ? "page.eventByHand" : "page.eventByHandOpen", { n: action.people ?? 0 }) : words(`action.${action.kind}`) ?? action.kind });
    if (detail.launchedAt) found.push({ at: detail.launchedAt, text: words("page.eventLaunch") });
    if (detail.state !== "live" && detail.endsAt) found.push({ at: detail.endsAt, text: words(`over.${detail.state}`) });
    found.sort((one, other) => new Date(other.at) - new Date(one.at));
    const row = event => element("li", {}, element("time", { class: "quiet", datetime: event.at, text: format.day(event.at) }), element("span", { text: event.text }));
    return element("section", { class: "section", "aria-labelledby": "events-title" },
      element("h2", { id: "events-title", text: words("page.events") }),
      element("ol", { class: "events", "data-testid": "events" }, found.slice(0, mostEvents).map(row)),
      found.length > mostEvents ? element("details", { "data-keep": "more-events" }, element("summary", { text: words("page.eventsMore", { n: found.length - mostEvents }) }), element("ol", { class: "events" }, found.slice(mostEvents).map(row))) : null);
  }

  function ties(network) {
    const strongest = network?.links?.[0];
    if (!strongest) return null;
    return element("section", { class: "section", "aria-labelledby": "ties-title" },
      element("h2", { id: "ties-title", text: words("page.ties") }),
      element("p", { text: words("page.network", { n: network.links.length, name: strongest.campaign.split("/")[1], shared: strongest.shared }) }),
      element("p", {}, element("a", { href: `/platforms/${params.platform}/network`, text: words("page.networkSee") })));
  }

  /** What-if: sliders, and what the forecast would say. Made once, so that a poll does not take it out of somebody's hand. */
  function tries(detail) {
    const left = Math.max(1, Math.floor(daysLeft(detail) ?? 30));
    const asked = { gifts: 20, amount: 25, days: Math.min(7, left) };
    const result = element("p", { class: "lead", role: "status", "data-testid": "what-if" });
    const range = element("p", { class: "quiet" });
    let waiting, number = 0;
    const ask = async () => {
      const mine = ++number;
      try {
        const said = await api(`${address}/what-if?gifts=${asked.gifts}&amount=${asked.amount}&days=${asked.days}`);
        if (mine !== number) return;
        result.textContent = said.probability === null || !isTold(detail) ? words("page.tryUntested") : words("page.tryIs", { n: ofHundred(said.probability) });
        range.textContent = said.finalRatio && detail.goal ? words("page.tryRange", { low: format.money(said.finalRatio.p10 * detail.goal, currencyOf(detail)), high: format.money(said.finalRatio.p90 * detail.goal, currencyOf(detail)) }) : "";
      } catch { if (mine === number) result.textContent = words("page.notKept"); }
    };
    const slider = (id, min, max, step, write) => {
      const output = element("output", { for: id, text: write(asked[id]) });
      const input = element("input", { id, type: "range", min, max, step, value: asked[id], "aria-valuetext": write(asked[id]), on: { input: () => {
        asked[id] = Number(input.value);
        output.textContent = write(asked[id]);
        input.setAttribute("aria-valuetext", write(asked[id]));
        clearTimeout(waiting);
        waiting = setTimeout(ask, 200);
      } } });
      return element("p", { class: "field" }, element("label", { for: id, text: words(`try.${id}`) }), input, output);
    };
    trying.append(
      element("header", { class: "head" }, element("h2", { id: "try-title", text: words("page.try") }), element("p", { class: "quiet", text: words("page.tryWhy") })),
      element("div", { class: "card sliders" },
        slider("gifts", 0, 200, 1, value => words("page.giftsN", { n: value })),
        slider("amount", 5, 250, 5, value => format.money(value, currencyOf(detail))),
        slider("days", 1, left, 1, value => words("page.daysN", { n: value })),
        element("div", { class: "answer" }, result, range)));
    ask();
    return () => clearTimeout(waiting);
  }

  function embedding() {
    const picture = `${location.origin}${address}/meter.svg?lang=${context.language}`;
    const escaped = text => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
    const code = element("textarea", { id: "embed-code", readonly: true, rows: 3, spellcheck: "false", "data-testid": "embed-code" });
    code.value = `<a href="${location.origin}/campaigns/${campaign}"><img src="${picture}" width="400" height="200" alt="${escaped(first.title)}"></a>`;
    const status = element("span", { role: "status", class: "quiet" });
    embed.append(element("h2", { id: "embed-title", text: words("page.embed") }),
      element("div", { class: "embed" },
        element("img", { src: `${address}/meter.svg?lang=${context.language}`, width: 400, height: 200, loading: "lazy", alt: words("page.embedAlt", { title: first.title }) }),
        element("div", { class: "field" }, element("label", { for: "embed-code", text: words("page.embedWhy") }), code,
          element("p", { class: "buttons" }, element("button", { type: "button", text: words("page.copy"), on: { click: async () => {
            code.select();
            try { await navigator.clipboard.writeText(code.value); status.textContent = words("page.copied"); } catch { status.textContent = words("page.copyByHand"); }
          } } }), status))));
  }

  await draw(first);
  if (mayRead && first.score && first.state === "live" && first.goal) stopTrying = tries(first); else trying.remove();
  embedding();
  const stop = watch(address, pollSeconds, detail => detail && detail !== first ? draw(detail) : undefined);
  return () => { stop(); stopTrying?.(); for (const chart of charts) chart.end(); };
}

/** What came in on each day since the first that was seen; the days before are not known one by one. */
function daily(points, detail) {
  const byDay = new Map();
  for (const point of points) if (point.pledged !== null) byDay.set(new Date(point.at).toDateString(), point);
  const kept = [...byDay.values()];
  if (kept.length === 0) return [];
  const noon = at => { const day = new Date(at); day.setHours(12, 0, 0, 0); return day; };
  const days = [];
  let before = detail.launchedAt && new Date(kept[0].at) - new Date(detail.launchedAt) < 36 * 3_600_000 ? 0 : null;
  for (let day = noon(kept[0].at); day <= noon(kept.at(-1).at); day.setDate(day.getDate() + 1)) {
    const point = byDay.get(day.toDateString());
    const now = point?.pledged ?? before;
    if (before !== null) days.push({ at: day.toISOString(), value: Math.max(0, now - before) });
    before = now;
  }
  return days;
}

/** One point for each x, the last. */
const distinct = line => [...new Map(line).entries()].sort(([one], [other]) => one - other);
