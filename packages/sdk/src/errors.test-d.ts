import { expectTypeOf } from "vitest";
import {
  type AtlasError,
  type AtlasErrorCode,
  type ConnectionError,
  type ErrorByCode,
  type HttpError,
  isAtlasError,
  type NotMirroredError,
} from "./errors.ts";

declare const error: unknown;

if (isAtlasError(error)) {
  expectTypeOf(error).toEqualTypeOf<ErrorByCode[AtlasErrorCode]>();
  expectTypeOf(error.code).toEqualTypeOf<AtlasErrorCode>();
  expectTypeOf(error).toExtend<AtlasError>();
}
if (isAtlasError(error, "ATLAS_HTTP")) {
  expectTypeOf(error).toEqualTypeOf<HttpError>();
  expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
}
if (isAtlasError(error, "ATLAS_CONNECTION", "ATLAS_NOT_MIRRORED")) {
  expectTypeOf(error).toEqualTypeOf<ConnectionError | NotMirroredError>();
  // @ts-expect-error only one of the two has it
  error.attempts;
}
// @ts-expect-error there is no such code
isAtlasError(error, "ATLAS_TEAPOT");
