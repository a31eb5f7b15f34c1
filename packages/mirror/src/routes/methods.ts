import type { MiddlewareHandler } from "hono";
import { isQueryPath } from "./data-path.ts";
import { refuse } from "./refuse.ts";

const READING = ["GET", "HEAD"];

/** What a browser asks before it sends something of its own to another origin. */
export const PREFLIGHT: Readonly<Record<string, string>> = {
  "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
  "access-control-allow-headers": "*",
  "access-control-max-age": "86400",
};

/** Lets through what reads. Queries may also be posted; nothing else is written to. */
export const refuseOtherMethods: MiddlewareHandler = async ({ req }, next) => {
  const isQuery = isQueryPath(new URL(req.url).pathname);
  const allowed = isQuery ? [...READING, "POST"] : READING;
  if (allowed.includes(req.method)) return await next();
  const known = [...allowed, "OPTIONS"].join(", ");
  return refuse(405, `This mirror only reads; use ${known}`, { allow: known });
};
