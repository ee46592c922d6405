// Lists that the API gives a page at a time, and a campaign's history, which is the longest of them.
const mostPoints = 2000;
const day = 86_400_000;

const addressOf = (path, continuation) => continuation ? `${path}${path.includes("?") ? "&" : "?"}continuation=${encodeURIComponent(continuation)}` : path;

/** The pages of a list, to its end or until nobody asks on. @param ask The API: path → answer. @param continuation Of the page before the first that is wanted. */
export async function* pagesOf(ask, path, continuation = null) {
  let page = await ask(addressOf(path, continuation));
  yield page;
  while (page.continuation) {
    page = await patiently(ask, addressOf(path, page.continuation));
    yield page;
  }
}

/** A long list may have more pages than one client may ask for at once: what was read is kept, and the rest waits its turn. */
async function patiently(ask, path) {
  for (;;) {
    try {
      return await ask(path);
    } catch (error) {
      if (error.status !== 429) throw error;
      await new Promise(resolve => setTimeout(resolve, 1000 * (error.wait || 1)));
    }
  }
}

/** All that a list holds, over its pages. */
export async function all(ask, path) {
  const items = [];
  for await (const page of pagesOf(ask, path)) items.push(...page.items);
  return items;
}

/**
 * A campaign's history as its curve shows it: oldest first, to the newest, without what was set aside. Asked again it reads on from the page that was the last, as a history of many pages
 * is too much to read anew at each piece of news; what changed in an older page is seen when the campaign is opened again.
 */
export function historyOf(api, campaign) {
  const path = `/api/campaigns/${campaign}/history?limit=500`;
  let read = { points: [], continuation: null };   // all before the last page
  return async () => {
    // Of its own, since two may ask at the same time.
    let { points, continuation } = read, known = points;
    for await (const page of pagesOf(api, path, continuation)) {
      known = thinned([...points, ...page.items.filter(point => !point.setAside)]);
      if (!page.continuation) break;
      // This page is full and not asked for again: only what was made of it is kept.
      api.forget(addressOf(path, continuation));
      ({ continuation } = page);
      points = known;
    }
    read = { points, continuation };
    return known;
  };
}

/**
 * Where there are too many, the last of each stretch of time and the first of all; stretches are doubled from a minute and a half up to a day until it is few enough. A stretch lies within the next, so that
 * thinning again as pages come leaves the same; by time and not by number, so that a crowded day does not wear out the others. The last of each day always stays: what came in on it, and the day of a
 * milestone or a turn, are read from it. Notes and ticks bear no amount: they stand beside the amounts, not for them.
 */
function thinned(points) {
  for (let stretch = day / 1024; points.length > mostPoints && stretch <= day; stretch *= 2) {
    const seen = new Set(), kept = [];
    for (let at = points.length - 1; at >= 0; at--) {
      const when = new Date(points[at].at);
      const key = `${Math.floor((when - 60_000 * when.getTimezoneOffset()) / stretch)} ${points[at].pledged === null}`;
      if (at > 0 && seen.has(key)) continue;
      seen.add(key);
      kept.push(points[at]);
    }
    points = kept.reverse();
  }
  return points;
}
