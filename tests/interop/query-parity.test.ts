// The queries that AllenSDK would ask, beside ours: the same tree of syntax, or a reason why not.
import { parseRmaRequest } from "@brainatlas/sdk/rma";
import { SERVICES } from "@brainatlas/sdk/services";
import { afterAll, beforeAll, expect, test } from "vitest";
import { QUERY_PAIRS } from "./cases/index.ts";
import { type AllenSdk, describeAllenSdk, startAllenSdk } from "./support/allensdk.ts";
import { titleOf } from "./support/case.ts";
import { openEnvironment } from "./support/environment.ts";
import { normaliseQuery } from "./support/normalise-query.ts";

describeAllenSdk("AllenSDK asks what our queries ask", await openEnvironment(), (python) => {
  let allenSdk: AllenSdk;

  beforeAll(async () => {
    allenSdk = await startAllenSdk(python, { baseUrl: "http://sample.invalid", recordUrls: true });
  }, 120_000);

  afterAll(() => allenSdk?.close());

  test.each(QUERY_PAIRS.map((pair) => [titleOf(pair.python), pair] as const))(
    "%s",
    async (_, { python: call, ours, differs }) => {
      const { urls = [], value, error } = await allenSdk.call(call);
      // Without rows many methods end in an error; what counts is that they have asked. Some give the URL back.
      const [url] = [...urls, String(value)].filter((asked) => asked.includes("/query.json"));
      expect(url, error).toBeDefined();
      const mine = normaliseQuery(ours.toQuery());
      const { stages, orders } = normaliseQuery(parseRmaRequest(new URL(url ?? "").searchParams));
      // Ours may say more of the order, so that pages of it have one.
      const theirs = {
        stages,
        orders: orders.map((keys, at) => [...keys, ...(mine.orders[at] ?? []).slice(keys.length)]),
      };
      if (differs === undefined) expect(mine).toEqual(theirs);
      else expect(mine).not.toEqual(theirs);
    },
  );

  test("SERVICES has the services of AllenSDK, with their parameters", async () => {
    const { value } = await allenSdk.call({
      of: "api.queries.connected_services.ConnectedServices",
      steps: [["schema"]],
    });
    const theirs = Object.entries(value as Record<string, { parameters: { name: string }[] }>).map(([name, each]) => [
      name,
      each.parameters.map((parameter) => parameter.name).sort(),
    ]);
    const ours = Object.values(SERVICES).map(({ name, parameters }) => [
      name,
      parameters.map((each) => each.name).sort(),
    ]);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  });
});
