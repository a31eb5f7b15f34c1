import { AtlasStream } from "../http/atlas-stream.ts";
import { createEmitter } from "../http/emit.ts";
import type { HttpSettings, RequestOptions } from "../http/options.ts";
import { AtlasResponse, failureOf, type ResponseTools } from "../http/response.ts";
import { type AtlasRequest, createTransport } from "../http/transport.ts";
import type { RowsEvent } from "./event.ts";

/** What one request for a stream may set for itself: its body has no bound in bytes. */
export type StreamOptions = Omit<RequestOptions, "maxBodyBytes">;

/** Sends requests for a client's resources. */
export interface Sender {
  readonly baseUrl: string;
  /** @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false. */
  send(request: AtlasRequest, options: RequestOptions): Promise<AtlasResponse>;
  /** @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false. */
  stream(request: AtlasRequest, options: StreamOptions): Promise<AtlasStream>;
  emit(event: RowsEvent): void;
}

export function createSender(
  baseUrl: string,
  settings: HttpSettings,
  tools: ResponseTools,
  listener: ((event: RowsEvent) => void) | undefined,
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
    emit: createEmitter<RowsEvent>(listener),
  };
}
