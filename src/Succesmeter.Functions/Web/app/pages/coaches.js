// What a coach does beside coaching: after-care, blind comparisons, what waits for a second pair of eyes; and what an admin does: keys and the crawl.
import { ApiError } from "../api.js";
import { element } from "../dom.js";
import { tableOf } from "../drawn/figure.js";
import { all, pagesOf } from "../lists.js";

const looksAtOnce = 20;
const dueAtOnce = 8;
const side = ["left", "right"];

export async function show(root, context) {
  const { words, me } = context;
  const view = { ...context, platform: null, admin: held("admin"), rater: held("rater") };
  const platforms = await platformsOf(view);
  view.platform = platforms.includes(held("coach-platform")) ? held("coach-platform") : platforms[0] ?? null;
  const sections = { aftercare, ratings, unconfirmed };
  const bodies = Object.fromEntries([...Object.keys(sections), "tokens", "crawl"].map(name => [name, element("div", { class: "section-body section" })]));
  const refill = name => fill(view, bodies[name], { ...sections, tokens, crawl }[name]);
  view.refillAdmin = () => { refill("tokens"); refill("crawl"); };

  const section = (name, ...beside) => element("section", { class: "section", id: name, "aria-labelledby": `coaches-${name}` },
    element("div", { class: "head" }, element("h2", { id: `coaches-${name}`, text: words(`coaches.${name}`) }), element("p", { text: words(`coaches.${name}.lead`) })), ...beside, bodies[name]);
  const isCoach = me.isCoach;
  root.replaceChildren(
    element("header", { class: "head" },
      element("h1", { text: words("coaches.title") }),
      element("p", { class: "lead", text: words(isCoach ? "coaches.lead" : "coaches.leadStranger") }),
      !isCoach && element("p", { class: "buttons" }, element("button", { type: "button", class: "main", text: words("coaches.giveKey"), on: { click: () => context.askForKey?.() } })),
      me.hears && element("p", {}, element("a", { href: "/subscriptions", text: words("subs.fromCoaches") })),
      element("nav", { class: "jump", "aria-label": words("coaches.parts") }, [...(isCoach ? Object.keys(sections) : []), "tokens", "crawl"].map(name => element("a", { href: `#${name}`, text: words(`coaches.${name}`) }))),
      isCoach && platforms.length > 1 && element("p", { class: "inline-field" },
        element("label", { for: "coach-platform", text: words("coaches.platform") }),
        element("select", { id: "coach-platform", on: { change: event => { view.platform = event.target.value; hold("coach-platform", view.platform); for (const name of Object.keys(sections)) refill(name); } } },
          platforms.map(one => element("option", { value: one, selected: one === view.platform, text: one }))))),
    ...(isCoach ? Object.keys(sections).map(name => section(name)) : []),
    section("tokens", adminKey(view)), section("crawl"));
  for (const name of [...(isCoach ? Object.keys(sections) : []), "tokens", "crawl"]) refill(name);
  return () => { view.over = true; };
}

/** In this tab's memory only. */
function held(key) {
  try { return sessionStorage.getItem(key); } catch { return null; }
}

function hold(key, value) {
  try { if (value === null) sessionStorage.removeItem(key); else sessionStorage.setItem(key, value); } catch { /* Then it is asked for again. */ }
}

/** Those that a key of all of them opens: what is crawled here and what campaigns are of. */
async function platformsOf({ me, api }) {
  if (me.scope?.platform) return [me.scope.platform];
  if (!me.scope?.all) return [];
  const platformOf = one => one.campaign.split("/")[0];
  const [health, end] = await Promise.all([api("/api/health").catch(() => null), api("/api/campaigns?sort=-campaign&limit=1")]);
  const last = end.items.map(platformOf)[0];
  const found = new Set((health?.crawl ?? []).map(one => one.platform));
  // Campaigns come platform by platform: once the last platform begins, nothing more is learnt. Most often there is but one.
  for await (const { items } of pagesOf(api, "/api/campaigns?sort=campaign&limit=500")) {
    for (const one of items) found.add(platformOf(one));
    if (items.length > 0 && platformOf(items.at(-1)) === last) break;
  }
  return [...found].sort();
}

/** A part that cannot be had says so in its place and leaves the others alone. */
async function fill(view, body, make) {
  body.setAttribute("aria-busy", "true");
  try {
    const made = await make(view, () => fill(view, body, make));
    if (!view.over) body.replaceChildren(...[made].flat().filter(Boolean));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    body.replaceChildren(element("p", { class: "said-not", role: "alert", text: troubleOf(error, view) }));
  } finally {
    body.removeAttribute("aria-busy");
  }
}

const troubleOf = (error, { words }) => error.status === 0 || error.status >= 500 ? words("page.down")
  : error.status === 429 ? words("coaches.tooOften")
    : words("coaches.refused", { why: error.problem?.field ? `${error.problem.field} ${error.problem.rule}` : error.message });

/** Runs what a button asks for: once at a time, and what came of it is said beside it. */
function act(view, button, said, does) {
  return async event => {
    event?.preventDefault?.();
    if (button.disabled) return;
    button.disabled = true;
    said.replaceChildren();
    try {
      const text = await does();
      if (text) said.replaceChildren(element("span", { class: "said-ok", text }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      said.replaceChildren(element("span", { class: "said-not", text: troubleOf(error, view) }));
    } finally {
      button.disabled = false;
    }
  };
}

const saying = () => element("p", { role: "status", class: "whole" });

async function aftercare(view, again) {
  const { words, format, api, platform } = view;
  const path = `/api/platforms/${platform}/aftercare`;
  const care = await api(path);
  return [
    element("dl", { class: "sums" }, care.waves.map(wave => element("div", {},
      element("dt", { text: words("coaches.wave", { months: wave.months }) }),
      element("dd", { text: words("coaches.answered", { answered: wave.answered, asked: wave.asked }) }),
      element("dd", { class: "quiet", text: wave.due > 0 ? words("coaches.due", { n: wave.due }) : words("coaches.dueNone") })))),
    ...few(care.due, dueOf),
    care.answered.length > 0 && element("details", { class: "as-table" }, element("summary", { text: words("coaches.answeredTitle", { n: care.answered.length }) }), tableOf({
      caption: words("coaches.answeredTitle", { n: care.answered.length }),
      heads: [{ text: words("coaches.campaign") }, { text: words("coaches.wave.head") }, { text: words("coaches.outcome") }, { text: words("coaches.volunteers"), number: true }, { text: words("coaches.newContacts"), number: true }, { text: words("coaches.at") }],
      rows: care.answered.map(one => [element("a", { href: `/campaigns/${one.campaign}`, text: one.title ?? one.campaign }), words("coaches.wave", { months: one.months }), words(`coaches.outcome.${one.outcome}`), format.number(one.volunteers, 0), format.number(one.newContacts, 0), format.day(one.changedAt)]),
    })),
    evidenceOf(care.evidence, view),
  ];

  /** Those whose time is over first, a few at once: a platform has hundreds. */
  function few(all, rowOf) {
    if (all.length === 0) return [];
    const list = element("ul", { class: "rows" });
    const more = element("button", { type: "button", text: words("network.more"), on: { click: () => add() } });
    const add = () => {
      const from = list.children.length;
      for (const one of all.slice(from, from + dueAtOnce)) list.append(element("li", { class: "card slim" }, rowOf(one)));
      more.hidden = list.children.length >= all.length;
      if (from > 0) list.children[from]?.querySelector("summary")?.focus();
    };
    add();
    return [list, element("p", {}, more)];
  }

  function dueOf(due) {
    const key = `${due.campaign}-${due.months}`.replace(/\W/g, "-");
    const said = saying();
    const send = element("button", { type: "submit", class: "main", text: words("coaches.keep") });
    const count = (name, code) => element("p", { class: "field" },
      element("label", { for: `${key}-${name}`, text: words(code) }),
      element("input", { id: `${key}-${name}`, name, type: "number", inputmode: "numeric", min: 0, max: 10000, step: 1 }));
    const form = element("form", { class: "asks" },
      element("fieldset", { class: "choices" }, element("legend", { text: words("coaches.outcome") }),
        ["as-planned", "adapted", "under-way", "not"].map(code => element("label", { class: "check" }, element("input", { type: "radio", name: "outcome", value: code, required: true }), words(`coaches.outcome.${code}`)))),
      element("div", { class: "section" }, count("volunteers", "coaches.volunteers"), count("newContacts", "coaches.newContacts")),
      element("p", { class: "whole buttons" }, send), said);
    form.addEventListener("submit", act(view, send, said, async () => {
      const given = new FormData(form);
      const number = name => given.get(name) === "" ? null : Number(given.get(name));
      await api(`/api/campaigns/${due.campaign}/outcome`, { method: "POST", body: { outcome: given.get("outcome"), volunteers: number("volunteers"), newContacts: number("newContacts"), months: due.months } });
      api.forget?.(path);
      await again();
    }));
    return element("details", {}, element("summary", {}, element("span", {}, element("strong", { text: due.title }), ` · ${words("coaches.wave", { months: due.months })} · `, element("span", { class: "quiet", text: words("coaches.until", { day: format.day(due.closesAt) }) }))),
      element("p", { class: "quiet", text: words("coaches.ended", { day: format.day(due.endedAt) }) }), form);
  }
}

/** What goes with what, once sixty campaigns can tell. */
function evidenceOf(evidence, { words, format }) {
  const told = [...evidence.registered, ...evidence.exploratory].filter(pair => pair.association);
  const name = pair => words("coaches.pair", { indicator: words(`indicator.${pair.indicator}`) ?? pair.indicator, outcome: words(`coaches.measure.${pair.outcome}`) ?? pair.outcome, months: pair.months });
  return element("details", { class: "as-table" }, element("summary", { text: words("coaches.evidence") }),
    element("p", { class: "quiet", text: words("coaches.evidenceLead", { fewest: evidence.fewest }) }),
    told.length === 0
      ? element("p", { text: words("coaches.evidenceNone", { n: Math.max(0, ...evidence.registered.map(pair => pair.n)), fewest: evidence.fewest }) })
      : tableOf({
        caption: words("coaches.evidence"),
        heads: [{ text: words("coaches.pairHead") }, { text: words("coaches.kind") }, { text: "n", number: true }, { text: words("coaches.rank"), number: true }, { text: words("coaches.beyond"), number: true }],
        rows: told.map(pair => [name(pair), words(evidence.registered.includes(pair) ? "coaches.registered" : "coaches.exploratory"), format.number(pair.n, 0), ...[pair.association, pair.beyondSize].map(one => one ? `${format.number(one.spearman, 2)} (${one.interval.map(end => format.number(end, 2)).join(" … ")})` : "–")]),
      }));
}

async function ratings(view, again) {
  const { words, api, platform, language } = view;
  const said = saying();
  if (!view.rater) {
    const input = element("input", { id: "rater", name: "rater", required: true, maxlength: 64, autocomplete: "nickname" });
    const use = element("button", { type: "submit", class: "main", text: words("coaches.begin") });
    return element("form", { class: "asks card", on: { submit: event => { event.preventDefault(); view.rater = input.value.trim() || null; hold("rater", view.rater); again(); } } },
      element("p", { class: "field" }, element("label", { for: "rater", text: words("coaches.rater") }), input), element("p", { class: "quiet", text: words("coaches.raterWhy") }), element("p", { class: "whole buttons" }, use));
  }
  const other = element("button", { type: "button", class: "plain", text: words("coaches.otherRater", { name: view.rater }), on: { click: () => { view.rater = null; hold("rater", null); again(); } } });
  let pair;
  try {
    // A name travels in a header, and there in bytes: what is no Latin letter is written as an address writes it, the same each time.
    pair = await api(`/api/ratings/next?platform=${platform}`, { headers: { "X-Rater": raterText(view.rater) } });
  } catch (error) {
    if (error.status === 404) return [element("p", { class: "card", text: words("coaches.ratedAll") }), element("p", {}, other)];
    throw error;
  }
  const facts = one => [
    [words("coaches.fact.place"), one.place], [words("coaches.fact.category"), one.category], [words("coaches.fact.language"), one.language && new Intl.DisplayNames(language, { type: "language" }).of(one.language)],
    [words("coaches.fact.words"), one.descriptionWords], [words("coaches.fact.rewards"), one.rewards], [words("coaches.fact.days"), one.plannedDays],
  ].filter(([, value]) => value !== null && value !== undefined);
  const button = (better, code, values) => {
    const made = element("button", { type: "button", class: better === "equal" ? null : "main", text: words(code, values) });
    made.addEventListener("click", act(view, made, said, async () => {
      await api("/api/ratings", { method: "POST", body: { platform, left: pair.left.campaign, right: pair.right.campaign, better, rater: raterText(view.rater) } });
      await again();
    }));
    return made;
  };
  return [
    element("h3", { text: words("coaches.question") }),
    element("div", { class: "pair" }, side.map((name, at) => element("article", { class: "card", "aria-labelledby": `pair-${name}` },
      element("h4", { id: `pair-${name}`, text: pair[name].title }),
      element("dl", {}, facts(pair[name]).map(([head, value]) => [element("dt", { text: head }), element("dd", { text: value })])),
      element("p", {}, button(name, at === 0 ? "coaches.better.left" : "coaches.better.right"))))),
    element("p", { class: "buttons" }, button("equal", "coaches.better.equal"), other), said,
  ];
}

const raterText = name => /^[\x20-\x7e]*$/.test(name) ? name : encodeURIComponent(name).slice(0, 64);

/** Campaigns are asked a few at a time: what waits stands with each of them. */
async function unconfirmed(view) {
  const { words, format, api, platform } = view;
  const live = await all(api, `/api/campaigns?platform=${platform}&state=live&sort=-asOf&limit=500`);
  const rows = element("ul", { class: "rows" });
  const looked = element("p", { role: "status", class: "quiet" });
  const more = element("button", { type: "button", text: words("coaches.lookMore") });
  const said = saying();
  let at = 0, waiting = 0;
  async function look() {
    const some = live.slice(at, at + looksAtOnce);
    const details = await Promise.all(some.map(one => api.optional(`/api/campaigns/${one.campaign}`)));
    at += some.length;
    for (const one of details) for (const row of one?.unconfirmed ? rowsOf(one) : []) { rows.append(row); waiting++; }
    looked.textContent = words(waiting === 0 ? "coaches.lookedNone" : "coaches.looked", { at, all: live.length, waiting });
    more.hidden = at >= live.length;
  }
  more.addEventListener("click", act(view, more, said, look));
  await look();
  return [looked, rows, element("p", {}, more), said];

  function rowsOf(one) {
    const path = `/api/campaigns/${one.campaign}`;
    const row = (text, ...buttons) => {
      const made = element("li", { class: "card" }, element("div", { class: "row" }, element("p", {}, element("a", { href: `/campaigns/${one.campaign}`, text: one.title }), ` · ${text}`), element("span", { class: "buttons" }, buttons)));
      return made;
    };
    const doing = (code, values, does) => {
      const button = element("button", { type: "button", class: values.main ? "main" : null, text: words(code) });
      const said = element("span", { role: "status" });
      button.addEventListener("click", act(view, button, said, async () => {
        await does();
        api.forget?.(path);
        // Below it stands what was said; the buttons are gone, so that it is not said twice.
        for (const other of [...button.parentElement.querySelectorAll("button")]) other.remove();
        return words(values.done);
      }));
      return [button, said];
    };
    return [
      ...one.unconfirmed.byHand.map(gave => row(words("coaches.byHand", { people: gave.people, amount: format.money(gave.amount, one.currency), at: format.date(gave.at) }),
        ...doing("coaches.confirm", { main: true, done: "coaches.confirmed" }, () => api(`${path}/actions/${encodeURIComponent(gave.id)}/confirm`, { method: "POST" })),
        ...doing("coaches.takeBack", { done: "coaches.takenBack" }, () => api(`${path}/actions/${encodeURIComponent(gave.id)}`, { method: "DELETE" })))),
      ...one.unconfirmed.bursts.map(burst => row(words("coaches.burst", { gifts: burst.gifts, amount: format.money(burst.amount, one.currency), at: format.date(burst.hour) }),
        ...doing("coaches.confirmBurst", { main: true, done: "coaches.confirmed" }, () => api(`${path}/bursts/confirm`, { method: "POST", body: { burst: burst.id } })))),
    ];
  }
}

function adminKey(view) {
  const { words } = view;
  const input = element("input", { id: "admin-key", type: "password", autocomplete: "off", spellcheck: "false", value: view.admin ?? "" });
  const keep = value => { view.admin = value; hold("admin", value); view.refillAdmin(); };
  return element("form", { class: "asks card", on: { submit: event => { event.preventDefault(); keep(input.value.trim() || null); } } },
    element("p", { class: "field" }, element("label", { for: "admin-key", text: words("coaches.adminKey") }), input),
    element("p", { class: "quiet", text: words("coaches.adminWhy") }),
    element("p", { class: "whole buttons" }, element("button", { type: "submit", class: "main", text: words("page.keyUse") }), element("button", { type: "button", text: words("page.keyDrop"), on: { click: () => { input.value = ""; keep(null); } } })));
}

/** With the admin key, which belongs to the host and is no token. */
async function asAdmin({ api, admin }, path, options = {}) {
  // What an admin reads changes under other hands: it is asked anew each time.
  api.forget?.(path);
  return api(path, { ...options, headers: { "x-functions-key": admin } });
}

const withoutKey = ({ words }) => element("p", { class: "quiet", text: words("coaches.adminFirst") });

async function tokens(view, again) {
  const { words, format } = view;
  if (!view.admin) return withoutKey(view);
  const listed = await all(path => asAdmin(view, path), "/api/admin/tokens");
  listed.sort((one, other) => other.issuedAt.localeCompare(one.issuedAt));
  return [issueForm(view, again), listed.length === 0 ? element("p", { text: words("coaches.tokensNone") }) : tableOf({
    caption: words("coaches.tokensTitle", { n: listed.length }),
    heads: [{ text: words("coaches.label") }, { text: words("coaches.scope") }, { text: words("coaches.rights") }, { text: words("coaches.expires") }, { text: words("coaches.status") }],
    rows: listed.map(one => [one.label, scopeText(one.scope, words), one.rights.map(right => words(`coaches.right.${right}`)).join(", "), format.day(one.expiresAt), stateOf(one)]),
  })];

  function stateOf(one) {
    if (one.revokedAt) return words("coaches.revoked", { day: format.day(one.revokedAt) });
    if (Date.parse(one.expiresAt) < Date.now()) return words("coaches.expired");
    const said = element("span", { role: "status" });
    const button = element("button", { type: "button", text: words("coaches.revoke"), "aria-label": words("coaches.revokeOne", { label: one.label }) });
    let isSure = false;
    const revoke = act(view, button, said, async () => { await asAdmin(view, `/api/admin/tokens/${one.id}`, { method: "DELETE" }); await again(); });
    button.addEventListener("click", () => {
      // A second press within the row: a dialog would say no more.
      if (isSure) return revoke();
      isSure = true;
      button.textContent = words("coaches.revokeSure");
      button.removeAttribute("aria-label");
    });
    return element("span", {}, button, said);
  }
}

const scopeText = (scope, words) => scope.campaign ?? scope.platform ?? words("page.keyAll");

function issueForm(view, again) {
  const { words } = view;
  const said = saying();
  const made = element("div", { class: "whole" });
  const issue = element("button", { type: "submit", class: "main", text: words("coaches.issue") });
  const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
  const onWhat = element("input", { id: "token-on", name: "on", autocomplete: "off", spellcheck: "false", "aria-describedby": "token-on-why" });
  const form = element("form", { class: "asks card" },
    element("h3", { class: "whole", text: words("coaches.issueTitle") }),
    element("p", { class: "field" }, element("label", { for: "token-label", text: words("coaches.label") }), element("input", { id: "token-label", name: "label", required: true, maxlength: 100 })),
    element("p", { class: "field" }, element("label", { for: "token-kind", text: words("coaches.scope") }),
      element("select", { id: "token-kind", name: "kind", on: { change: event => { onWhat.parentElement.hidden = event.target.value === "all"; } } }, ["campaign", "platform", "all"].map(kind => element("option", { value: kind, text: words(`coaches.scope.${kind}`) })))),
    element("p", { class: "field" }, element("label", { for: "token-on", text: words("coaches.on") }), onWhat, element("span", { class: "quiet", id: "token-on-why", text: words("coaches.onWhy") })),
    element("p", { class: "field" }, element("label", { for: "token-expires", text: words("coaches.expires") }), element("input", { id: "token-expires", name: "expires", type: "date", required: true, value: inAYear })),
    element("fieldset", { class: "choices" }, element("legend", { text: words("coaches.rights") }),
      ["read", "act", "subscribe", "push"].map(right => element("label", { class: "check" }, element("input", { type: "checkbox", name: "rights", value: right, checked: right === "read" || right === "act" }), words(`coaches.right.${right}`)))),
    element("p", { class: "whole buttons" }, issue), said, made);
  form.addEventListener("submit", act(view, issue, said, async () => {
    const given = new FormData(form);
    const kind = given.get("kind");
    const scope = kind === "all" ? { all: true } : { [kind]: given.get("on").trim() };
    const token = await asAdmin(view, "/api/admin/tokens", { method: "POST", body: { label: given.get("label"), scope, rights: given.getAll("rights"), expiresAt: `${given.get("expires")}T00:00:00Z` } });
    const link = `${location.origin}${kind === "campaign" ? `/campaigns/${scope.campaign}` : "/"}#token=${token.token}`;
    const copied = element("span", { role: "status", class: "quiet" });
    made.replaceChildren(
      element("h4", { text: words("coaches.tokenOnce") }), element("p", { class: "secret", text: token.token }),
      element("h4", { text: words("coaches.tokenLink") }), element("p", { class: "secret", text: link }),
      element("p", { class: "buttons" },
        element("button", { type: "button", text: words("coaches.copy"), on: { click: async () => { try { await navigator.clipboard.writeText(link); copied.textContent = words("coaches.copied"); } catch { copied.textContent = words("coaches.copyNot"); } } } }),
        element("button", { type: "button", text: words("coaches.tokenDone"), on: { click: () => again() } })), copied);
    return words("coaches.issued");
  }));
  return form;
}

async function crawl(view, again) {
  const { words, format } = view;
  if (!view.admin) return withoutKey(view);
  const { items } = await asAdmin(view, "/api/admin/platforms");
  if (items.length === 0) return element("p", { text: words("coaches.crawlNone") });
  return element("ul", { class: "rows" }, items.map(one => element("li", { class: "card" }, crawled(one))));

  function crawled(one) {
    const path = `/api/admin/platforms/${one.platform}`;
    const said = saying();
    const button = (code, does) => {
      const made = element("button", { type: "button", text: words(code) });
      made.addEventListener("click", act(view, made, said, does));
      return made;
    };
    const visits = element("div", {});
    const visit = element("input", { id: `visit-${one.platform}`, name: "campaign", required: true, autocomplete: "off", spellcheck: "false" });
    const go = element("button", { type: "submit", text: words("coaches.visitNow") });
    const ask = element("form", { class: "inline-field" }, element("label", { for: `visit-${one.platform}`, text: words("coaches.visitWhich") }), visit, go);
    ask.addEventListener("submit", act(view, go, said, async () => {
      await asAdmin(view, `${path}/visit?campaign=${encodeURIComponent(visit.value.trim().split("/").at(-1))}`, { method: "POST" });
      return words("coaches.visitAsked");
    }));
    const next = element("details", { class: "as-table", on: { toggle: async event => { if (event.currentTarget.open) await fill(view, visits, nextVisits); } } }, element("summary", { text: words("coaches.visits") }), visits);
    const nextVisits = async () => {
      const { items: due } = await asAdmin(view, `${path}/visits?limit=50`);
      return due.length === 0 ? element("p", { text: words("coaches.visitsNone") }) : tableOf({
        caption: words("coaches.visits"),
        heads: [{ text: words("coaches.campaign") }, { text: words("coaches.dueAt") }, { text: words("coaches.visitedAt") }, { text: words("coaches.result") }, { text: words("coaches.failures"), number: true }],
        rows: due.map(visit => [element("a", { href: `/campaigns/${visit.campaign}`, text: visit.campaign.split("/")[1] }), visit.dueAt ? format.date(visit.dueAt) : words("coaches.rests"), format.date(visit.visitedAt), [visit.result && (words(`coaches.result.${visit.result}`) ?? visit.result), visit.trouble].filter(Boolean).join(": ") || "–", format.number(visit.failures, 0)]),
      });
    };
    return [
      element("div", { class: "row" },
        element("h3", { text: one.platform }),
        element("span", { class: "buttons" }, one.pausedAt
          ? button("coaches.resume", async () => { await asAdmin(view, `${path}/resume`, { method: "POST" }); await again(); })
          : button("coaches.pause", async () => { await asAdmin(view, `${path}/pause`, { method: "POST" }); await again(); }),
        button("coaches.search", async () => { await asAdmin(view, `${path}/search`, { method: "POST" }); return words("coaches.searchAsked"); }))),
      element("p", { text: one.pausedAt ? words("coaches.paused", { at: format.date(one.pausedAt) }) : one.brokenSince ? words("coaches.broken", { at: format.date(one.brokenSince), failing: one.failing, followed: one.followed }) : words("coaches.fares", { campaigns: one.campaigns, followed: one.followed, failing: one.failing }) }),
      element("p", { class: "quiet", text: [one.searchedAt && words("coaches.searched", { at: format.date(one.searchedAt) }), one.lookedAt && words("coaches.lookedAt", { at: format.date(one.lookedAt) }), one.searchTrouble && words("coaches.searchTrouble", { what: one.searchTrouble })].filter(Boolean).join(" ") }),
      ask, said, next,
    ];
  }
}
