export const ROOT: string;
export const PACKAGES: readonly string[];
export function ensureInstalled(): Promise<void>;
export function ensureBuilt(): Promise<void>;
export function ensureRuntimes(): Promise<void>;
