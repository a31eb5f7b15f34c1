import { expect, test } from "vitest";
import { readTileAddress } from "./tile-address.ts";

const SERVICE = "/cgi-bin/imageservice?path=/external/a.aff";

test.each([
  ["/iiif/3/7/0,0,256,256/256,256/0/default.jpg", { name: "3/7", left: 0, top: 0, downsample: 0 }],
  ["/iiif/2/7/1024,2048,1024,1024/256,/0/default.jpg", { name: "2/7", left: 1024, top: 2048, downsample: 2 }],
  ["/iiif/3/%2Fa.aff/512,0,512,512/256,256/0/default.jpg", { name: "3/%2Fa.aff", left: 512, top: 0, downsample: 1 }],
  [`${SERVICE}&left=512&top=256&width=256&height=256`, { name: "/external/a.aff", left: 512, top: 256, downsample: 0 }],
  [`${SERVICE}&width=256&height=256&downsample=3&quality=85`, { name: "/external/a.aff", left: 0, downsample: 3 }],
])("readTileAddress() reads %s", (target, address) => {
  expect(readTileAddress(target)).toMatchObject(address);
});

test("readTileAddress() says under which name an attachment is saved", () => {
  const headers = { "content-disposition": "attachment; filename=imagefile.jpg" };
  expect(readTileAddress(`${SERVICE}&mime=1&width=256&height=256`)).toMatchObject({ headers });
});

test.each([
  "/",
  "/iiif/3/7/info.json",
  "/iiif/3/7/full/max/0/default.jpg",
  "/iiif/3/7/0,0,256,512/256,256/0/default.jpg",
  "/iiif/3/7/0,0,300,300/256,256/0/default.jpg",
  "/iiif/3/7/0,0,128,128/256,256/0/default.jpg",
  "/iiif/3/7/0,0,256,256/256,256/90/default.jpg",
  "/iiif/3/7/0,0,256,256/256,256/0/gray.jpg",
  "/iiif/3/7/0,0,256,256/256,256/0/default.png",
  "/iiif/3/7/-1,0,256,256/256,256/0/default.jpg",
  "/iiif/3/7/0,0,256,256/256,256/0/default.jpg?x=1",
  "/iiif/4/7/0,0,256,256/256,256/0/default.jpg",
  `/iiif/3/${"a".repeat(201)}/0,0,256,256/256,256/0/default.jpg`,
  "/iiif/3/7/0,0,1e3,256/256,256/0/default.jpg",
  `${SERVICE}&width=255&height=256`,
  `${SERVICE}&width=256&height=256&quality=50`,
  `${SERVICE}&width=256&height=256&zoom=2`,
  `${SERVICE}&width=256&height=256&rgb=1,1,0`,
  `${SERVICE}&width=256&height=256&filter=range`,
  `${SERVICE}&width=256&height=256&colormap=jet`,
  `${SERVICE}&width=NaN&height=256`,
  "/cgi-bin/imageservice?width=256&height=256",
  "/cgi-bin/imageservice",
])("readTileAddress() leaves %s to the routes", (target) => {
  expect(readTileAddress(target)).toBeUndefined();
});
