import { expect, test } from "vitest";
import { pictureJobs } from "./picture-jobs.ts";
import type { PullPicture } from "./plan.ts";
import { storeItems } from "./pull-item.ts";

const picture = (id: number, x: number): PullPicture => ({
  kind: "picture",
  service: "atlas",
  view: "primary",
  record: { id, path: "/slide.aff", x, y: 0, width: 300, height: 200, image_width: 1000, image_height: 200 },
  path: "/slide.aff",
  name: `plates/${id}`,
});

test("pictureJobs() has a job of its own for each picture of a file, so that one does not fail with another", () => {
  const pictures = [picture(1, 0), picture(2, 600)];
  const items = pictures.flatMap((thing) => storeItems(thing, { baseUrl: "http://x", downsample: 0 }));
  const jobs = pictureJobs(items);
  expect([...jobs.values()].map((job) => job.picture)).toEqual(pictures);
  expect([...jobs.values()].flatMap(({ missing }) => [...missing])).toEqual(items.map(({ name }) => name));
});
