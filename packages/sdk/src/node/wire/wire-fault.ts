/** Says, within the wire, why an answer cannot be used; who asked gets it as a `ConnectionError`. */
export class WireFault extends Error {
  override readonly name = "WireFault";
}
