import { UsageError } from "../../errors.ts";
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
      hint: `it may be ${describe([found, ...others])}`,
    });
  }
  throw new UsageError(`Cannot find atlas ${JSON.stringify(text)}; give an id or a name that the API has`, {
    hint: atlases.length === 0 ? "it has no atlases" : `it has ${describe(atlases)}`,
  });
}

function describe(atlases: readonly PlanRow[]): string {
  const names = atlases.slice(0, NAMED).map((atlas) => `${idOf(atlas)} (${atlas.name})`);
  return `${names.join(", ")}${atlases.length > NAMED ? " and others" : ""}`;
}
