import { withDeadline } from "../records/deadline.ts";
import { MEDIA_TYPES } from "../rma/format-answer.ts";
import type { AtlasStore } from "../store/atlas-store.ts";
import { formatSync, type SyncAnswer, type SyncFormat } from "../sync/format-sync.ts";
import { type AlignmentReader, createAlignmentReader } from "../sync/read-alignments.ts";
import {
  type Outcome,
  type SyncItem,
  type SyncQuestion,
  syncImageToAtlas,
  syncImageToImage,
  syncImageToImage2d,
  syncImageToReference,
  syncReferenceToImage,
  syncStructureToImage,
} from "../sync/synchronise.ts";
import { answerError, answerFailure } from "./data-failure.ts";
import { readNamedFile } from "./named-file.ts";
import { NOT_HELD_HEADER, refuse, refuseFormat, refuseNotMirrored, SOURCE_HEADER } from "./refuse.ts";

/** What synchronisation answers from. */
export interface SyncSource {
  readonly store: AtlasStore;
  /** Longest time that an answer may take, in ms. */
  readonly timeLimitMs: number;
}

/** A service: what it takes, and how it is answered. */
interface SyncService {
  readonly coordinates: readonly ("x" | "y" | "z")[];
  /** Parameter of its targets' ids. */
  readonly targets?: string;
  answer(records: AlignmentReader, question: SyncQuestion): Promise<Outcome<SyncAnswer>>;
}

const asList =
  (sync: (records: AlignmentReader, question: SyncQuestion) => Promise<Outcome<readonly SyncItem[]>>) =>
  async (records: AlignmentReader, question: SyncQuestion): Promise<Outcome<SyncAnswer>> => {
    const outcome = await sync(records, question);
    return "found" in outcome ? { ...outcome, found: { kind: "list", items: outcome.found } } : outcome;
  };

/** The six services by their names in the path (reference §5). */
export const SYNC_SERVICES: Readonly<Record<string, SyncService>> = {
  image_to_image: { coordinates: ["x", "y"], targets: "section_data_set_ids", answer: asList(syncImageToImage) },
  image_to_image_2d: { coordinates: ["x", "y"], targets: "section_image_ids", answer: asList(syncImageToImage2d) },
  image_to_atlas: {
    coordinates: ["x", "y"],
    targets: "atlas_id",
    async answer(records, question) {
      const outcome = await syncImageToAtlas(records, question);
      return "found" in outcome ? { found: { kind: "single", item: outcome.found } } : outcome;
    },
  },
  image_to_reference: {
    coordinates: ["x", "y"],
    async answer(records, question) {
      const outcome = await syncImageToReference(records, question);
      return "found" in outcome ? { found: { kind: "point", point: outcome.found } } : outcome;
    },
  },
  reference_to_image: {
    coordinates: ["x", "y", "z"],
    targets: "section_data_set_ids",
    answer: asList(syncReferenceToImage),
  },
  structure_to_image: { coordinates: [], targets: "structure_ids", answer: asList(syncStructureToImage) },
};

/** Most targets of one request; the documented examples have twelve. */
const MAX_TARGETS = 200;
/** Farthest that a coordinate may be: larger ones are of no image and no brain, and their products may be no numbers. */
const MAX_COORDINATE = 1e9;

/** Answers one of the six services. */
export async function answerSync(
  { store, timeLimitMs }: SyncSource,
  service: SyncService,
  file: string,
  { url, signal }: Request,
): Promise<Response> {
  const named = readNamedFile(file);
  if (named === undefined) return refuse(404, `There is no record ${JSON.stringify(file.slice(0, 40))}; give an id`);
  const { id, extension } = named;
  if (extension !== "json" && extension !== "xml") return refuseFormat(extension, "json", "xml");
  const question = readQuestion(service, id, new URL(url).searchParams);
  // How the service words this, and with which status, is unknown: as of queries here (reference §12).
  if (typeof question === "string") return answerError(`Error in query: ${question}`, extension);
  try {
    const database = await store.records();
    const outcome = await withDeadline({ timeLimitMs, signal }, (deadline) =>
      database.read((reader) => service.answer(createAlignmentReader(reader, deadline), question), signal),
    );
    if ("notHeld" in outcome) return refuseNotMirrored(`This mirror holds ${outcome.notHeld}`);
    return answerText(formatSync(outcome.found, extension), extension, outcome.missing);
  } catch (error) {
    return answerFailure(error, extension);
  }
}

/** What is asked, or what is wrong with it. */
function readQuestion(service: SyncService, id: number, parameters: URLSearchParams): SyncQuestion | string {
  const point = { x: 0, y: 0, z: 0 };
  for (const name of service.coordinates) {
    const value = readCoordinate(parameters.get(name) ?? "");
    if (value === undefined) return `${name} is no number from ${-MAX_COORDINATE} to ${MAX_COORDINATE}`;
    point[name] = value;
  }
  if (service.targets === undefined) return { id, point, targets: [] };
  const targets = readIds(parameters.get(service.targets) ?? "");
  const isOne = service.targets === "atlas_id";
  if (targets === undefined || (isOne && targets.length > 1)) {
    return `${service.targets} is ${isOne ? "no id" : `no list of 1 to ${MAX_TARGETS} ids with commas between them`}`;
  }
  return { id, point, targets };
}

function readCoordinate(text: string): number | undefined {
  const value = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?\s*$/i.test(text) ? Number(text) : Number.NaN;
  return Math.abs(value) <= MAX_COORDINATE ? value : undefined;
}

function readIds(text: string): number[] | undefined {
  const parts = text.split(",", MAX_TARGETS + 1).map((part) => part.trim());
  const isList = parts.length <= MAX_TARGETS && parts.every((part) => /^\d{1,15}$/.test(part));
  return isList ? parts.map(Number) : undefined;
}

function answerText(text: string, format: SyncFormat, missing: readonly number[] = []): Response {
  return new Response(text, {
    headers: {
      "content-type": MEDIA_TYPES[format],
      vary: "Accept-Encoding",
      [SOURCE_HEADER]: "computed",
      ...(missing.length > 0 && { [NOT_HELD_HEADER]: missing.join(",") }),
    },
  });
}
