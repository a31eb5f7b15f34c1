import fc from "fast-check";
import { expect, test } from "vitest";
import { thrownBy } from "../../../../tests/support/fault-server.ts";
import { checkProperty } from "../../../../tests/support/property.ts";
import { meshArea, meshBox, meshVolume, openEdges } from "./mesh.ts";
import { parseObj } from "./parse-obj.ts";
import { printObj } from "./print-obj.ts";

const CUBE = `# wavefront obj file written by hand
mtllib none.mtl
v 10 20 30
v 12 20 30 1.0
v 12 22 30
v 10 22 30
v 10 20 32 0.5 0.5 0.5
v 12 20 32
v 12 22 32
v 10 22 32
g sides
usemtl grey
f 4 3 2 1
f 5 6 7 8
f 1 2 6 5
f 2 3 7 6 \\
# nothing
f -5 -1 -2 -6
f 4 1 5 8
`.replace("6 \\\n# nothing", "6");

test("parseObj() reads polygons, indices from the end, weights, colours and comments", () => {
  const mesh = parseObj(CUBE);
  expect([mesh.positions.length, mesh.triangles.length, mesh.normals]).toEqual([24, 36, undefined]);
  expect(meshBox(mesh)).toEqual({ min: [10, 20, 30], max: [12, 22, 32] });
  expect([meshVolume(mesh), meshArea(mesh), openEdges(mesh)]).toEqual([8, 24, 0]);
});

test("parseObj() reads bytes, Windows line ends and lines that go on", () => {
  const bytes = new TextEncoder().encode("v 0 0 0\r\nv 1 \\\r\n0 0\r\nv 0 1 0\r\nf 1/1 2/2 3/3 # end\r\n");
  expect(parseObj(bytes).triangles).toEqual(Uint32Array.of(0, 1, 2));
});

test("parseObj() ends a comment at its line, whatever it ends with", () => {
  const { positions } = parseObj("# C:\\meshes\\\nv 1 0 0\nv 2 0 0 # \\\nv 3 0 0\n");
  expect([...positions]).toEqual([1, 0, 0, 2, 0, 0, 3, 0, 0]);
  expect([...parseObj("v 1 2 \\\n# then\nv 4 5 6\nv 7 8 9 \\".replace("\\\n# then", "3")).positions]).toHaveLength(9);
});

test("parseObj() reads every kind of line end", () => {
  const lines = ["# by hand", "v 0 0 0", "v 1 0 0", "", "v 0 1 0", "f 1 2 3"];
  const [first, ...others] = ["\n", "\r\n", "\r"].map((end) => parseObj(lines.join(end)));
  expect(first?.triangles).toEqual(Uint32Array.of(0, 1, 2));
  expect(others).toEqual([first, first]);
  expect(String(thrownBy(() => parseObj("v 0 0 0\r\rv 1")))).toContain('line 3 holds "v 1"');
});

test("parseObj() keeps normals where each vertex has one, and drops them where corners disagree", () => {
  const places = "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nvn 0 0 1\nvn 0 1 0\n";
  expect(parseObj(`${places}f 1//1 2//1 3/9/1\nf 1//1 3//1 4//2`).normals).toEqual(
    Float64Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0),
  );
  expect(parseObj(`${places}f 1//1 2//1 3//1\nf 1//2 3//1 4//2`).normals).toBeUndefined();
  expect(parseObj(`${places}f 1//1 2//1 3//1`).normals).toBeUndefined();
});

test.each([
  ["", "the file holds none; expected a vertex"],
  ["# nothing\ng a\n", "expected a vertex"],
  ["<!DOCTYPE html>\n<p>maintenance</p>", 'line 1 holds "<!DOCTYPE html>"; expected a line of an OBJ file'],
  ["v 0 0 0\nVERTEX 1", 'line 2 holds "VERTEX 1"'],
  ["v 0 0", 'line 1 holds "v 0 0"; expected three numbers'],
  ["v 0 0 0x10", 'line 1 holds "v 0 0 0x10"'],
  ["v 0 0 1e999", "line 1"],
  ["\n\nv 0 0 nan", "line 3"],
  ["v 0 0 0\nf 1 1", 'line 2 holds "f 1 1"; expected a face of three corners or more'],
  ["v 0 0 0\nf 1 1 2", 'line 2 holds "2"; expected an index from 1 to 1'],
  ["v 0 0 0\nf 0 1 1", 'line 2 holds "0"'],
  ["v 0 0 0\nf -2 1 1", 'line 2 holds "-2"'],
  ["f 1 2 3", "expected an index after what it counts"],
  ["v 0 0 0\nf 1//1 1 1", "line 2"],
  ["v 0 0 0\nf 1.5 1 1", "expected a corner such as 7, 7/1 or 7//7"],
  ["v 0 0 0\nf 99999999999999999999 1 1", "line 2"],
])("parseObj() refuses %j", (text, message) => {
  const error = thrownBy(() => parseObj(text));
  expect(error).toMatchObject({ code: "ATLAS_DECODE" });
  expect(String(error)).toContain(message);
});

const meshes = fc.integer({ min: 3, max: 20 }).chain((count) =>
  fc.record({
    positions: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: count * 3,
      maxLength: count * 3,
    }),
    triangles: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 12 }),
    hasNormals: fc.boolean(),
  }),
);

test("parseObj(printObj(mesh)) is the mesh", () => {
  checkProperty(
    fc.property(meshes, ({ positions, triangles, hasNormals }) => {
      const used = triangles.flat();
      const isUsed = new Set(used).size === positions.length / 3;
      const mesh = {
        positions: Float64Array.from(positions, (value) => value + 0),
        normals: hasNormals && isUsed ? Float64Array.from(positions, () => 1) : undefined,
        triangles: Uint32Array.from(used),
      };
      expect(parseObj(printObj(mesh, "two\nlines"))).toEqual(mesh);
    }),
  );
});

test("parseObj() gives a mesh or a DecodeError, whatever the text", () => {
  const words = fc.constantFrom("v", "vn", "f", "1", "-1", "0", "2//1", "1/", "#", "\\", "\n", "\r", "1e5", "x", "//");
  checkProperty(
    fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
      try {
        const { positions, triangles } = parseObj(parts.join(" "));
        expect(triangles.every((index) => index < positions.length / 3)).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: "ATLAS_DECODE" });
      }
    }),
  );
});

test("meshBox() of nothing is undefined", () => {
  const nothing = { positions: new Float64Array(0), normals: undefined, triangles: new Uint32Array(0) };
  expect(meshBox(nothing)).toBeUndefined();
});
