import type { RequestOptions } from "../http/options.ts";
import { readEnvelope, rowsOf } from "./envelope.ts";
import type { Sender } from "./sender.ts";

/**
 * The rows that a path of the API answers with, all at once.
 *
 * @throws {ApiError} If the service refuses the request.
 * @throws {DecodeError} If the answer is no rows.
 */
export async function fetchRows(sender: Sender, path: string, options: RequestOptions): Promise<readonly unknown[]> {
  const response = await sender.send({ url: sender.baseUrl + path }, { ...options, throwHttpErrors: true });
  return rowsOf(readEnvelope(response, path).msg, response.url);
}
