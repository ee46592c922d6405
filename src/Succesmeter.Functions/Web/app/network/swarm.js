// The network as the API gives it, as what the map, its table and its sentences show. Nothing is reckoned here that the API does not tell: links come in steps of five.

/** Hue and shape each go their own round, so that twenty communities differ in both; none of it needs red against green. */
const hues = ["blue", "amber", "violet", "sky", "rose"];
export const shapes = ["circle", "square", "triangle", "diamond"];

/** A campaign that is alone in its community is no group that anybody would name. */
export const groupsOf = network => network.communities.items.filter(one => one.campaigns.length > 1);

/** { campaigns, links, communities, months, known: Map name → campaign }. @param network As GET /api/platforms/{platform}/network answers. */
export function swarmOf(network) {
  const told = groupsOf(network);
  const communityOf = new Map(told.flatMap(one => one.campaigns.map(name => [name, one.number])));
  const communities = told.map((one, at) => ({ number: one.number, donors: one.donors, hue: hues[at % hues.length], shape: shapes[at % shapes.length], campaigns: one.campaigns }));
  const lookOf = new Map(communities.map(one => [one.number, one]));
  const campaigns = network.campaigns.map(one => {
    const community = communityOf.get(one.campaign) ?? null;
    return {
      ...one, community, hue: lookOf.get(community)?.hue ?? (communities.length > 0 ? "none" : "blue"), shape: lookOf.get(community)?.shape ?? "circle", links: [],
      launched: one.launchedAt === null ? null : Date.parse(one.launchedAt), point: one.latitude === null || one.longitude === null ? null : { latitude: one.latitude, longitude: one.longitude },
    };
  });
  const known = new Map(campaigns.map(one => [one.campaign, one]));
  const links = network.links.filter(link => known.has(link.one) && known.has(link.other)).map(link => ({ one: known.get(link.one), other: known.get(link.other), shared: link.shared }));
  for (const link of links) {
    link.one.links.push({ campaign: link.other, shared: link.shared });
    link.other.links.push({ campaign: link.one, shared: link.shared });
  }
  for (const one of campaigns) one.links.sort((a, b) => b.shared - a.shared || a.campaign.title.localeCompare(b.campaign.title));
  return { campaigns, links, communities, months: monthsOf(campaigns), known };
}

/** The ends of the months in which something was launched or might have been, first to last; empty where no launch is known. */
function monthsOf(campaigns) {
  const launches = campaigns.map(one => one.launched).filter(one => one !== null);
  if (launches.length === 0) return [];
  // Not Math.min(...launches): thousands of arguments are too many for some browsers.
  const [first, last] = launches.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [Infinity, -Infinity]);
  const months = [];
  for (let at = new Date(first), year = at.getUTCFullYear(), month = at.getUTCMonth(); ; month++) {
    const end = Date.UTC(year, month + 1, 1);
    months.push(end);
    if (end > last) return months;
  }
}

/** Whose launch is unknown was always there. */
export const isLaunchedBy = (campaign, until) => campaign.launched === null || campaign.launched < until;

/** How many campaigns and links there are by an instant, and how many campaigns hang together in the largest part. */
export function sizeBy(swarm, until) {
  const at = new Map();
  for (const one of swarm.campaigns) if (isLaunchedBy(one, until)) at.set(one, at.size);
  const parent = Int32Array.from({ length: at.size }, (_, one) => one);
  const sizes = new Int32Array(at.size).fill(1);
  const rootOf = one => {
    while (parent[one] !== one) one = parent[one] = parent[parent[one]];
    return one;
  };
  let links = 0;
  for (const { one, other } of swarm.links) {
    if (!at.has(one) || !at.has(other)) continue;
    links++;
    let [a, b] = [rootOf(at.get(one)), rootOf(at.get(other))];
    if (a === b) continue;
    if (sizes[a] < sizes[b]) [a, b] = [b, a];
    parent[b] = a;
    sizes[a] += sizes[b];
  }
  return { campaigns: at.size, links, largest: sizes.reduce((most, one, index) => parent[index] === index && one > most ? one : most, 0) };
}

const spread = 0.35;               // of the distance to the next place: how far campaigns of one place stand apart
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/**
 * Where campaigns stand on the ground, north up: x to the east, in degrees of latitude. Those of one place stand in a spiral around its middle, so that none hides another.
 * Whose platform shows no point is not there. { at: Map campaign → { x, y }, places: [{ name, x, y, campaigns }] }
 */
export function groundOf(campaigns) {
  const known = campaigns.filter(one => one.point !== null);
  if (known.length === 0) return { at: new Map(), places: [] };
  const middle = known.reduce((sum, one) => sum + one.point.latitude, 0) / known.length;
  const narrow = Math.cos(middle * Math.PI / 180);
  const groups = Map.groupBy ? Map.groupBy(known, keyOf) : known.reduce((found, one) => found.set(keyOf(one), [...found.get(keyOf(one)) ?? [], one]), new Map());
  const places = [...groups.values()].map(group => ({
    name: group[0].place,
    x: group.reduce((sum, one) => sum + one.point.longitude, 0) / group.length * narrow,
    y: group.reduce((sum, one) => sum + one.point.latitude, 0) / group.length,
    campaigns: group,
  }));
  const radius = spread * nearest(places);
  const at = new Map();
  for (const place of places)
    place.campaigns.forEach((one, index) => {
      const away = place.campaigns.length === 1 ? 0 : radius * Math.sqrt((index + 0.5) / place.campaigns.length);
      at.set(one, { x: place.x + away * Math.cos(index * goldenAngle), y: place.y + away * Math.sin(index * goldenAngle) });
    });
  return { at, places };

  function keyOf(one) { return one.place ?? `${one.point.latitude.toFixed(3)} ${one.point.longitude.toFixed(3)}`; }
}

/** The shortest distance between two places; a hundredth of a degree where there is one only. */
function nearest(places) {
  let least = Infinity;
  // Of very many places a sample says enough: it only decides how close dots stand.
  const some = places.slice(0, 500);
  for (let one = 0; one < some.length; one++)
    for (let other = one + 1; other < some.length; other++)
      least = Math.min(least, Math.hypot(some[one].x - some[other].x, some[one].y - some[other].y));
  return Number.isFinite(least) && least > 0 ? least : 0.01;
}

/** Where the layout begins: communities around a circle, the same each time. */
export function beginningOf(swarm) {
  const numbers = swarm.communities.map(one => one.number);
  return new Map(swarm.campaigns.map((one, index) => {
    const at = one.community === null ? -1 : numbers.indexOf(one.community);
    const turn = at < 0 ? 0 : 2 * Math.PI * at / Math.max(1, numbers.length);
    const [x, y] = at < 0 ? [0, 0] : [100 * Math.cos(turn), 100 * Math.sin(turn)];
    const away = 40 * Math.sqrt((index + 1) / swarm.campaigns.length);
    return [one, { x: x + away * Math.cos(index * goldenAngle), y: y + away * Math.sin(index * goldenAngle) }];
  }));
}
