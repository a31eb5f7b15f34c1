import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import { createView, type View } from "../model/view.ts";
import type { Session } from "../session/session.ts";
import { chooseStructure } from "./choose-structure.ts";

const flyToStructures = vi.hoisted(() => vi.fn());
vi.mock("../session/fly-to-structures.ts", () => ({ flyToStructures }));

test("chooseStructure() goes there by a step of its own where the structure is selected already", () => {
  const view = signal<View>(createView({ kind: "atlas", id: 1 }));
  const change = (next: (view: View) => View): void => {
    view.value = next(view.peek());
  };
  const session = { view, change } as unknown as Session; // What choosing needs of it.
  chooseStructure(session, 7, false);
  chooseStructure(session, 7, false);
  chooseStructure(session, 8, true);
  chooseStructure(session, 8, true);
  expect(flyToStructures.mock.calls.map(([, ids, kind]) => [ids, kind])).toEqual([
    [[7], "move"],
    [[7], "step"],
    [[8], "move"],
  ]);
});
