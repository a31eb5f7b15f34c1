import { type Api, openApi } from "../../api.ts";
import { createFakeContext } from "../../fake-context.test-kit.ts";
import { type FakeService, rowsService } from "../../fake-service.test-kit.ts";
import type { PullPlan } from "../plan.ts";

/** The sample atlas as an API. */
export async function sampleApi(): Promise<Api> {
  return await openApi(createFakeContext(), { api: "sample" });
}

/** A mirror as an API, by what answers its requests. */
export async function mirrorApi(fetch: (url: string, init: RequestInit) => Promise<Response>): Promise<Api> {
  return await openApi(createFakeContext({ fetch }), { api: "http://127.0.0.1:1", retries: 0 });
}

/** An API that answers with these rows, by the text of the query. */
export async function rowsApi(
  rowsOf: Parameters<typeof rowsService>[0],
): Promise<{ readonly api: Api; readonly asked: FakeService["asked"] }> {
  const { asked, fetch } = rowsService(rowsOf);
  return { api: await mirrorApi(fetch), asked };
}

/** Nothing ends the work. */
export const NEVER: AbortSignal = new AbortController().signal;

/** The rows of a plan by the names of their files, as numbers. */
export function countRows({ records }: PullPlan): Record<string, number> {
  return Object.fromEntries(records.map(({ name, rows }) => [name, rows.length]));
}

/** The names of a plan's things. */
export function namesOf({ things }: PullPlan): string[] {
  return things.map(({ name }) => name);
}

/** A row of an image that has all that pictures need. */
export function imageRow(id: number, columns: Record<string, unknown> = {}): Record<string, unknown> {
  const box = { x: 0, y: 0, width: 600, height: 400, image_width: 600, image_height: 400 };
  return { id, ...box, path: `/external/${id}.aff`, section_number: id, annotated: false, failed: false, ...columns };
}
