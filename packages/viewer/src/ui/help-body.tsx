import type { JSX } from "preact";
import { KEY_BINDINGS, KEY_GROUPS, type KeyGroup } from "../model/keys.ts";
import { useSession } from "../session/context.ts";
import { CITATION_URL, OutsideLink, TERMS_URL } from "./credits.tsx";

/** What pointers and fingers do. */
const GESTURES: readonly (readonly [does: string, gesture: string])[] = [
  ["Move the picture", "Drag"],
  ["Zoom", "Wheel, or pinch"],
  ["Zoom in", "Double click"],
  ["Name the structure", "Point"],
  ["Select it, and mark the place", "Click, or tap"],
  ["Add it to what is selected", "⇧ or Ctrl click"],
];

/** What the dialog of keys says. */
export function HelpBody(): JSX.Element {
  return (
    <>
      <div class="help-columns">
        <section>
          <h3>Pointer and touch</h3>
          <dl class="key-list">
            {GESTURES.map(([does, gesture]) => (
              <div key={does}>
                <dt>{gesture}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
        {KEY_GROUPS.map((group) => (
          <KeySection key={group} group={group} />
        ))}
      </div>
      <About />
    </>
  );
}

function KeySection({ group }: { group: KeyGroup }): JSX.Element {
  return (
    <section>
      <h3>{group}</h3>
      <dl class="key-list">
        {KEY_BINDINGS.filter((binding) => binding.group === group).map(({ action, shown, does }) => (
          <div key={action}>
            <dt>
              {shown.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function About(): JSX.Element {
  const { api, synthetic } = useSession();
  return (
    <p class="help-about small soft">
      The address of the page is a link to what you see; Back and Forward go through it. Data from {api.baseUrl}
      {synthetic.value
        ? ": a synthetic sample, computed and not measured."
        : ": © Allen Institute for Brain Science, under its "}
      {synthetic.value ? undefined : (
        <>
          <OutsideLink href={TERMS_URL}>Terms of Use</OutsideLink>
          {"; "}
          <OutsideLink href={CITATION_URL}>how to cite</OutsideLink>.
        </>
      )}{" "}
      brainatlas is independent work, not affiliated with the institute; what it can and cannot do is in its README, and
      in “brainatlas --help”.
    </p>
  );
}
