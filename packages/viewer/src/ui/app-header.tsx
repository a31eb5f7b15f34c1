import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { shownImage } from "../model/series.ts";
import { printView } from "../model/view-url.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import { Button } from "./button.tsx";
import { copyText } from "./copy-text.ts";
import { ExportMenu } from "./export-menu.tsx";
import { Icon } from "./icons.tsx";
import { PanelMenu } from "./panel-menu.tsx";
import { SearchBox } from "./search-box.tsx";
import { SeriesPicker } from "./series-picker.tsx";
import type { Theme } from "./theme.ts";

/** The bar at the top: search, what the panels show, sharing, scheme and help. */
export function AppHeader({ theme }: { theme: Theme }): JSX.Element {
  const { page } = useSession();
  return (
    <header class="app-header">
      <a class="brand" href="#first" title="First view">
        <Icon name="brain" />
        <span class="brand-name">brainatlas</span>
      </a>
      <Button
        label="Structures"
        icon="tree"
        keys="T"
        kind="plain"
        pressed={page.tree.value}
        onClick={() => {
          page.tree.value = !page.tree.peek();
        }}
      />
      <div class="header-search">
        <SearchBox />
      </div>
      <HeaderTools theme={theme} />
    </header>
  );
}

/** What stands at the right of the bar, and behind a button where there is no room. */
function HeaderTools({ theme }: { theme: Theme }): JSX.Element {
  const { page } = useSession();
  const box = useRef<HTMLDivElement>(null);
  const isOpen = page.tools.value;
  useEffect(() => {
    if (!isOpen) return;
    const onPress = ({ target }: PointerEvent): void => {
      if (!(target instanceof Node && box.current?.contains(target))) page.tools.value = false;
    };
    document.addEventListener("pointerdown", onPress, true);
    return () => document.removeEventListener("pointerdown", onPress, true);
  }, [isOpen, page]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !page.tools.peek()) return;
    event.stopPropagation();
    page.tools.value = false;
    box.current?.querySelector("button")?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what its controls are in.
    <div class="header-more" ref={box} onKeyDown={onKeyDown}>
      <span class="narrow-only">
        <Button
          label="More"
          icon="menu"
          kind="plain"
          expanded={isOpen}
          onClick={() => {
            page.tools.value = !isOpen;
          }}
        />
      </span>
      <div class={isOpen ? "header-tools open" : "header-tools"}>
        <SeriesPicker />
        <PanelMenu />
        <ViewButtons theme={theme} />
      </div>
    </div>
  );
}

function ViewButtons({ theme }: { theme: Theme }): JSX.Element {
  const session = useSession();
  const isDark = theme.scheme.value === "dark";
  return (
    <>
      <Button
        label="Volume"
        icon="volume"
        keys="V"
        pressed={session.view.value.volume}
        onClick={() => session.change((view) => ({ ...view, volume: !view.volume }), "step")}
      />
      <ExportMenu />
      <Button label="Copy link" icon="link" onClick={() => void copyLink(session)} />
      <Button label="Light or dark" icon={isDark ? "sun" : "moon"} onClick={theme.toggle} />
      <Button
        label="Keys"
        icon="keyboard"
        keys="?"
        onClick={() => {
          session.page.tools.value = false;
          session.page.help.value = true;
        }}
      />
    </>
  );
}

/** The link names the plate, also where the view leaves it to the series: another server may hold another middle. */
async function copyLink(session: Session): Promise<void> {
  const view = session.view.peek();
  const panels = view.panels.map((panel) => {
    const series = session.series.peek(panel.series);
    return series === undefined ? panel : { ...panel, imageId: shownImage(series, panel.imageId)?.id };
  });
  const link = new URL(location.href);
  link.hash = printView({ ...view, panels }, session.acronyms.peek());
  await copyText(session, link.href, "Link copied");
}
