import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { printDrawingCommand, printImageCommand, printSdkLines, printUrl } from "../export/commands.ts";
import { fileName } from "../export/file-name.ts";
import { type ImageRequest, imageRequest, regionParameters, screenDownsample } from "../export/image-request.ts";
import { visibleBox } from "../export/visible-box.ts";
import { visibleGroups } from "../model/drawing-groups.ts";
import { scaleOf } from "../model/screen-map.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";
import type { ExportProps } from "./export-props.ts";
import { Segments } from "./segments.tsx";

/** Ways to the same picture. */
const WAYS = ["Command line", "TypeScript", "URL"] as const;

/** Longest word that has room in a line, in characters. */
const LONGEST_WORD = 36;

/** The same picture by other means. */
export function ExportCommands({ stage }: Pick<ExportProps, "stage">): JSX.Element | undefined {
  const session = useSession();
  const [way, setWay] = useState<(typeof WAYS)[number]>("Command line");
  const request = visibleRequest(stage);
  if (request === undefined) return undefined;
  const text = printWay(session, stage, way, request);
  const drawing = way === "Command line" ? drawingCommand(session, stage) : undefined;
  return (
    <fieldset class="group">
      <legend>The same elsewhere</legend>
      <Segments label="By" options={WAYS.map((each) => ({ value: each, label: each }))} value={way} onChange={setWay} />
      <Copied name="Picture" text={text} />
      {drawing === undefined ? undefined : <Copied name="Drawing" text={drawing} />}
      {stage.panel.value.rotationDeg === 0 ? undefined : (
        <p class="small soft">Servers do not rotate: this is the smallest upright part that holds what is shown.</p>
      )}
    </fieldset>
  );
}

function Copied({ name, text }: { readonly name: string; readonly text: string }): JSX.Element {
  const session = useSession();
  return (
    <div class="export-code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box is scrolled by keys too. */}
      <pre tabIndex={0}>
        <code>{text.split(/(\s+)/).map(printWord)}</code>
      </pre>
      <Button
        label={`Copy: ${name.toLowerCase()}`}
        icon="copy"
        kind="plain"
        onClick={() => void copyText(session, text, "Copied")}
      />
    </div>
  );
}

/** A word that is not broken, unless it has no room at all; what is between words breaks. */
function printWord(word: string, index: number): JSX.Element | string {
  const isKept = word.length <= LONGEST_WORD && word.trim() !== "";
  return isKept ? (
    <span class="word" key={index}>
      {word}
    </span>
  ) : (
    word
  );
}

function visibleRequest(stage: Stage): ImageRequest | undefined {
  const [series, image, map] = [stage.series.value, stage.image.value, stage.map.value];
  if (series === undefined || image === undefined || map === undefined) return undefined;
  const { record } = image;
  const box = visibleBox(map, stage.size.value, record);
  if (box === undefined) return undefined;
  const downsample = screenDownsample(scaleOf(map), record);
  return imageRequest({ series, image, picture: stage.panel.value.picture }, regionParameters(box, record, downsample));
}

function printWay({ api }: Session, stage: Stage, way: (typeof WAYS)[number], request: ImageRequest): string {
  if (way === "Command line") return printImageCommand(api.baseUrl, request);
  if (way === "URL") return printUrl(api.baseUrl, request);
  const [series, image] = [stage.series.value, stage.image.value];
  const parts = request.parameters.left === undefined ? [] : ["part"];
  const name = series === undefined || image === undefined ? "picture.jpg" : fileName(series, image, parts, "jpg");
  return printSdkLines(api.baseUrl, request, name);
}

/** The command for the drawing, or for what is selected of it. */
function drawingCommand(session: Session, stage: Stage): string | undefined {
  const [series, image] = [stage.series.value, stage.image.value];
  if (series?.isDrawn !== true || image === undefined) return undefined;
  const { structures, drawing: look } = session.view.value;
  const drawing = session.drawings.peek(image.id);
  return printDrawingCommand(session.api.baseUrl, {
    imageId: image.id,
    structureIds: structures,
    groups: drawing && visibleGroups(drawing, look.hiddenGroups),
    graphId: series.graphId,
  });
}
