import type { ComponentChildren, JSX } from "preact";
import { useSession } from "../session/context.ts";

/** Where the institute says what its data may be used for, and how they are cited. */
export const TERMS_URL = "https://alleninstitute.org/legal/terms-use/";
export const CITATION_URL = "https://alleninstitute.org/legal/citation-policy/";

/** Whose data are shown, in a corner. */
export function Credits(): JSX.Element {
  const { synthetic } = useSession();
  if (synthetic.value) return <p class="credits">Synthetic sample – computed, not measured</p>;
  return (
    <p class="credits">
      Allen Institute<span class="wide-only"> for Brain Science</span>
      {" · "}
      <OutsideLink href={TERMS_URL}>
        Terms<span class="wide-only"> of Use</span>
      </OutsideLink>
      {" · "}
      <OutsideLink href={CITATION_URL}>Citation</OutsideLink>
    </p>
  );
}

/** A link that leaves the page, in a tab of its own and without saying where from. */
export function OutsideLink({ href, children }: { href: string; children: ComponentChildren }): JSX.Element {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
