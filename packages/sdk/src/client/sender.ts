import { AtlasStream } from "../http/atlas-stream.ts";
import { createEmitter } from "../http/emit.ts";
import { type HttpSettings, normaliseLimits, type RequestLimits, type RequestOptions } from "../http/options.ts";
import { AtlasResponse, failureOf, type ResponseTools } from "../http/response.ts";
import { type AtlasRequest, createTransport } from "../http/transport.ts";
import type { AtlasEvent } from "./event.ts";

/** What one request for a stream may set for itself: its body has no bound in bytes. */
export type StreamOptions = Omit<RequestOptions, "maxBodyBytes">;

/** Sends requests for a client's resources. */
export interface Sender {
  readonly baseUrl: string;
  /** @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false. */
  send(request: AtlasRequest, options: RequestOptions): Promise<AtlasResponse>;
  /** @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false. */
  stream(request: AtlasRequest, options: StreamOptions): Promise<AtlasStream>;
  /** The complete limits that a request with these options has. @throws {RangeError} If one is out of its range. */
  limitsOf(options: RequestOptions): RequestLimits;
  emit(event: AtlasEvent): void;
}

export function createSender(
  baseUrl: string,
  settings: HttpSettings,
  tools: ResponseTools,
  listener: ((event: AtlasEvent) => void) | undefined,
): Sender {
  const transport = createTransport(settings);
  const mustThrow = (options: StreamOptions): boolean => options.throwHttpErrors ?? settings.limits.throwHttpErrors;
  return {
    baseUrl,
    async send(request, options) {
      const response = new AtlasResponse(await transport.request(request, options), tools);
      return mustThrow(options) ? response.raiseForStatus() : response;
    },
    async stream(request, options) {
      const opened = await transport.stream(request, options);
      if (opened.failure !== undefined && mustThrow(options)) throw failureOf(opened, opened.failure);
      return new AtlasStream(opened);
    },
    limitsOf: (options) => normaliseLimits(options, settings.limits),
    emit: createEmitter<AtlasEvent>(listener),
  };
}
