// The page as it is served: what a first visit sees, what it is allowed, and what it asks.
import { expect, test } from "vitest";
import { useViewer } from "../support/viewer-page.ts";

const kit = useViewer();

test("a first visit shows a whole plate with its drawing, and says what it is", async () => {
  const tab = await kit.open();
  await tab.whole();
  await tab.shot("first-view");
  const [plates, drawing] = [await kit.plates(1), "Nissl, drawing"];
  const number = Math.floor(plates.length / 2) + 1;
  await tab.page.getByRole("region", { name: `Mouse, P56, Coronal, plate ${number}` }).waitFor();
  await tab.panel().getByText(drawing, { exact: true }).waitFor();
  expect(await tab.page.title()).toContain("Mouse, P56, Coronal");
  for (const [role, name] of [
    ["combobox", "Search"],
    ["tree", "Structures"],
    ["slider", "Plate"],
    ["listbox", "Plates"],
  ] as const)
    expect(await tab.page.getByRole(role, { name, exact: true }).isVisible()).toBe(true);
  // The whole of it is in view: the corners of the panel are beside it.
  expect(tab.link().has("zoom")).toBe(false);
  expect(tab.asked.filter((path) => path.includes("/svg/"))).toHaveLength(1);
});

test("the page comes with a policy that lets nothing inline run", async () => {
  const response = await fetch(`${kit.mirror.url}/view/`);
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(policy).not.toMatch(/unsafe|\*/);
  const tab = await kit.open();
  await tab.whole();
  // A script of its own text, as an injection would be.
  expect(await tab.page.evaluate(evaluateText)).toBe("refused");
  tab.forgive(/policy|unsafe-eval/i);
});

/** In the page. */
function evaluateText(): string {
  const { document } = globalThis as unknown as {
    document: { createElement(name: string): { textContent: string }; head: { append(element: unknown): void } };
  };
  const script = document.createElement("script");
  script.textContent = "globalThis.__ran = true";
  document.head.append(script);
  return "__ran" in globalThis ? "run" : "refused";
}
