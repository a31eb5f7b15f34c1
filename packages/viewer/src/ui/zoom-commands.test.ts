import { expect, test, vi } from "vitest";
import { Notice } from "../session/notice.ts";
import { createPage } from "../session/page.ts";
import { followFullScreen, toggleFullScreen } from "./zoom-commands.ts";

/** A document whose root element takes the screen. */
function stubDocument(refuses = false) {
  const heard = new EventTarget();
  const root = {
    requestFullscreen: async () => {
      if (refuses) throw new TypeError("refused");
      take(root);
    },
  };
  const fake = {
    fullscreenElement: null as unknown,
    documentElement: root,
    exitFullscreen: async () => take(null),
    addEventListener: heard.addEventListener.bind(heard),
    removeEventListener: heard.removeEventListener.bind(heard),
  };
  const take = (element: unknown): void => {
    fake.fullscreenElement = element;
    heard.dispatchEvent(new Event("fullscreenchange"));
  };
  vi.stubGlobal("document", fake);
  return { root, fake, take };
}

test("toggleFullScreen() gives the screen to the page, whose notices are seen there, and takes it back", async () => {
  const { root, fake } = stubDocument();
  const notice = new Notice();
  await toggleFullScreen({ notice });
  expect(fake.fullscreenElement).toBe(root);
  await toggleFullScreen({ notice });
  expect([fake.fullscreenElement, notice.peek()]).toEqual([null, undefined]);
});

test("toggleFullScreen() says where the browser refuses", async () => {
  stubDocument(true);
  const notice = new Notice();
  await toggleFullScreen({ notice });
  expect(notice.peek()).toBe("The browser does not allow full screen here");
});

test("followFullScreen() closes the tree meanwhile, also where the browser ends it", () => {
  const { root, take } = stubDocument();
  const page = createPage(true);
  const now = (): readonly boolean[] => [page.isFull.peek(), page.tree.peek()];
  const stop = followFullScreen({ page });
  take(root);
  expect(now()).toEqual([true, false]);
  take(null);
  expect(now()).toEqual([false, true]);
  page.tree.value = false;
  take(root);
  page.tree.value = true;
  take(null);
  expect(now()).toEqual([false, true]);
  stop();
  take(root);
  expect(now()).toEqual([false, true]);
});
