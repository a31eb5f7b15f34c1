// The server of the request benches, in a process of its own so that it does not share the client's event loop.
import { createServer } from "node:http";

const BODY = Buffer.alloc(10_000, "a");
/** What a plate at downsample 4 weighs; only its ends need to be those of a JPEG. */
const PICTURE = Buffer.alloc(95_000, 0x55);
PICTURE.set([0xff, 0xd8]);
PICTURE.set([0xff, 0xd9], PICTURE.length - 2);

/** The few words that a redirect carries for people. */
const REDIRECT = Buffer.from("<html><body>You are being redirected.</body></html>");

const server = createServer((request, response) => {
  const url = request.url ?? "";
  if (url.startsWith("/api/v2/atlas_image_download/")) {
    const location = `/cgi-bin/imageservice${url.slice(url.indexOf("?"))}`;
    response.writeHead(302, { location, "content-type": "text/html", "content-length": REDIRECT.length }).end(REDIRECT);
  } else if (url.startsWith("/cgi-bin/")) {
    response.writeHead(200, { "content-type": "image/jpeg", "content-length": PICTURE.length }).end(PICTURE);
  } else {
    response.writeHead(200, { "content-type": "application/json", "content-length": BODY.length }).end(BODY);
  }
});
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
// The parent's end is this one's.
process.on("disconnect", () => process.exit());
