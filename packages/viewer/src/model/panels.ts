import { createPanel, MAX_PANELS, type PanelView, type SeriesRef, type View } from "./view.ts";

/** The view with one more panel, which becomes the last; the same view where there is no room. The panel that leads stays the active one. */
export function withAddedPanel(view: View, series: SeriesRef, given: Partial<PanelView> = {}): View {
  if (view.panels.length >= MAX_PANELS) return view;
  return { ...view, panels: [...view.panels, createPanel(series, given)] };
}

/** The view without a panel, and without the pin and the line in it; the same view where it is the only one. */
export function withoutPanel(view: View, index: number): View {
  if (view.panels.length <= 1 || view.panels[index] === undefined) return view;
  return {
    ...view,
    panels: view.panels.filter((_, place) => place !== index),
    active: view.active > index || view.active === view.panels.length - 1 ? Math.max(0, view.active - 1) : view.active,
    pin: moved(view.pin, index),
    line: moved(view.line, index),
  };
}

/** The view with another series in a panel, from its own beginning: without the place of the one before, and without what was marked on it. */
export function withSeries(view: View, index: number, series: SeriesRef, given: Partial<PanelView> = {}): View {
  const panel = view.panels[index];
  if (panel === undefined) return view;
  return {
    ...view,
    panels: view.panels.with(index, createPanel(series, given)),
    pin: view.pin?.panel === index ? undefined : view.pin,
    line: view.line?.panel === index ? undefined : view.line,
  };
}

/** A mark of a panel, when a panel is taken away. */
function moved<Mark extends { readonly panel: number }>(mark: Mark | undefined, without: number): Mark | undefined {
  if (mark === undefined || mark.panel === without) return undefined;
  return mark.panel > without ? { ...mark, panel: mark.panel - 1 } : mark;
}
