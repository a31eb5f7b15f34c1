import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useSession } from "../session/context.ts";
import { linkPanels } from "../session/link-panels.ts";
import { later } from "./later.tsx";
import { Panel } from "./panel.tsx";

const VolumePanel = later(async () => (await import("./volume-panel.tsx")).VolumePanel);

/** The panels, one to four, and the slices of a volume. */
export function PanelGrid(): JSX.Element {
  const session = useSession();
  useEffect(() => linkPanels(session), [session]);
  const { panels, volume } = session.view.value;
  const cells = panels.length + (volume ? 1 : 0);
  return (
    <div class={["panel-grid", `cells-${cells}`, volume ? "with-volume" : undefined].filter(Boolean).join(" ")}>
      {panels.map((_, index) => (
        <Panel key={index} index={index} />
      ))}
      {volume ? <VolumePanel /> : undefined}
    </div>
  );
}
