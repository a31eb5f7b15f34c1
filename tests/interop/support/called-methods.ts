import type { PythonCall } from "./allensdk.ts";

/** The classes of an installed AllenSDK by module and name, each with its bases and the methods that it defines. */
export type Listed = Readonly<
  Record<string, { readonly bases: readonly string[]; readonly methods: readonly string[] }>
>;

/** Classes whose objects a method gives: the later steps of a call are theirs. */
const RESULTS = /\.(SimpleTree|StructureTree|ReferenceSpace|Morphology)$/;

/** The methods that calls name, each as that of the class that defines it. */
export function calledMethods(cases: readonly { readonly python: PythonCall }[], listed: Listed): ReadonlySet<string> {
  const called = new Set<string>();
  for (const { python } of cases) {
    for (const [method] of python.steps) {
      const owner = ownerOf(python.of, method, listed) ?? ownerOfResult(method, listed);
      if (owner !== undefined) called.add(`${owner}.${method}`);
    }
  }
  return called;
}

/** The class itself or the nearest of its bases that defines a method. */
function ownerOf(of: string, method: string, listed: Listed): string | undefined {
  const entry = listed[of];
  if (entry?.methods.includes(method)) return of;
  const bases = entry?.bases.flatMap((base) => Object.keys(listed).filter((name) => name.endsWith(`.${base}`))) ?? [];
  return bases.map((base) => ownerOf(base, method, listed)).find((owner) => owner !== undefined);
}

function ownerOfResult(method: string, listed: Listed): string | undefined {
  return Object.keys(listed).find((of) => RESULTS.test(of) && listed[of]?.methods.includes(method));
}
