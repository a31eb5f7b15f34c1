import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useSession } from "../session/context.ts";
import { AppHeader } from "./app-header.tsx";
import { Button } from "./button.tsx";
import { Credits } from "./credits.tsx";
import { FirstHint } from "./first-hint.tsx";
import { focusPicture } from "./focus-picture.ts";
import { HelpDialog } from "./help-dialog.tsx";
import { listenToKeys } from "./keyboard.ts";
import { Notices } from "./notices.tsx";
import { PanelGrid } from "./panel-grid.tsx";
import { PlateStrip } from "./plate-strip.tsx";
import { StructurePanel } from "./structure-panel.tsx";
import type { Theme } from "./theme.ts";
import { followFullScreen } from "./zoom-commands.ts";

/** The page. */
export function App({ theme }: { theme: Theme }): JSX.Element {
  const session = useSession();
  const { tree, isFull } = session.page;
  useEffect(() => listenToKeys(session), [session]);
  useEffect(() => followWidth(tree), [tree]);
  useEffect(() => followFullScreen(session), [session]);
  return (
    <div class={["app", tree.value ? "" : "without-side", isFull.value ? "full" : ""].join(" ").trim()}>
      <button type="button" class="skip-link button" onClick={focusPicture}>
        Skip to the picture
      </button>
      <AppHeader theme={theme} />
      <div class="app-side" hidden={!tree.value}>
        <StructurePanel />
        <div class="narrow-only side-close">
          <Button
            label="Close the structures"
            icon="close"
            kind="plain"
            onClick={() => {
              tree.value = false;
            }}
          />
        </div>
      </div>
      <main class="app-main" aria-label="Atlas">
        <h1 class="visually-hidden">brainatlas</h1>
        <div class="app-stage">
          <PanelGrid />
          <FirstHint />
          <Credits />
        </div>
        <PlateStrip />
      </main>
      <HelpDialog />
      <Notices />
    </div>
  );
}

/** The tree shows itself where it gets room beside the panels, and goes where it would lie over them. */
function followWidth(tree: Signal<boolean>): () => void {
  const wide = matchMedia("(min-width: 1000px)");
  const follow = (): void => {
    tree.value = wide.matches;
  };
  wide.addEventListener("change", follow);
  return () => wide.removeEventListener("change", follow);
}
