import type { ChannelRange } from "@brainatlas/sdk/image";
import { clamp } from "./clamp.ts";

/** Largest intensity of a window (reference §1.2). */
export const MAX_INTENSITY = 4095;

/** The windows that change nothing. */
export const FULL_RANGE: ChannelRange = [0, MAX_INTENSITY, 0, MAX_INTENSITY, 0, MAX_INTENSITY];

/** Names of the channels, in the order of a range. */
export const CHANNELS = ["Red", "Green", "Blue"] as const;

/** Which end of a window, 0 for the lower one. */
export type WindowEnd = 0 | 1;

/**
 * The windows with one end of one channel set. It is rounded and kept within bounds, and takes the other end along where it would pass it.
 *
 * @param channel Index in {@link CHANNELS}.
 */
export function withWindowEnd(range: ChannelRange, channel: 0 | 1 | 2, end: WindowEnd, value: number): ChannelRange {
  const next: [number, number, number, number, number, number] = [...range];
  const whole = Number.isFinite(value) ? clamp(Math.round(value), 0, MAX_INTENSITY) : (range[channel * 2 + end] ?? 0);
  const at = channel * 2;
  next[at + end] = whole;
  if (end === 0) next[at + 1] = Math.max(whole, range[at + 1] ?? 0);
  else next[at] = Math.min(whole, range[at] ?? 0);
  return next;
}
