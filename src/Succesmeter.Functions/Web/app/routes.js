// Addresses and the pages behind them; WebApplicationEndpoint answers index.html at the same ones.
const id = "([a-z0-9][a-z0-9._~-]{0,127})";

const routes = [
  { pattern: /^\/$/, page: "today" },
  { pattern: new RegExp(`^/campaigns/${id}/${id}$`, "i"), page: "campaign", names: ["platform", "campaign"] },
  { pattern: new RegExp(`^/platforms/${id}$`, "i"), page: "platform", names: ["platform"] },
  { pattern: new RegExp(`^/platforms/${id}/network$`, "i"), page: "network", names: ["platform"] },
  { pattern: /^\/coaches$/, page: "coaches" },
  { pattern: /^\/subscriptions$/, page: "subscriptions" },
  { pattern: /^\/method$/, page: "method" },
];

/** { page, params }, or null. */
export function routeOf(pathname) {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, "") : pathname;
  for (const { pattern, page, names = [] } of routes) {
    const found = pattern.exec(path);
    if (found) return { page, params: Object.fromEntries(names.map((name, index) => [name, found[index + 1].toLowerCase()])) };
  }
  return null;
}

export const campaignAddress = campaign => `/campaigns/${campaign}`;
