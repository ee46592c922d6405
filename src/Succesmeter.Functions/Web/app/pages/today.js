// Today: which campaigns want a hand, and what changed. Up to twelve live campaigns are cards; more of them are a table, with the first three that want a hand above it.
import { fan } from "../charts.js";
import { element, figuresIn, renew } from "../dom.js";
import { historyOf } from "../lists.js";
import { adviceOf, carried, chance, daysLeft, endOf, endsIn, firstAdvice, isTold, needOf, needs, ofHundred, raised, staleAmong } from "../reading.js";
import { campaignAddress } from "../routes.js";
import { remember, sinceLastVisit } from "../visits.js";

const mostCards = 12;
const cardsAboveTable = 3;
const pageSize = 50;
const pollSeconds = 5;
const soonest = `/api/campaigns?state=live&sort=endsAt&limit=${pageSize}`;

export async function show(root, context) {
  const { words, api, watch, me } = context;
  const head = element("header", { class: "head" });
  const cards = element("ul", { class: "cards", "data-testid": "cards" });
  const table = element("section", { class: "section", "aria-labelledby": "all-campaigns" });
  const order = element("details", { class: "quiet no-print" }, element("summary", { text: words("page.orderTitle") }),
    element("p", { text: words("page.order") }), element("ol", {}, needs.map(need => element("li", { text: words(`needWhy.${need}`) }))));
  const mark = figuresIn();
  const read = new Map();   // campaign -> { says, row, detail, history, points }
  let charts = [], endTable = null;

  /** The campaigns beside their scores; one whose row says the same is not asked for again. */
  async function readAll(rows) {
    await Promise.all(rows.map(async row => {
      const says = JSON.stringify(row);
      const before = read.get(row.campaign);
      if (before?.says === says) return;
      const history = before?.history ?? historyOf(api, row.campaign);
      const [detail, points] = await Promise.all([api.optional(`/api/campaigns/${row.campaign}`), history()]);
      read.set(row.campaign, { says, row, detail: detail ?? row, history, points });
    }));
    const order = row => { const { detail } = read.get(row.campaign); return [needs.indexOf(needOf(detail, detail.score)), daysLeft(detail) ?? Infinity]; };
    return rows.map(row => [row, order(row)]).sort(([, [need, left]], [, [otherNeed, otherLeft]]) => need - otherNeed || left - otherLeft).map(([row]) => read.get(row.campaign));
  }

  async function draw(list) {
    const many = list.items.length > mostCards || list.continuation !== null;
    // With many, the cards above the table are chosen among the campaigns that end first, by what their rows say alone.
    const likely = many ? [...list.items].sort((one, other) => needs.indexOf(needOf(one, null)) - needs.indexOf(needOf(other, null))).slice(0, cardsAboveTable) : list.items;
    if (many && !endTable) endTable = campaignTable(table, context, list);
    table.hidden = !many;
    const shown = await readAll(likely);
    const reads = list.items.some(row => me.mayRead(row.campaign));
    const wanting = shown.filter(({ detail }) => needOf(detail, detail.score) !== "quiet").length;
    renew(head,
      element("h1", { text: words("page.today") }),
      list.items.length === 0 ? element("p", { class: "lead", text: words("page.emptyLive") })
        : !reads ? element("p", { class: "lead", text: words("page.leadPublic") })
          : many ? element("p", { class: "lead", text: words("page.leadMany") })
            : element("p", { class: "lead", "data-figure": "wanting", text: wanting === 0 ? words("page.nothingNeeded") : words("page.wanting", { n: wanting }) }));
    for (const chart of charts) chart.end();
    charts = [];
    renew(cards, shown.map(one => element("li", {}, card(one))));
    order.hidden = !reads;
    mark(head);
    mark(cards);
    remember(list.items);
  }

  function card({ detail, points }) {
    const mayRead = me.mayRead(detail.campaign);
    const need = mayRead ? needOf(detail, detail.score) : "quiet";
    const piece = mayRead ? firstAdvice(detail.score, need) : null;
    const advice = piece ? adviceOf(piece, detail, context) : null;
    const address = campaignAddress(detail.campaign);
    const id = `card-${detail.campaign.replace(/\W/g, "-")}`;
    const chart = fan({ detail, points, financial: mayRead ? detail.score?.financial : null, ...context, small: true });
    charts.push(chart);
    return element("article", { class: "card campaign", "aria-labelledby": id, "data-testid": "campaign-card", "data-campaign": detail.campaign, "data-need": need },
      element("div", { class: "card-head" },
        element("h2", { id }, element("a", { href: address, "data-keep": id, text: detail.title })),
        mayRead && need !== "quiet" ? element("span", { class: "badge needs", text: words(`need.${need}`) }) : null),
      element("p", { class: "says" }, element("strong", { "data-figure": `${id} people`, text: carried(detail, context) }), " ", element("span", { "data-figure": `${id} chance`, text: chance(detail, mayRead, context) ?? "" })),
      chart,
      element("p", { class: "quiet ends" }, element("span", { "data-figure": `${id} raised`, text: raised(detail, context) }), element("span", { text: endsIn(detail, context) })),
      element("p", { class: "since", "data-testid": "since", text: sinceLastVisit(detail, context) }),
      !mayRead ? null : element("div", { class: "todo", "data-testid": "todo" },
        advice
          ? [element("p", {}, element("strong", { text: advice.title })), advice.trigger ? element("p", { class: "quiet", text: advice.trigger }) : null]
          : element("p", { class: "quiet", text: words("page.nothingNeededHere") })));
  }

  head.append(element("h1", { text: words("page.today") }), element("p", { class: "quiet", text: words("page.loading") }));
  root.append(head);
  const first = await api(soonest);
  // All at once: what came later would push down what is read already.
  await draw(first);
  root.append(cards, order, table, finished(context));
  const stop = watch(soonest, pollSeconds, list => list && list !== first ? draw(list) : undefined);
  return () => { stop(); endTable?.(); for (const chart of charts) chart.end(); };
}

const sorts = ["endsAt", "-endsAt", "title", "-launchedAt", "-backers", "-progress", "-asOf"];
const states = ["live", "succeeded", "failed", "cancelled"];

/** All campaigns, a page of the API at a time; the page looked at is asked for again while it is looked at. @param soonest What it begins with. */
function campaignTable(section, { words, format, watch, me }, soonest) {
  const body = element("tbody", { "data-testid": "campaign-rows" });
  const caption = element("caption");
  const status = element("p", { class: "quiet", role: "status" });
  const pager = element("p", { class: "buttons no-print" });
  const mark = figuresIn();
  const asked = { search: "", state: "live", sort: "endsAt" };
  let trail = [null], stop = () => {};

  const search = element("input", { id: "search", type: "search", maxlength: 100, autocomplete: "off", "data-testid": "search" });
  let typing;
  search.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { asked.search = search.value.trim(); begin(); }, 250); });
  const select = (id, values, label, chosen) => element("select", { id, "data-testid": id, on: { change: event => { asked[id] = event.target.value; begin(); } } },
    values.map(value => element("option", { value, text: label(value), selected: value === chosen })));

  section.append(
    element("h2", { id: "all-campaigns", text: words("page.all") }),
    element("div", { class: "filters no-print", role: "search" },
      element("p", { class: "field" }, element("label", { for: "search", text: words("page.search") }), search),
      element("p", { class: "field" }, element("label", { for: "state", text: words("page.state") }), select("state", [...states, ""], value => value ? words(`state.${value}`) : words("page.stateAll"), "live")),
      element("p", { class: "field" }, element("label", { for: "sort", text: words("page.sort") }), select("sort", sorts, value => words(`sortBy.${value.replace("-", "down.")}`), "endsAt"))),
    status,
    element("table", { class: "campaigns" }, caption,
      element("thead", {}, element("tr", {}, ["campaign", "status", "pledged", "people", "probability", "ends", "seen"].map(key =>
        element("th", { scope: "col", class: ["people"].includes(key) ? "number" : null, text: words(`column.${key}`) })))),
      body),
    pager);

  const address = continuation => {
    const query = new URLSearchParams({ limit: String(pageSize), sort: asked.sort });
    if (asked.state) query.set("state", asked.state);
    if (asked.search) query.set("search", asked.search);
    if (continuation) query.set("continuation", continuation);
    return `/api/campaigns?${query}`;
  };

  function begin() { trail = [null]; look(); }

  function look() {
    stop();
    stop = watch(address(trail.at(-1)), pollSeconds, list => list && fill(list));
  }

  function fill(list) {
    const stale = staleAmong(list.items);
    caption.textContent = words("page.tableCaption", { page: trail.length });
    body.replaceChildren(...list.items.map(row => line(row, stale(row))));
    status.textContent = list.items.length === 0 ? words("page.noneFound") : "";
    mark(body);
    renew(pager,
      trail.length > 1 ? element("button", { type: "button", "data-keep": "previous", text: words("page.previous"), on: { click: () => { trail.pop(); look(); } } }) : null,
      list.continuation ? element("button", { type: "button", "data-keep": "next", "data-testid": "next", text: words("page.next"), on: { click: () => { trail.push(list.continuation); look(); } } }) : null);
  }

  function line(row, isStale) {
    const cell = (key, attributes, ...children) => element("td", { "data-label": words(`column.${key}`), ...attributes }, children);
    const share = row.goal && row.pledged !== null ? Math.min(1, row.pledged / row.goal) : null;
    const fill = element("span");
    fill.style.width = `${100 * (share ?? 0)}%`;
    const told = row.state === "live" && me.mayRead(row.campaign);
    const chanceText = !told ? "–" : row.status === "reached" ? words("status.reached") : isTold(row) ? words("page.ofHundred", { n: ofHundred(row.probability) }) : words("page.abstains");
    return element("tr", { "data-campaign": row.campaign },
      element("th", { scope: "row", class: "title" }, element("a", { href: campaignAddress(row.campaign), lang: null, text: row.title })),
      cell("status", {}, words(told && row.status && row.confidence !== "abstain" ? `status.${row.status}` : `state.${row.state}`)),
      cell("pledged", { class: "figure-text" }, element("span", { "data-figure": `${row.campaign} raised`, text: raised(row, { words, format }) }), share === null ? null : element("span", { class: "bar", "aria-hidden": "true" }, fill)),
      cell("people", { class: "number", "data-figure": `${row.campaign} people` }, format.number(row.backers, 0)),
      cell("probability", { class: told && !isTold(row) ? "quiet" : null, "data-figure": `${row.campaign} chance` }, chanceText),
      cell("ends", {}, endOf(row) ? format.day(endOf(row), true) : "–"),
      cell("seen", { class: "quiet" }, format.date(row.asOf), isStale ? [" ", element("span", { class: "badge stale", "data-testid": "stale", text: words("page.stale"), title: words("page.staleWhy") })] : null));
  }

  fill(soonest);
  begin();
  return () => { stop(); clearTimeout(typing); };
}

/** Finished campaigns, folded; asked for when they are unfolded. */
function finished({ words, format, api }) {
  const list = element("ul", { class: "finished" });
  let asked = false;
  return element("details", { class: "section finished-section", "data-testid": "finished", on: { toggle: async event => {
    if (!event.target.open || asked) return;
    asked = true;
    try {
      const pages = await Promise.all(states.slice(1).map(state => api(`/api/campaigns?state=${state}&sort=-endsAt&limit=100`)));
      const rows = pages.flatMap(answer => answer.items).sort((one, other) => (other.endsAt ?? "").localeCompare(one.endsAt ?? ""));
      list.replaceChildren(...rows.length === 0 ? [element("li", { text: words("page.finishedNone") })] : rows.map(row => element("li", {},
        element("a", { href: campaignAddress(row.campaign), text: row.title }),
        element("span", { class: "quiet", text: [words(`state.${row.state}`), raised(row, { words, format }), row.backers === null ? null : words("page.peopleAre", { n: row.backers }), row.endsAt ? format.day(row.endsAt) : null].filter(Boolean).join(" · ") }))));
    } catch { asked = false; list.replaceChildren(element("li", { text: words("page.down") })); }
  } } }, element("summary", {}, element("h2", { text: words("page.finished") })), list);
}
