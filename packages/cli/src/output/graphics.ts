/** How a picture is shown in a terminal. */
export type Graphics = "kitty" | "iterm" | "sixel" | "blocks" | "none";

/** What `--show` takes. */
export const SHOW_MODES = ["auto", "kitty", "iterm", "sixel", "blocks", "none"] as const;

export type ShowMode = (typeof SHOW_MODES)[number];

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The best way of showing a picture that a terminal is known to understand, from its environment alone: nothing is asked of
 * the terminal, since one that does not understand would print the question.
 *
 * @example detectGraphics({ TERM: "xterm-kitty" }, true) // → "kitty"
 */
export function detectGraphics(env: Env, isTerminal: boolean): Graphics {
  const { TERM: term = "", TERM_PROGRAM: program = "" } = env;
  if (!isTerminal || isSet(env.NO_COLOR) || isSet(env.CI) || term === "dumb") return "none";
  // A multiplexer passes no pictures through, whatever terminal is around it.
  if (isSet(env.TMUX) || isSet(env.STY) || isSet(env.ZELLIJ) || /^(screen|tmux)/.test(term)) return "blocks";
  if (isSet(env.KITTY_WINDOW_ID) || /kitty|ghostty/.test(term) || program === "ghostty") return "kitty";
  if (["iTerm.app", "WezTerm", "mintty"].includes(program) || env.LC_TERMINAL === "iTerm2") return "iterm";
  if (/sixel|^foot|^mlterm|^contour|^yaft/.test(term)) return "sixel";
  // The Linux console and real terminals have neither the colours nor the letters.
  if (/^(linux|vt\d+|ansi)/.test(term)) return "none";
  const windows = isSet(env.WT_SESSION) || env.OS === "Windows_NT";
  return term !== "" || windows ? "blocks" : "none";
}

/** Whether the terminal shows 24-bit colours; one that does not say so is taken to have 256. */
export function hasTrueColour(env: Env): boolean {
  return /^(truecolor|24bit)$/i.test(env.COLORTERM ?? "") || /-direct$/.test(env.TERM ?? "") || isSet(env.WT_SESSION);
}

/** Whether text may be coloured. */
export function hasColour(env: Env, isTerminal: boolean): boolean {
  return isTerminal && !isSet(env.NO_COLOR) && env.TERM !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
