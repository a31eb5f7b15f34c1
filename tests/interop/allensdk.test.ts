// The AllenSDK, unmodified and as published, against the mirror: what it receives is what our client receives.
import { createMirror, type Listening, listen, sampleStore } from "@brainatlas/mirror";
import { BrainAtlas } from "@brainatlas/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CASES_BY_SUBJECT } from "./cases/index.ts";
import { type AllenSdk, describeAllenSdk, startAllenSdk } from "./support/allensdk.ts";
import { titleOf } from "./support/case.ts";
import { openEnvironment } from "./support/environment.ts";

describeAllenSdk("AllenSDK against the sample", await openEnvironment(), (python) => {
  let mirror: Listening;
  let allen: BrainAtlas;
  let allenSdk: AllenSdk;

  beforeAll(async () => {
    mirror = await listen(createMirror({ store: sampleStore() }));
    allen = new BrainAtlas({ baseUrl: mirror.url, retries: 0 });
    allenSdk = await startAllenSdk(python, { baseUrl: mirror.url });
  }, 120_000);

  afterAll(async () => {
    await allenSdk?.close();
    await mirror?.close();
  });

  describe.each(Object.entries(CASES_BY_SUBJECT))("%s", (_, cases) => {
    test.each(cases.map((each) => [titleOf(each.python), each] as const))("%s", async (_, each) => {
      const reply = await allenSdk.call(each.python);
      expect(reply.error === undefined, reply.error).toBe(each.isRefused !== true);
      const theirs = each.theirs === undefined ? reply.value : each.theirs(reply);
      expect(theirs).toEqual(await each.ours(allen));
      // Two empty lists would say nothing.
      expect(theirs).not.toEqual([]);
    });
  });
});
