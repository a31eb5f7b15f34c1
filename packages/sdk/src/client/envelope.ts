import { ApiError, DecodeError } from "../errors.ts";
import type { AtlasResponse } from "../http/response.ts";

/**
 * The content of the API's JSON envelope (reference §3.6).
 *
 * @throws {ApiError} If the envelope says `success: false`.
 * @throws {DecodeError} If the answer is no envelope.
 */
export function readEnvelope(response: AtlasResponse): unknown {
  const document = response.json();
  const { success, msg } = (typeof document === "object" && document !== null ? document : {}) as Record<
    string,
    unknown
  >;
  if (success === true) return msg;
  if (success === false) throw new ApiError(response.url, new URL(response.url).search, String(msg ?? "no reason"));
  throw new DecodeError("the answer", {
    at: "success",
    expected: "true or false",
    found: JSON.stringify(success) ?? "nothing",
    url: response.url,
  });
}
