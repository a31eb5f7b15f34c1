/** The longest edge that a JPEG can have, in pixels. */
export const MAX_JPEG_PX = 65_535;
/** The largest tile that is worked on, in bytes; one of noise at quality 100 has a quarter. */
export const MAX_TILE_BYTES: number = 2 ** 19;
/** Quality of the service's own JPEGs (baseline, 4:2:0, by its recorded answers), of stored tiles, and of what none is asked for. */
export const DEFAULT_QUALITY = 85;
