import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { errorWords } from "../model/error-words.ts";

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
    // Within an object: a function would be taken for one that makes the state.
    const [shown, show] = useState({ Component: held });
    const [failure, setFailure] = useState<string>();
    const { Component } = shown;
    useEffect(() => {
      if (Component !== undefined) return;
      load().then(
        (loaded) => {
          held = loaded;
          show({ Component: loaded });
        },
        (error: unknown) => setFailure(errorWords(error)),
      );
    }, [Component]);
    if (failure !== undefined) return <p class="soft">This part of the page cannot be loaded: {failure}</p>;
    return Component === undefined ? undefined : <Component {...props} />;
  };
}
