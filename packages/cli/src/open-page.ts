import type { Context } from "./context.ts";
import { describeFailure } from "./failure.ts";
import { note } from "./output/notes.ts";

/** Systems whose desktop is there without a word about it in the environment. */
const HAVE_DESKTOPS: readonly NodeJS.Platform[] = ["darwin", "win32"];

/**
 * Opens a page in the browser, where the reader would see it, and says on stderr what it did.
 *
 * @param wish `true` opens it wherever that may be, `false` never.
 */
export async function openPage(context: Context, url: string, wish: boolean | undefined): Promise<void> {
  const reason = wish === undefined ? whyNotOpened(context) : undefined;
  if (wish === false || reason !== undefined) {
    const because = reason === undefined ? "" : `, as ${reason}`;
    return note(context, `no browser is opened${because}; Ctrl-C ends it`);
  }
  try {
    await context.load.open(url);
    note(context, "opened in your browser; Ctrl-C ends it");
  } catch (error) {
    note(context, `no browser is opened: ${describeFailure(error)}; Ctrl-C ends it`);
  }
}

/** Why a browser that is opened would not be seen, or not be wanted; `undefined` where it would. */
export function whyNotOpened({
  env,
  platform,
  stdout,
}: Pick<Context, "env" | "platform" | "stdout">): string | undefined {
  const isSet = (name: string): boolean => !["", "0", "false"].includes(env[name] ?? "");
  if (stdout.isTTY !== true) return "standard output is not a terminal";
  if (isSet("CI")) return "CI is set";
  if (isSet("DISPLAY") || isSet("WAYLAND_DISPLAY")) return undefined;
  if (isSet("SSH_CONNECTION")) return "this terminal is on another machine";
  // Windows shows what Linux opens inside of it.
  return HAVE_DESKTOPS.includes(platform) || isSet("WSL_DISTRO_NAME") ? undefined : "there is no display";
}
