import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "./session.ts";

/** Hands the session to the components of the page. */
export const SessionContext = createContext<Session | undefined>(undefined);

/**
 * The session of the page.
 *
 * @throws {Error} If the component stands outside of the page.
 */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("Cannot find the session; put the component into the page");
  return session;
}
