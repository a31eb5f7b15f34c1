/** Says, within the wire, why an answer cannot be used; who asked gets it as a `ConnectionError`. */
export class WireFault extends Error {
  override readonly name: string = "WireFault";
}

/** Bytes that nobody asked for: what came before them may be cut, as its length was wrong, or they belong to another request. */
export class SurplusFault extends WireFault {
  override readonly name: string = "SurplusFault";
}
