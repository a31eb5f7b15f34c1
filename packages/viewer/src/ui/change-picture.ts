import { type PictureView, withPanel } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import type { ChangeKind } from "../session/session.ts";
import { useStage } from "./stage-context.ts";

/** What changes the pictures of the panel that a component lies in. */
export function useChangePicture(): (change: Partial<PictureView>, kind: ChangeKind) => void {
  const session = useSession();
  const { index } = useStage();
  return (change, kind) =>
    session.change(
      (view) => withPanel(view, index, (panel) => ({ ...panel, picture: { ...panel.picture, ...change } })),
      kind,
    );
}
