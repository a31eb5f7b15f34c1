import { useEffect } from "preact/hooks";

/** Asks again by itself when the network is back. */
export function useOnline(retry: () => void): void {
  useEffect(() => {
    addEventListener("online", retry);
    return () => removeEventListener("online", retry);
  });
}
