import type { UnknownRow } from "./rows.ts";
import { type ServiceFunction, serviceFunction } from "./service-query.ts";

/**
 * Records that hold a text. What the rows are is unknown, and what `k` does.
 *
 * Throws as {@link serviceQuery} does.
 *
 * @example String(textSearch({ queryString: "abat" })) // → "service::text_search[query_string$eq'abat']"
 */
export const textSearch: ServiceFunction<"text_search", UnknownRow> = /* @__PURE__ */ serviceFunction("text_search");
