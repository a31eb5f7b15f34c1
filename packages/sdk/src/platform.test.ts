import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { UnsupportedError } from "./errors.ts";
import { decode as decodeInNode, inflate as inflateInNode } from "./node/platform.ts";
import { decode, inflate, writeFile } from "./platform.ts";

afterEach(() => {
  vi.doUnmock("sharp");
});

test("decode() says what is missing in a runtime without a decoder", async () => {
  const error = decode(new Uint8Array(0), "image/jpeg");
  await expect(error).rejects.toThrow(UnsupportedError);
  await expect(error).rejects.toThrow(
    "Cannot use pixels(): this runtime has no picture decoder; give one as the decoder option",
  );
});

test("decode() uses the browser's decoder with the colours as stored, and lets go of the picture", async () => {
  const close = vi.fn();
  const createImageBitmap = vi.fn(async (_blob: Blob, _options: unknown) => ({ width: 2, height: 1, close }));
  const data = new Uint8ClampedArray(8);
  class Canvas {
    getContext() {
      return { drawImage() {}, getImageData: () => ({ data }) };
    }
  }
  vi.stubGlobal("createImageBitmap", createImageBitmap);
  vi.stubGlobal("OffscreenCanvas", Canvas);
  expect(await decode(Uint8Array.of(1, 2), "image/jpeg")).toEqual({ data, width: 2, height: 1 });
  const [blob, options] = createImageBitmap.mock.calls[0] ?? [];
  expect([blob?.type, blob?.size]).toEqual(["image/jpeg", 2]);
  expect(options).toEqual({ colorSpaceConversion: "none", premultiplyAlpha: "none" });
  expect(close).toHaveBeenCalledOnce();
});

test("decode() says when no canvas is to be had, and lets go of the picture", async () => {
  const close = vi.fn();
  vi.stubGlobal("createImageBitmap", async () => ({ width: 90_000, height: 90_000, close }));
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      getContext() {
        return null;
      }
    },
  );
  await expect(decode(new Uint8Array(0), "image/jpeg")).rejects.toThrow(
    "no canvas of 90000 × 90000 pixels is to be had",
  );
  expect(close).toHaveBeenCalledOnce();
});

test("writeFile() says what to do in a browser", async () => {
  await expect(writeFile("x", new Uint8Array(0))).rejects.toThrow(
    "Cannot use save(): this runtime has no file system; take bytes() and offer them as a download",
  );
});

test("decode() of Node says which package is missing", async () => {
  vi.doMock("sharp", () => {
    throw new Error("Cannot find package 'sharp'");
  });
  const error = decodeInNode(new Uint8Array(0), "image/jpeg");
  await expect(error).rejects.toThrow(UnsupportedError);
  await expect(error).rejects.toThrow(/the optional package "sharp" is not installed; run "npm install sharp"/);
});

describe.each([
  ["of the web", inflate],
  ["of Node", inflateInNode],
])("inflate() %s", (_, unpack) => {
  const BYTES = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
  async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += 7000) yield bytes.subarray(start, start + 7000);
  }

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate-raw", deflateRawSync],
  ] as const)("gives what was packed as %s", async (format, pack) => {
    const chunks: Uint8Array[] = [];
    await unpack(format, chunksOf(pack(BYTES)), (chunk) => chunks.push(chunk.slice()));
    expect(Buffer.concat(chunks).equals(BYTES)).toBe(true);
  });

  test("rejects with what the source throws, and with what take() throws", async () => {
    const reason = new Error("no more");
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield gzipSync(BYTES).subarray(0, 100);
      throw reason;
    }
    await expect(unpack("gzip", broken(), () => {})).rejects.toBe(reason);
    const refuse = (): never => {
      throw reason;
    };
    await expect(unpack("gzip", chunksOf(gzipSync(BYTES)), refuse)).rejects.toBe(reason);
  });

  test("rejects while the source stands still, and lets go of it", async () => {
    const ended = vi.fn();
    const source: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]() {
        let isFirst = true;
        return {
          next: async () => {
            if (!isFirst) await new Promise(() => {});
            isFirst = false;
            return { done: false, value: gzipSync(BYTES).subarray(0, -4) };
          },
          return: async () => {
            ended();
            return { done: true, value: undefined };
          },
        };
      },
    };
    const reason = new Error("too much");
    const refuse = (): never => {
      throw reason;
    };
    await expect(unpack("gzip", source, refuse)).rejects.toBe(reason);
    // Node's own pipeline does so once the source moves again.
    if (unpack === inflate) expect(ended).toHaveBeenCalledOnce();
  });

  test.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate-raw", deflateRawSync],
  ] as const)("rejects what stands behind %s", async (format, pack) => {
    if (unpack === inflate) return;
    const source = Buffer.concat([pack(BYTES), new Uint8Array(8)]);
    await expect(unpack(format, chunksOf(source), () => {})).rejects.toThrow("8 bytes follow it");
  });

  test("rejects what is cut short, and what is no such stream", async () => {
    const packed = gzipSync(BYTES);
    await expect(unpack("gzip", chunksOf(packed.subarray(0, -1)), () => {})).rejects.toThrow();
    await expect(unpack("gzip", chunksOf(BYTES), () => {})).rejects.toThrow();
    await expect(unpack("gzip", chunksOf(new Uint8Array(0)), () => {})).rejects.toThrow();
  });
});
