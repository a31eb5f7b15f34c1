// Requests for pictures that nobody should send.
import fc from "fast-check";

/** A request as it goes over the wire. */
export interface HostileRequest {
  readonly method: string;
  /** Path and query, as they are sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -3000, max: 3000 }).map(String) },
  { weight: 1, arbitrary: fc.double().map(String) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...["", "0", "-0", "1", "16", "256", "-1", "-256", "1.5", "-0.25", "1e9", "1e400", "0x10", "NaN", "Infinity"],
      ...[
        "-Infinity",
        "2147483648",
        "9007199254740993",
        "99999999999999999999",
        "9".repeat(300),
        "%00",
        "%31",
        "1%2C2",
      ],
      ...["%EF%BC%91", "+1", " 1", "1,2", "null", "[]", "1;2"],
    ),
  },
);
const text = fc.oneof(
  fc.string({ maxLength: 30 }).map((each) => encodeURIComponent(each)),
  fc.string({ unit: "grapheme", maxLength: 12 }).map((each) => encodeURIComponent(each)),
  fc.constantFrom(
    "%",
    "%%",
    "%zz",
    "%e0%a4",
    "%ff%fe",
    "%u0041",
    "%00",
    "%2e%2e",
    "..%2f..%2f",
    "a".repeat(3000),
    "%0d%0aX-Y:%20z",
  ),
);
const value = fc.oneof({ weight: 5, arbitrary: number }, { weight: 1, arbitrary: text });

const TRICKS = [
  "../../etc/passwd",
  "/etc/passwd",
  "%2fetc%2fpasswd",
  "/..%2f..%2fetc%2fpasswd",
  "file:///etc/passwd",
  "%00",
  "//",
  ".",
];

/** The path of a stored file, or something near it. */
function pathNear(paths: readonly string[]): fc.Arbitrary<string> {
  const real = fc.constantFrom(...paths);
  const bent = fc
    .tuple(real, fc.constantFrom("%00", "/..", "%2f", "?", "#", " ", "/", "%2e", "::$DATA"))
    .map((parts) => parts.join(""));
  return fc.oneof(
    { weight: 12, arbitrary: real },
    { weight: 1, arbitrary: bent },
    { weight: 1, arbitrary: fc.constantFrom(...TRICKS) },
    { weight: 1, arbitrary: text },
  );
}

const SERVICE_NAMES =
  "left top width height downsample zoom quality mime fileout filter filterVals rgb contrast colormap range path".split(
    " ",
  );

function serviceTarget(paths: readonly string[]): fc.Arbitrary<string> {
  const name = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...SERVICE_NAMES) }, { weight: 1, arbitrary: text });
  const list = fc.array(number, { maxLength: 18 }).map((numbers) => numbers.join(","));
  const any = fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: list });
  const pairs = fc
    .array(fc.tuple(name, any), { maxLength: 8 })
    .map((each) => each.map((pair) => pair.join("=")).join("&"));
  return fc.tuple(pathNear(paths), pairs, fc.boolean()).map(([path, rest, isFirst]) => {
    const own = `path=${path}`;
    return `/cgi-bin/imageservice?${isFirst ? `${own}&${rest}` : `${rest}&${own}`}`;
  });
}

/** Requests that can be answered, so that what follows hostile ones is seen to go on. */
function fairTarget(paths: readonly string[]): fc.Arbitrary<string> {
  const place = fc.tuple(
    fc.constantFrom(...paths),
    fc.nat(1200),
    fc.nat(900),
    fc.integer({ min: 1, max: 700 }),
    fc.nat(3),
  );
  return place.map(
    ([path, left, top, edge, downsample]) =>
      `/cgi-bin/imageservice?path=${path}&left=${left}&top=${top}&width=${edge}&height=${edge}&downsample=${downsample}`,
  );
}

const iiifRegion = fc.oneof(
  fc.constantFrom("full", "square", "FULL", "", "pct:0,0,100,100", "pct:-1,0,5,5", "pct:99.9999,0,0.0001,1", "0,0,0,0"),
  fc.array(number, { minLength: 1, maxLength: 6 }).map((numbers) => numbers.join(",")),
  fc.array(fc.nat(1400), { minLength: 4, maxLength: 4 }).map((numbers) => numbers.join(",")),
  fc.array(number, { maxLength: 5 }).map((numbers) => `pct:${numbers.join(",")}`),
);
const iiifSize = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      ...["max", "full", "!", "^", "!100,100", "^!500,500", ",", "0,", ",0", "pct:0", "pct:100", "!^5,5", "^9,"],
    ),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom("", "^", "!", "^!", "pct:"), fc.array(number, { maxLength: 3 }))
      .map(([mark, each]) => mark + each.join(",")),
  },
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 900 }).map((width) => `${width},`) },
  // As large as may be: right, and dear.
  { weight: 1, arbitrary: fc.constantFrom("^max", "^pct:400", "^5000,") },
);
const iiifTurn = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("0", "90", "!0", "180", "!270", "22.5", "360", "361", "-90", "!", "") },
  { weight: 1, arbitrary: number },
);
const iiifName = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom("default", "color", "gray", "bitonal", "native"),
        fc.constantFrom("jpg", "png", "webp", "tif"),
      )
      .map((parts) => parts.join(".")),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "default",
      ".jpg",
      "default.",
      "default.jp2",
      "default.jpg.png",
      "toString.jpg",
      "__proto__.jpg",
      "info.json",
    ),
  },
  { weight: 1, arbitrary: text },
);

function iiifTarget(paths: readonly string[]): fc.Arbitrary<string> {
  const named = pathNear(paths).map((path) => encodeURIComponent(path));
  const identifier = fc.oneof(
    { weight: 6, arbitrary: named },
    { weight: 1, arbitrary: fc.constantFrom("1", "0", "-1", "1:annotation", "1:annotation:9", "test-card", "1e3", "") },
    { weight: 1, arbitrary: text },
  );
  const version = fc.constantFrom("3", "2", "3", "2", "3", "1", "presentation", "", "03");
  const parts = fc.tuple(version, identifier, iiifRegion, iiifSize, iiifTurn, iiifName);
  const cut = fc.oneof({ weight: 9, arbitrary: fc.constant(9) }, { weight: 1, arbitrary: fc.nat(5) });
  const more = fc.oneof(
    { weight: 9, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: fc.constantFrom("/", "/x", "?a=b", "//") },
  );
  return fc.tuple(parts, cut, more).map(([each, length, end]) => `/iiif/${each.slice(0, length).join("/")}${end}`);
}

function deepZoomTarget(paths: readonly string[]): fc.Arbitrary<string> {
  const identifier = pathNear(paths).map((path) => encodeURIComponent(path));
  const tile = fc.tuple(identifier, number, number, number, fc.constantFrom(".jpg", ".png", "", ".jpg.jpg"));
  return fc.oneof(
    identifier.map((name) => `/dzi/${name}.dzi`),
    tile.map(([name, level, column, row, end]) => `/dzi/${name}_files/${level}/${column}_${row}${end}`),
    fc
      .tuple(identifier, fc.nat(12), fc.nat(6), fc.nat(6))
      .map(([name, level, column, row]) => `/dzi/${name}_files/${level}/${column}_${row}.jpg`),
  );
}

const DATES = [
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "Fri, 31 Dec 9999 23:59:59 GMT",
  "yesterday",
  "",
  "-1",
  "99999999999999999999",
];
const TAGS = ["*", '"x"', 'W/"x"', '"', '"a","b"', "*,*", `"${"a".repeat(2000)}"`, ",,,", '"\\""'];
const RANGES = [
  "bytes=0-",
  "bytes=-1",
  "bytes=5-2",
  "bytes=0-0,2-3",
  "bytes=99999999999999999999-",
  "bytes=-0",
  "bytes=a-b",
  "chars=1-2",
  "bytes=1-1,1-1,1-1",
  "bytes=-",
  "",
  "bytes = 0 - 9",
];
const headers = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        range: fc.constantFrom(...RANGES),
        "if-none-match": fc.constantFrom(...TAGS),
        "if-match": fc.constantFrom(...TAGS),
        "if-range": fc.constantFrom(...TAGS, ...DATES),
        "if-modified-since": fc.constantFrom(...DATES),
        "if-unmodified-since": fc.constantFrom(...DATES),
        accept: fc.constantFrom("*/*", "image/webp", "application/ld+json", ";;;q=9", ","),
        "accept-encoding": fc.constantFrom("gzip", "br", "identity;q=0", "*;q=0", "gzip, gzip, gzip", ""),
      },
      { requiredKeys: [] },
    ),
  },
);
const method = fc.oneof(
  { weight: 12, arbitrary: fc.constant("GET") },
  { weight: 1, arbitrary: fc.constantFrom("HEAD", "POST", "OPTIONS", "DELETE", "PUT") },
);

/**
 * Draws requests, the same each time for a seed.
 *
 * @param paths Server paths of pictures that are held.
 */
export function drawHostileRequests(paths: readonly string[], count: number, seed: number): HostileRequest[] {
  const target = fc.oneof(
    { weight: 6, arbitrary: serviceTarget(paths) },
    { weight: 3, arbitrary: fairTarget(paths) },
    { weight: 6, arbitrary: iiifTarget(paths) },
    { weight: 2, arbitrary: deepZoomTarget(paths) },
    { weight: 1, arbitrary: fc.tuple(text, value).map(([path, each]) => `/${path}?${each}`) },
  );
  // What no client can put on a line is left out here: the other end of the connection would be the one that refuses.
  const sendable = target.map((each) => each.replaceAll(/[^\u0021-\u007e]/g, "%20").slice(0, 14_000));
  return fc.sample(fc.record({ method, target: sendable, headers }), { numRuns: count, seed });
}

/** Bytes that are no request. */
export const GARBAGE: readonly string[] = [
  "\r\n\r\n",
  "GET\r\n\r\n",
  "GET /cgi-bin/imageservice HTTP/9.9\r\n\r\n",
  "GET /cgi-bin/imageservice?path=/a b c HTTP/1.1\r\nHost: x\r\n\r\n",
  "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
  "GET //// HTTP/1.1\r\nHost: ]]]\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: -1\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
  `GET /?${"a".repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET / HTTP/1.1\r\n${"X: y\r\n".repeat(5000)}\r\n`,
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
];
