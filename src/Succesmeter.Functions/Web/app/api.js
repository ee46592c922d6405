// The API: JSON with ETags, so that asking again costs nothing while nothing has changed; and news by conditional polling.
export class ApiError extends Error {
  /** @param status 0 where there was no answer at all. @param wait In so many seconds it may be asked again; 0 where that was not said. */
  constructor(status, problem, wait = 0) {
    super(problem?.detail ?? `${status}`);
    this.status = status;
    this.problem = problem;
    this.wait = wait;
  }
}

const patienceMilliseconds = 60_000;
const slowMilliseconds = 4000;
const mostKept = 300;

/** @param tells { slow(isSlow), down(isDown) }: what the frame shows of the server's health. */
export function apiWith(token, tells) {
  const kept = new Map();  // path -> { tag, body }, the newest asked last
  let ended = false;

  async function api(path, { method = "GET", body, headers = {} } = {}) {
    const known = method === "GET" ? kept.get(path) : undefined;
    const abort = new AbortController();
    const patience = setTimeout(() => abort.abort(), patienceMilliseconds);
    const slow = setTimeout(() => tells.slow(true), slowMilliseconds);
    try {
      const answer = await fetch(path, {
        method, signal: abort.signal,
        headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(known ? { "If-None-Match": known.tag } : {}), ...(body !== undefined ? { "Content-Type": "application/json" } : {}), ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (answer.status < 500) tells.down(false);
      if (answer.status === 304) return known.body;
      const isJson = /json/.test(answer.headers.get("Content-Type") ?? "");
      const read = isJson ? await answer.json() : null;
      if (!answer.ok) throw new ApiError(answer.status, read, Number(answer.headers.get("Retry-After")) || 0);
      if (method === "GET" && answer.headers.has("ETag")) {
        kept.delete(path);
        kept.set(path, { tag: answer.headers.get("ETag"), body: read });
        if (kept.size > mostKept) kept.delete(kept.keys().next().value);
      }
      return read;
    } catch (error) {
      if (error instanceof ApiError) {
        if (error.status >= 500) tells.down(true);
        throw error;
      }
      tells.down(true);
      throw new ApiError(0, null);
    } finally {
      clearTimeout(patience);
      clearTimeout(slow);
      tells.slow(false);
    }
  }

  /** The body, or null where it is not there or not ours to see (401, 403, 404). */
  api.optional = async path => {
    try {
      return await api(path);
    } catch (error) {
      if ([401, 403, 404].includes(error.status)) return null;
      throw error;
    }
  };

  /** What was said changes what is read: the next question is asked anew. */
  api.forget = path => kept.delete(path);

  /**
   * Asks now and every so many seconds while the page can be seen; tells the body when it is another (null where it is not there or not ours to see).
   * A failure waits for the next time, and the frame says that the server is down. Returns what ends it.
   */
  function watch(path, seconds, onChange) {
    let last, timer, over = false, first = true;
    async function ask() {
      clearTimeout(timer);
      try {
        const body = document.hidden && !first ? last : await api.optional(path);
        if (over || ended) return;
        if (first || body !== last) {
          const isFirst = first;
          [last, first] = [body, false];
          await onChange(body, { first: isFirst });
        }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      } finally {
        if (!over && !ended) timer = setTimeout(ask, seconds * 1000);
      }
    }
    const seen = () => { if (!document.hidden) ask(); };
    document.addEventListener("visibilitychange", seen);
    ask();
    return () => { over = true; clearTimeout(timer); document.removeEventListener("visibilitychange", seen); };
  }

  return { api, watch, end: () => { ended = true; } };
}
