import type { ComponentChildren, JSX } from "preact";

/** What a big state says. */
export interface BigStateProps {
  readonly title: string;
  /** Whether it is about something that went wrong. */
  readonly isFault?: boolean;
  readonly children?: ComponentChildren;
}

/** Words in place of a picture: why there is none, and what to do. */
export function BigState({ title, isFault = false, children }: BigStateProps): JSX.Element {
  return (
    <div class="big-state" role={isFault ? "alert" : undefined}>
      <h2 class="big-state-title">{title}</h2>
      {children}
    </div>
  );
}
