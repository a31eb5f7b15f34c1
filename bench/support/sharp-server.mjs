// What one writes in an afternoon: node:http and sharp, all by default, two processes. Regions of a pyramid file, and of a drawing.
import cluster from "node:cluster";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import sharp from "sharp";

const PROCESSES = 2;
const QUALITY = 85;
const [pyramid, drawing] = process.argv.slice(2);

if (cluster.isPrimary) {
  let listening = 0;
  for (let index = 0; index < PROCESSES; index += 1) cluster.fork();
  cluster.on("listening", (_, { port }) => {
    listening += 1;
    if (listening === PROCESSES) process.send?.(port);
  });
  // The parent's end is this one's, and the children's end with it.
  process.on("disconnect", () => process.exit());
} else {
  const svg = readFileSync(drawing);
  const server = createServer(async (request, response) => {
    try {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
      const [tier, left, top, width, height] = ["tier", "left", "top", "width", "height"].map((name) =>
        Number(searchParams.get(name)),
      );
      const box = { left, top, width, height };
      const picture = pathname === "/drawing" ? await openDrawing(svg, tier) : openTier(tier);
      const body = await picture.extract(box).jpeg({ quality: QUALITY }).toBuffer();
      response.writeHead(200, { "content-type": "image/jpeg", "content-length": body.length }).end(body);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
}

function openTier(/** @type {number} */ tier) {
  return sharp(pyramid, { page: tier, limitInputPixels: false });
}

/** Drawn at the size of the tier: the renderer draws in that size, and does not shrink afterwards. */
async function openDrawing(/** @type {Buffer} */ svg, /** @type {number} */ tier) {
  const options = { limitInputPixels: false, unlimited: true };
  const { width = 0 } = await sharp(svg, options).metadata();
  return sharp(svg, options)
    .resize(Math.floor(width / 2 ** tier))
    .flatten({ background: "white" });
}
