import type OpenSeadragon from "openseadragon";

/** How long a picture has to stand still to have come to rest, in ms. */
const REST_MS = 120;

/** What tells that a picture has come to rest. */
export interface RestTeller {
  /** Tells of it also where it has been sent to where it stands: what was asked for may be out of its reach. */
  begin(): void;
  end(): void;
}

/** Tells when a picture has come to rest: it stands still, and nobody holds it. */
export function tellRests(viewer: OpenSeadragon.Viewer, tell: () => void): RestTeller {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isHeld = false;
  const cancel = (): void => clearTimeout(timer);
  const begin = (): void => {
    cancel();
    if (!isHeld) timer = setTimeout(tell, REST_MS);
  };
  viewer.addHandler("animation-start", cancel);
  viewer.addHandler("animation-finish", begin);
  viewer.addHandler("canvas-press", () => {
    isHeld = true;
    cancel();
  });
  const release = (): void => {
    isHeld = false;
    begin();
  };
  viewer.addHandler("canvas-release", release);
  // Of a touch that the system takes over, the library tells no release.
  viewer.element.addEventListener("pointercancel", release);
  return {
    begin,
    end() {
      cancel();
      viewer.element.removeEventListener("pointercancel", release);
    },
  };
}
