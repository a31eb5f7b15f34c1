import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { wordsOf } from "../session/opening.ts";

/**
 * A component whose script is loaded when it is first shown, so that the first view does not wait for it.
 *
 * @param load Imports it. What failed is tried again when the component is shown the next time.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element | undefined {
  let held: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const [, show] = useState(held);
    const [failure, setFailure] = useState<string>();
    useEffect(() => {
      if (held !== undefined) return;
      load().then(
        (component) => {
          held = component;
          show(() => component);
        },
        (error: unknown) => setFailure(wordsOf(error)),
      );
    }, []);
    if (failure !== undefined) return <p class="soft">This part of the page cannot be loaded: {failure}</p>;
    const Shown = held;
    return Shown === undefined ? undefined : <Shown {...props} />;
  };
}
