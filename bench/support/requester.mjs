// One contestant of the request benches, in a process of its own: garbage, timers and connections of the others would
// otherwise be paid for by whoever comes next.
const [who, origin] = process.argv.slice(2);
let count = 0;

const CONTESTANTS = {
  async sdk() {
    const { BrainAtlas } = await import("@brainatlas/sdk");
    const client = new BrainAtlas({ baseUrl: origin });
    return {
      get: async () => (await client.get(nextPath())).bytes(),
      image: async () =>
        (await client.atlasImage(100883869, { downsample: 4, quality: count++ % 100 }).download()).bytes(),
    };
  },
  async fetch() {
    return byUrl(async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer()));
  },
  async "fetch, abortable"() {
    return byUrl(async (url) => {
      const { signal } = new AbortController();
      return new Uint8Array(await (await fetch(url, { signal })).arrayBuffer());
    });
  },
  async "fetch, by hand"() {
    return byUrl(async (url) => {
      const init = { redirect: "manual", signal: new AbortController().signal };
      const first = await fetch(url, init);
      const location = first.headers.get("location");
      await first.arrayBuffer();
      if (location === null) throw new Error("Cannot follow: the server gave no location");
      return new Uint8Array(await (await fetch(new URL(location, url), init)).arrayBuffer());
    });
  },
  async "undici.request"() {
    const { request } = await import("undici");
    return byUrl(async (url) => (await request(url)).body.bytes());
  },
};

const JOBS = {
  "one by one": (contestant) => contestant.get(),
  "6 at once": (contestant) => Promise.all(Array.from({ length: 6 }, contestant.get)),
  image: (contestant) => contestant.image(),
};

/** Each request has a URL of its own: the SDK sends identical ones that are under way at once as one. */
function nextPath() {
  return `/api/v2/data/query.json?n=${count++}`;
}

function byUrl(load) {
  return {
    get: () => load(origin + nextPath()),
    image: () => load(`${origin}/api/v2/atlas_image_download/100883869?downsample=4&quality=${count++ % 100}`),
  };
}

const contestant = await CONTESTANTS[who]();
process.on("message", async ({ job, times }) => {
  for (let index = 0; index < times; index += 1) await JOBS[job](contestant);
  process.send("done");
});
process.on("disconnect", () => process.exit());
process.send("ready");
