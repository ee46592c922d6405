// What each campaign said when the reader was last here, kept in this browser alone. "Last" is the visit before this window was opened.
const key = "visits";
const read = () => { try { return JSON.parse(localStorage.getItem(key) ?? "{}"); } catch { return {}; } };
const before = read();

export function sinceLastVisit(campaign, { words, format }) {
  const then = before[campaign.campaign];
  if (!then) return words(Object.keys(before).length === 0 ? "page.sinceFirst" : "page.sinceNew");
  const people = (campaign.backers ?? 0) - (then.backers ?? 0);
  const amount = (campaign.pledged ?? 0) - (then.pledged ?? 0);
  const turned = then.status && campaign.status && then.status !== campaign.status ? words("page.sinceTurned", { before: words(`status.${then.status}`), after: words(`status.${campaign.status}`) }) : null;
  const came = people > 0 || amount > 0
    ? words("page.sinceCame", { n: Math.max(people, 0), amount: format.money(Math.max(amount, 0), campaign.goalUnit === "orders" ? null : campaign.currency) })
    : null;
  return [came, turned].filter(Boolean).join(" ") || words("page.sinceNothing");
}

export function remember(campaigns) {
  const now = read();
  for (const { campaign, backers, pledged, status } of campaigns) {
    delete now[campaign];
    now[campaign] = { backers, pledged, status };
  }
  // A browser keeps little: the campaigns seen last stay.
  try { localStorage.setItem(key, JSON.stringify(Object.fromEntries(Object.entries(now).slice(-500)))); } catch { /* Then every visit is a first one. */ }
}
