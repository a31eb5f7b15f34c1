import { checkCount } from "../../check.ts";
import { ConnectionError } from "../../errors.ts";
import type { FetchLike } from "../../http/options.ts";
import { createClock } from "./clock.ts";
import { FetchExchange } from "./fetch-exchange.ts";
import { followRedirects, type SendHop } from "./follow.ts";
import { Places } from "./places.ts";
import type { Wire } from "./wire.ts";

/** Requests to one origin at once until `limit()` says otherwise. */
const DEFAULT_CONNECTIONS = 8;

/**
 * A wire over a `fetch`, such as that of a mirror in the same process; redirects are followed by the wire.
 *
 * What it calls a connection is a request under way, as `fetch` does not say more.
 *
 * @example const wire = createFetchWire((url, init) => mirror.fetch(new Request(url, init)))
 */
export function createFetchWire(fetch: FetchLike): Wire {
  const clock = createClock();
  /** Of the origins that anything is asked of at present. */
  const origins = new Map<string, Places>();
  /** Of origins that have a number of their own. */
  const limits = new Map<string, number>();
  const underway = new Set<FetchExchange>();
  let connections = DEFAULT_CONNECTIONS;
  let isClosed = false;

  function placesOf(origin: string): Places {
    const places = origins.get(origin) ?? new Places(() => limits.get(origin) ?? connections);
    origins.set(origin, places);
    return places;
  }

  const closed = (url: string): ConnectionError =>
    new ConnectionError({ method: "GET", url, attempts: 1 }, "its connections were closed");

  const send: SendHop = async (ask, open) => {
    const { url, origin } = ask.target;
    if (isClosed) throw closed(url);
    const places = placesOf(origin);
    const exchange = new FetchExchange(ask, clock);
    underway.add(exchange);
    let hasPlace = false;
    const takeBack = places.ask(() => {
      hasPlace = true;
      exchange.start(fetch, open);
    });
    try {
      await exchange.done;
    } finally {
      underway.delete(exchange);
      if (hasPlace) places.leave();
      else takeBack();
      if (places.isEmpty) origins.delete(origin);
    }
  };

  return {
    get: (ask, open) => followRedirects(ask, open, send),
    limit(count, origin) {
      checkCount("connections", count, 1);
      if (origin === undefined) connections = count;
      else limits.set(origin, count);
      for (const [each, places] of origins) if ((origin ?? each) === each) places.fill();
    },
    unlimit(origin) {
      limits.delete(origin);
    },
    capacity: (count) => count,
    close() {
      isClosed = true;
      for (const exchange of [...underway]) exchange.fail(closed(exchange.url));
    },
  };
}
