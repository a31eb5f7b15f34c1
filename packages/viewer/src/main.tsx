import { effect } from "@preact/signals";
import { render } from "preact";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/layout.css";
import "./styles/zoom.css";
import "./styles/layers.css";
import "./styles/header.css";
import "./styles/states.css";
import "./styles/help.css";
import "./styles/plates.css";
import "./styles/export.css";
import "./styles/panels.css";
import "./styles/place.css";
import "./styles/volume.css";
import "./styles/structures.css";
import "./styles/search.css";
import { readApiAddress } from "./model/api-address.ts";
import { pageTitle } from "./model/page-title.ts";
import { createView } from "./model/view.ts";
import { checkPlates } from "./session/check-plates.ts";
import { SessionContext } from "./session/context.ts";
import { createViewHistory } from "./session/history.ts";
import { createOpener } from "./session/opening.ts";
import { createSession } from "./session/session.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
import { Start } from "./ui/start.tsx";
import { createTheme, type Theme } from "./ui/theme.ts";
import { WrongAddress } from "./ui/wrong-address.tsx";

const theme = createTheme();
const api = readApiAddress(location.search, location.origin);
const root = document.getElementById("app");
if (root !== null) {
  if (api.isValid) start(root, api.url, theme);
  else render(<WrongAddress given={api.given} isIpv6={api.isIpv6} />, root);
}

/** Shows what the address asks for, and keeps the address in step from then on. */
function start(root: HTMLElement, apiUrl: string, theme: Theme): void {
  // Until the opener has found out what is looked at, nothing of this view is asked for.
  const session = createSession(apiUrl, createView({ kind: "atlas", id: 1 }));
  const opener = createOpener(session);
  const history = createViewHistory(window, (link) => opener.open(link, "restore"));
  session.onChange((view, kind) => history.write(view, kind, session.acronyms.peek()));
  opener.open(history.read(), "restore");
  render(
    <ErrorBoundary>
      <SessionContext.Provider value={session}>
        <Start opener={opener} theme={theme} />
      </SessionContext.Provider>
    </ErrorBoundary>,
    root,
  );
  effect(() => {
    if (opener.opening.value.state !== "open") return;
    document.title = pageTitle(session.active.series.value, session.active.image.value);
  });
  effect(() => (opener.opening.value.state === "open" ? checkPlates(session) : undefined));
}
