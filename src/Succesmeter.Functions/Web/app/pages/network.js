// The campaigns of a platform, linked where five or more people gave to both: as a map, a sentence and a table. What is too small to be told is in none of them.
import { element } from "../dom.js";
import { tableOf } from "../drawn/figure.js";
import { groupsOf, sizeBy, swarmOf } from "../network/swarm.js";

const linksAtOnce = 50;
const secondsBetweenLooks = 120;
const growthMilliseconds = 12_000;
const fewestFrames = 350;      // between two months of a growth that plays: slower where months are few

export async function show(root, context) {
  const { words, format, params: { platform } } = context;
  const path = `/api/platforms/${platform}/network`;
  let ends = [];
  let network = await context.api(path);
  const draw = () => {
    for (const end of ends) end();
    ends = [];
    root.replaceChildren(
      element("header", { class: "head" },
        element("h1", { text: words("network.title", { platform }) }),
        element("p", { class: "lead", id: "network-lead", text: leadOf(network, context) }),
        element("p", { class: "quiet", text: words("network.rules") })),
      ...(network.links.length === 0 ? [element("section", { class: "section card" }, element("h2", { text: words("network.noneTitle") }), element("p", { text: words(network.donors === null ? "network.noneDonors" : "network.noneLinks") }))] : [mapSection(network, context, ends)]),
      figuresOf(network, context),
      element("p", {}, element("a", { href: `/platforms/${platform}`, text: words("network.toReport") })));
  };
  draw();
  const stop = context.watch(path, secondsBetweenLooks, (newer, { first }) => {
    if (first || !newer || newer === network) return;
    network = newer;
    // Whoever looks at the map keeps it: it is drawn anew only where links or campaigns changed, which is once in five new donors at most.
    draw();
  });
  return () => { stop(); for (const end of ends) end(); };
}

function leadOf(network, { words }) {
  if (network.links.length === 0) return words("network.leadNone");
  const { communities: { told }, links } = network;
  const groups = groupsOf(network).length;
  // Of all campaigns on the map those that share somebody.
  const campaigns = new Set(links.flatMap(link => [link.one, link.other])).size;
  return told && groups > 0
    ? words("network.leadTold", { campaigns, links: links.length, communities: groups })
    : words("network.lead", { campaigns, links: links.length });
}

function mapSection(network, { words, language, format, navigate }, ends) {
  const swarm = swarmOf(network);
  const last = swarm.months.length - 1;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const monthName = at => new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(swarm.months[at] - 1));
  const hasGround = swarm.campaigns.some(one => one.point !== null);
  const choice = { one: null, at: last, isGround: false };
  let map = null, timer = 0;

  const box = element("div", { class: "map", role: "img", "aria-label": words("network.mapName"), "aria-describedby": "network-lead network-size" });
  const waiting = element("p", { class: "waiting-map quiet", text: words("network.drawing") });
  box.append(waiting);
  const size = element("p", { id: "network-size", role: "status" });
  const panel = element("div", { class: "chosen", "aria-live": "polite" });

  const slider = element("input", { type: "range", id: "network-month", min: 0, max: Math.max(0, last), step: 1, value: Math.max(0, last), on: { input: () => { pause(); moveTo(Number(slider.value)); } } });
  const month = element("output", { for: "network-month", class: "figure-text" });
  const play = element("button", { type: "button", text: words("network.play"), on: { click: () => timer ? pause() : start() } });
  const pick = element("select", { id: "network-campaign", on: { change: () => choose(swarm.known.get(pick.value) ?? null) } },
    element("option", { value: "", text: words("network.pickNone") }),
    [...swarm.campaigns].sort((one, other) => one.title.localeCompare(other.title, language)).map(one => element("option", { value: one.campaign, text: one.title })));
  const ways = hasGround && element("div", { class: "buttons", role: "group", "aria-label": words("network.view") },
    [false, true].map(isGround => element("button", { type: "button", "aria-pressed": String(isGround === choice.isGround), "data-ground": String(isGround), text: words(isGround ? "network.ground" : "network.shared"), on: { click: () => stand(isGround) } })));
  const unplaced = swarm.campaigns.filter(one => one.point === null).length;
  const groundNote = element("p", { class: "quiet", hidden: true, text: [words("network.groundNote"), unplaced > 0 && words("network.unplaced", { n: unplaced })].filter(Boolean).join(" ") });

  function moveTo(at) {
    choice.at = at;
    slider.value = String(at);
    if (last >= 0) {
      month.textContent = monthName(at);
      slider.setAttribute("aria-valuetext", monthName(at));
    }
    const until = at === last || last < 0 ? Infinity : swarm.months[at];
    const by = sizeBy(swarm, until);
    size.textContent = last < 0 ? words("network.sizeNow", by) : words("network.size", { month: monthName(at), ...by, all: swarm.campaigns.length });
    map?.showUntil(until);
  }

  function start() {
    if (choice.at >= last) moveTo(0);
    play.textContent = words("network.pause");
    // The sentence is read out where the growth stops, and not at each step.
    size.setAttribute("aria-live", "off");
    timer = setInterval(() => { if (choice.at >= last) pause(); else moveTo(choice.at + 1); }, Math.max(growthMilliseconds / Math.max(1, last), isStill ? 1000 : Math.min(fewestFrames, growthMilliseconds / Math.max(1, last))));
  }

  function pause() {
    clearInterval(timer);
    timer = 0;
    size.removeAttribute("aria-live");
    play.textContent = words("network.play");
  }

  function stand(isGround) {
    choice.isGround = isGround;
    for (const button of ways.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.ground === String(isGround)));
    groundNote.hidden = !isGround;
    map?.standOnGround(isGround);
  }

  function choose(one) {
    choice.one = one;
    pick.value = one?.campaign ?? "";
    map?.choose(one);
    panel.replaceChildren(...(one ? chosenOf(one) : [element("p", { class: "quiet", text: words("network.pickLead") })]));
  }

  function chosenOf(one) {
    return [
      element("h3", { text: one.title }),
      element("p", { class: "quiet", text: [one.launchedAt && words("network.launched", { day: format.day(one.launchedAt) }), one.place, one.community !== null && words("network.community", { number: one.community })].filter(Boolean).join(" · ") }),
      element("p", { text: words("network.linksOf", { n: one.links.length }) }),
      element("ul", { class: "near" }, one.links.slice(0, 12).map(link => element("li", {},
        element("button", { type: "button", class: "plain", text: link.campaign.title, on: { click: () => choose(link.campaign) } }), " ", element("span", { class: "quiet", text: words("network.sharedBy", { n: link.shared }) })))),
      element("p", {}, element("a", { href: `/campaigns/${one.campaign}`, text: words("network.toCampaign") })),
    ];
  }

  // Drawing comes as a file of its own, when the words stand already.
  let over = false;
  import("../network/map.js").then(({ mapOf }) => {
    if (over) return;
    const build = () => {
      map = mapOf(box, swarm, { colours: coloursOf(), say: { community: number => words("network.community", { number }) }, onChosen: one => choose(one), isStill });
      waiting.remove();
      if (choice.isGround) map.standOnGround(true);
      moveTo(choice.at);
      if (choice.one) map.choose(choice.one);
    };
    build();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const again = () => { map.end(); build(); };
    dark.addEventListener("change", again);
    ends.push(() => dark.removeEventListener("change", again));
  }).catch(error => {
    console.error(error);
    // Without WebGL there is the table.
    waiting.textContent = words("network.noMap");
  });
  ends.push(() => { over = true; pause(); map?.end(); });

  const zoom = (code, text, does) => element("button", { type: "button", "aria-label": words(code), title: words(code), text, on: { click: () => does() } });
  moveTo(last);
  choose(null);
  return element("section", { class: "section network", "aria-labelledby": "network-map" },
    element("h2", { id: "network-map", text: words("network.mapTitle") }),
    element("div", { class: "map-tools no-print" },
      ways,
      element("p", { class: "field" }, element("label", { for: "network-campaign", text: words("network.pick") }), pick)),
    element("div", { class: "map-and-chosen" },
      element("div", { class: "map-frame" }, box,
        element("div", { class: "zoom no-print", role: "group", "aria-label": words("network.zoom") }, zoom("network.zoomIn", "+", () => map?.zoom(true)), zoom("network.zoomOut", "−", () => map?.zoom(false)), zoom("network.whole", "⤢", () => map?.whole()))),
      element("div", { class: "aside" }, panel, communitiesOf(network, swarm, { words }, number => map?.highlight(number)))),
    groundNote,
    last > 0 && element("div", { class: "growth no-print" }, element("label", { for: "network-month", text: words("network.month") }), play, slider, month),
    size,
    element("p", { class: "quiet", text: words("network.growthNote") }),
    linksTable(swarm, { words }));
}

/** Which hue and shape is which community; a press brings one forward. */
function communitiesOf(network, swarm, { words }, highlight) {
  if (swarm.communities.length === 0)
    return element("div", { class: "communities" }, element("h3", { text: words("network.communitiesTitle") }), element("p", { class: "quiet", text: `${words("network.untold")} ${words(`network.untold.${network.communities.reason}`) ?? ""}` }));
  const buttons = swarm.communities.map(one => element("button", { type: "button", class: "community", "aria-pressed": "false", on: { click: event => press(event.currentTarget, one.number) } },
    element("span", { class: `swatch ${one.hue} ${one.shape}`, "aria-hidden": "true" }), words("network.community", { number: one.number }),
    element("span", { class: "quiet", text: words("network.communitySize", { n: one.campaigns.length }) })));
  function press(button, number) {
    const isOn = button.getAttribute("aria-pressed") === "true";
    for (const other of buttons) other.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", String(!isOn));
    highlight(isOn ? null : number);
  }
  return element("div", { class: "communities" },
    element("h3", { text: words("network.communitiesTitle") }), element("ul", {}, buttons.map(one => element("li", {}, one))),
    swarm.campaigns.some(one => one.community === null) && element("p", { class: "quiet legend-none" }, element("span", { class: "swatch none circle", "aria-hidden": "true" }), words("network.noCommunity")));
}

function linksTable(swarm, { words }) {
  const links = [...swarm.links].sort((one, other) => other.shared - one.shared || one.one.title.localeCompare(other.one.title));
  const holder = element("div", {});
  let shown = linksAtOnce;
  const draw = () => holder.replaceChildren(
    tableOf({
      caption: words("network.tableName", { shown: Math.min(shown, links.length), all: links.length }),
      heads: [{ text: words("network.one") }, { text: words("network.other") }, { text: words("network.sharedHead"), number: true }],
      rows: links.slice(0, shown).map(link => [element("a", { href: `/campaigns/${link.one.campaign}`, text: link.one.title }), element("a", { href: `/campaigns/${link.other.campaign}`, text: link.other.title }), words("network.atLeast", { n: link.shared })]),
    }),
    shown < links.length ? element("p", { class: "no-print" }, element("button", { type: "button", text: words("network.more"), on: { click: () => { shown += linksAtOnce; draw(); } } })) : "");
  draw();
  return element("details", { class: "as-table" }, element("summary", { text: words("network.table") }), holder);
}

function figuresOf(network, { words, format }) {
  const said = [
    network.donors !== null && words("network.donors", { n: network.donors }),
    network.returning !== null && words("network.returning", { n: network.returning }),
    network.largestPart !== null && words("network.largestPart", { percent: format.percent(network.largestPart) }),
    network.clustering > 0 && words("network.clustering", { percent: format.percent(network.clustering) }),
    network.criticalShare !== null && words("network.criticalShare", { percent: format.percent(1 - network.criticalShare) }),
    network.communities.changes && words("network.changes", { ...network.communities.changes, since: format.day(network.communities.changes.since) }),
    network.nextGifts.returning !== null && words("network.nextGifts", { donors: network.nextGifts.donors, returning: network.nextGifts.returning }),
  ].filter(Boolean);
  return element("section", { class: "section card", "aria-labelledby": "network-figures" },
    element("h2", { id: "network-figures", text: words("network.figures") }),
    said.length > 0 ? element("ul", { class: "plain-list" }, said.map(text => element("li", { text }))) : element("p", { text: words("network.noFigures") }),
    network.growth.length > 0 && tableOf({
      caption: words("network.growthName"),
      heads: [{ text: words("network.until") }, { text: words("network.donorsHead"), number: true }, { text: words("network.largestHead"), number: true }],
      rows: network.growth.map(one => [format.day(one.at), format.number(one.donors, 0), format.percent(one.largestPart)]),
    }),
    network.asOf && element("p", { class: "quiet", text: words("network.asOf", { day: format.day(network.asOf) }) }));
}

/** The page's own colours, as they are in light or dark now. */
function coloursOf() {
  const probe = document.body.appendChild(element("span", { class: "network-colours" }));
  const style = getComputedStyle(probe);
  const read = name => style.getPropertyValue(`--map-${name}`).trim();
  const colours = Object.fromEntries(["blue", "amber", "violet", "sky", "rose", "none", "faint", "link", "link-faint", "link-chosen", "ink", "card"].map(name => [name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()), read(name)]));
  probe.remove();
  return colours;
}
