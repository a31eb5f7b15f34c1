import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useOnline } from "./use-online.ts";

interface PlateThumbProps {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly count: number;
  /** `undefined` where there is no picture. */
  readonly url: string | undefined;
  /** In the strip, in CSS pixels. */
  readonly place: { readonly left: number; readonly width: number };
  readonly isCurrent: boolean;
  readonly isMarked: boolean;
  readonly mayFetch: boolean;
  readonly onChoose: () => void;
}

/** A plate in the filmstrip: its picture when it has come, and its number in any case. */
export function PlateThumb(props: PlateThumbProps): JSX.Element {
  const { id, name, number, count, url, place, isCurrent, isMarked, mayFetch, onChoose } = props;
  const [state, setState] = useState<"waiting" | "asked" | "there" | "failed">("waiting");
  const askAgain = (): void => setState((now) => (now === "failed" ? "waiting" : now));
  // What failed is asked for again when the strip has been moved, and when the network is back.
  if (state === "failed" && !mayFetch) askAgain();
  useOnline(askAgain);
  if (state === "waiting" && mayFetch && url !== undefined) setState("asked");
  const hasPicture = url !== undefined && (state === "asked" || state === "there");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys, as options of lists do not have the focus.
    <div
      id={id}
      class={`plate-thumb ${state}`}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      aria-setsize={count}
      aria-posinset={number}
      aria-label={isMarked ? `${name}, shows the selection` : name}
      title={name}
      style={{ left: `${place.left}px`, width: `${place.width}px` }}
      onClick={onChoose}
    >
      <span class="plate-thumb-picture">
        {hasPicture ? (
          <img
            src={url}
            alt=""
            decoding="async"
            fetchpriority="low"
            draggable={false}
            onLoad={() => setState("there")}
            onError={() => setState("failed")}
          />
        ) : undefined}
      </span>
      <span class={isMarked ? "plate-thumb-number numbers marked" : "plate-thumb-number numbers"}>{number}</span>
    </div>
  );
}
