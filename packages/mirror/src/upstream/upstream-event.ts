/** What passes between a mirror and its upstream; `target` is a path with its query. */
export type UpstreamEvent =
  /** The head of an answer came. */
  | { readonly type: "answered"; readonly target: string; readonly status: number; readonly ms: number }
  /** An answer was put into the store. */
  | { readonly type: "kept"; readonly target: string; readonly sizeBytes: number }
  /** What is held is still what the upstream has. */
  | { readonly type: "refreshed"; readonly target: string }
  /** It gave nothing that can be handed on. `pausedMs` is how long it is left alone for that, or 0. */
  | { readonly type: "failed"; readonly target: string; readonly reason: string; readonly pausedMs: number };
