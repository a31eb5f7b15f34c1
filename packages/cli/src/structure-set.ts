/** "Brain – Major Divisions": twelve of the mouse, none within another. */
export const DEFAULT_SET = "687527670";

/** What the help of a command says of the option for a set. */
export const SET_TEXT: string = `id or name of a structure set (default: ${DEFAULT_SET}, the 12 major divisions of the mouse brain)`;
