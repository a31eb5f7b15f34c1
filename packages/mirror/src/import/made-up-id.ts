import { createHash } from "node:crypto";

/**
 * The id of a record whose own is not known, made of what is known of it: the same for the same content. It is below 0, where the
 * service has none, and a whole number that JSON keeps.
 *
 * @example madeUpId("donors", { name: "H0351.2001" }) < 0 // → true
 */
export function madeUpId(...content: unknown[]): number {
  const hash = createHash("sha256").update(JSON.stringify(content)).digest();
  return -1 - hash.readUIntBE(0, 6) * 16 - (hash.readUInt8(6) >> 4);
}
