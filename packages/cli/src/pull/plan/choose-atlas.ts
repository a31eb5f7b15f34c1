import { UsageError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { idOf, type PlanRow } from "./row-values.ts";

/** Atlases that an error names. */
const NAMED = 20;

/**
 * The atlas that is meant: by its id, else by its name, else by a part of its name that no other has, in any capitals.
 *
 * @throws {UsageError} If there is none, or several are meant; the hint names them.
 */
export function chooseAtlas(atlases: readonly PlanRow[], text: string): PlanRow {
  const part = text.trim().toLowerCase();
  const candidates = [
    /^\d{1,15}$/.test(part) ? atlases.filter((atlas) => idOf(atlas) === Number(part)) : [],
    atlases.filter(({ name }) => name === text),
    atlases.filter(({ name }) => String(name).toLowerCase() === part),
    part === "" ? [] : atlases.filter(({ name }) => String(name).toLowerCase().includes(part)),
  ];
  const [found, ...others] = candidates.find((each) => each.length > 0) ?? [];
  if (found !== undefined && others.length === 0) return found;
  if (found !== undefined) {
    throw new UsageError(`Cannot tell which atlas ${JSON.stringify(text)} is meant to be; give an id or a whole name`, {
      hint: `it may be${describe([found, ...others])}`,
    });
  }
  throw new UsageError(`Cannot find atlas ${JSON.stringify(text)}; give an id or a name that the API has`, {
    hint: atlases.length === 0 ? "it has no atlases" : hintOf(atlases, text),
  });
}

function describe(atlases: readonly PlanRow[]): string {
  const lines = atlases.slice(0, NAMED).map((atlas) => `\n  ${idOf(atlas)}  ${atlas.name}`);
  return `${lines.join("")}${atlases.length > NAMED ? "\n  and others" : ""}`;
}

/** What there is, the nearest first. */
function hintOf(atlases: readonly PlanRow[], text: string): string {
  const near = nearestTo(atlases, text.trim());
  if (near === undefined) return `it has${describe(atlases)}`;
  return `did you mean ${idOf(near)}, ${near.name}? It has${describe([near, ...atlases.filter((atlas) => atlas !== near)])}`;
}

/** The atlas whose name, else whose name up to a comma, is nearest to what was given, if one is near. */
function nearestTo(atlases: readonly PlanRow[], text: string): PlanRow | undefined {
  const cuts = [
    (name: string) => name,
    (name: string) => name.split(",")[0] ?? "",
    (name: string) => name.split(",").at(-1)?.trim() ?? "",
  ];
  for (const cut of cuts) {
    const names = atlases.map(({ name }) => cut(String(name)));
    const found = nearest(text, names);
    if (found !== undefined) return atlases[names.indexOf(found)];
  }
  return undefined;
}
