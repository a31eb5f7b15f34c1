import { isPagedService, SERVICE_PAGE_ROWS } from "./paged-services.ts";
import { SIGNATURES } from "./signatures.ts";

/** Name of a connected service, as a query spells it. */
export type ServiceName = keyof typeof SIGNATURES;

/** What the values of a parameter are: `key` is an id or an acronym. */
export type ParameterType = "int" | "float" | "str" | "bool" | "key";

/** A parameter of a service. */
export interface ServiceParameter {
  /** As a query spells it, such as `primary_structure_only`. */
  readonly name: string;
  readonly type: ParameterType;
  /** Whether it takes several values. */
  readonly isList: boolean;
  /** Number of its values, where that is fixed. */
  readonly length: number | undefined;
  readonly isRequired: boolean;
  /** The words allowed, where they are known. */
  readonly words: readonly string[] | undefined;
  /** What the service takes when it is not given; `undefined` for none, or unknown. */
  readonly default: string | undefined;
}

/** A connected service. */
export interface ServiceEntry {
  readonly name: ServiceName;
  /** In the order of the reference; those of pages come last. */
  readonly parameters: readonly ServiceParameter[];
  /** Whether it takes `start_row` and `num_rows`. */
  readonly takesPage: boolean;
  /** Whether it answers with rows, page by page; otherwise with one answer alone, such as the values of probes by sample. */
  readonly isPaged: boolean;
}

const PAGE = { "start_row?": "int=0", "num_rows?": `int=${SERVICE_PAGE_ROWS}` };

/** `[type]length=default`, of which the type alone is always there. */
const SPEC = /^(?<open>\[)?(?<type>[\w|-]+)\]?(?<length>\d)?(?:=(?<given>.+))?$/;

/**
 * The connected services by name, with their parameters (reference §8.1).
 *
 * @example SERVICES.mouse_differential.parameters.map(({ name }) => name) // → ["set", "structures1", "structures2", "threshold1", "threshold2", "start_row", "num_rows"]
 */
export const SERVICES: Readonly<Record<ServiceName, ServiceEntry>> = /* @__PURE__ */ readTable();

/**
 * Whether there is a connected service of this name.
 *
 * @example isServiceName("mouse_agea") // → true
 */
export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(SERVICES, name);
}

function readTable(): Record<ServiceName, ServiceEntry> {
  const entries = Object.entries(SIGNATURES).map(([name, signature]): [string, ServiceEntry] => {
    const takesPage = name !== "text_search";
    const parameters = Object.entries({ ...signature, ...(takesPage ? PAGE : {}) }).map(readParameter);
    return [name, { name: name as ServiceName, parameters, takesPage, isPaged: isPagedService(name) }];
  });
  return Object.fromEntries(entries) as Record<ServiceName, ServiceEntry>; // Its keys are those of the signatures.
}

function readParameter([key, spec]: [string, string]): ServiceParameter {
  const { open, type = "", length, given } = SPEC.exec(spec)?.groups ?? {};
  const words = type.includes("|") ? type.split("|") : undefined;
  return {
    name: key.replace("?", ""),
    type: words === undefined ? (type as ParameterType) : "str", // The table has no others, which a test checks.
    isList: open !== undefined,
    length: length === undefined ? undefined : Number(length),
    isRequired: !key.endsWith("?"),
    words,
    default: given,
  };
}
