import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { VolumeSet } from "../load/volume.ts";
import { errorSentence } from "../model/error-words.ts";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";
import { VolumeSlices } from "./volume-slices.tsx";

const KEY = "reference";

/** Three orthogonal slices of a volume through the place. */
export function VolumePanel(): JSX.Element {
  const session = useSession();
  const loaded = useComputed(() => session.volumes.get(KEY).value).value;
  useEffect(() => () => session.volumes.release(KEY), [session]);
  const close = (): void => session.change((view) => ({ ...view, volume: false }), "step");
  return (
    <section class="volume-panel" aria-label="Volume">
      <header class="volume-head">
        <h2>Volume</h2>
        <Button label="Close volume" icon="close" kind="plain" onClick={close} />
      </header>
      {loaded.state === "loading" ? <Coming /> : undefined}
      {loaded.state === "failed" ? (
        <div class="volume-state" role="status">
          <p>The volume did not come.</p>
          <p class="small soft">{errorSentence(loaded.error)}</p>
          <Button label="Try again" onClick={() => session.volumes.retry(KEY)} />
        </div>
      ) : undefined}
      {loaded.state === "ready" ? <Held volumes={loaded.value} /> : undefined}
    </section>
  );
}

function Coming(): JSX.Element {
  const session = useSession();
  const progress = session.volumeProgress.value;
  const { receivedBytes, totalBytes } = progress ?? { receivedBytes: 0, totalBytes: undefined };
  return (
    <div class="volume-state" role="status">
      <p>Loading the volume…</p>
      <progress aria-label="Volume" max={totalBytes} value={totalBytes === undefined ? undefined : receivedBytes} />
    </div>
  );
}

function Held({ volumes }: { volumes: VolumeSet }): JSX.Element {
  const { annotation, reason, template } = volumes;
  if (annotation !== undefined) return <VolumeSlices annotation={annotation} template={template} />;
  return (
    <div class="volume-state" role="status">
      <p>{reason}</p>
      <p class="small soft">To hold one, run</p>
      <code class="numbers small">brainatlas pull volume annotation --resolution 100</code>
    </div>
  );
}
