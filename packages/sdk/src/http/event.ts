/** One step of a request, as given to `onEvent`. */
export type HttpEvent =
  | { readonly type: "request"; readonly method: string; readonly url: string; readonly attempt: number }
  | { readonly type: "redirect"; readonly status: number; readonly url: string; readonly location: string }
  | {
      readonly type: "response";
      readonly method: string;
      readonly url: string;
      readonly status: number;
      readonly bytes: number;
      readonly attempt: number;
    }
  | {
      readonly type: "retry";
      readonly method: string;
      readonly url: string;
      readonly attempt: number;
      readonly delayMs: number;
      readonly reason: string;
    };
