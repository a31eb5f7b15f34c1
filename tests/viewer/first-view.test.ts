// The page as it is served: what a first visit sees, what it is allowed, and what it asks.
import { expect, test } from "vitest";
import { useViewer } from "../support/viewer-page.ts";

const kit = useViewer();

test("a first visit shows a whole plate with its drawing, and says what it is", async () => {
  const tab = await kit.open();
  await tab.whole();
  await tab.shot("first-view");
  expect(await tab.page.title()).toContain("brainatlas");
});

test("the page comes with a policy that lets nothing inline run", async () => {
  const response = await fetch(`${kit.mirror.url}/view/`);
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(policy).not.toMatch(/unsafe|\*/);
});
