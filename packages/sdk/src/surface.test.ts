import { expect, test } from "vitest";
import * as image from "./image/index.ts";
import * as root from "./index.ts";
import * as node from "./node/index.ts";
import * as ontology from "./ontology/index.ts";
import * as queries from "./queries/index.ts";
import * as rma from "./rma/index.ts";
import * as schema from "./rma/schema-table.generated.ts";
import * as xml from "./xml/index.ts";

test("@brainatlas/sdk exports these names", () => {
  expect(Object.keys(root).sort()).toMatchInlineSnapshot(`
    [
      "ApiError",
      "AtlasError",
      "AtlasResponse",
      "AtlasStream",
      "BrainAtlas",
      "ConnectionError",
      "DEFAULT_BASE_URL",
      "DEFAULT_PAGE_ROWS",
      "DecodeError",
      "HttpError",
      "MAX_URL_CHARACTERS",
      "NotMirroredError",
      "Rows",
      "STATUS",
      "TimeoutError",
      "TooManyRedirectsError",
      "UnsupportedError",
      "isAtlasError",
      "statusName",
    ]
  `);
});

test("@brainatlas/sdk/image exports these names", () => {
  expect(Object.keys(image).sort()).toMatchInlineSnapshot(`
    [
      "COLORMAPS",
      "IMAGE_PARAMETER_NAMES",
      "IMAGE_SERVICES",
      "IMAGE_SERVICE_PATH",
      "checkImageId",
      "checkImageParameters",
      "clampDownsample",
      "colormapNumber",
      "jpegFault",
      "parseImageParameters",
      "parseImageServiceRequest",
      "parseSubImageRecord",
      "printImageParameters",
      "printImageServicePath",
      "printImageUrl",
      "regionOf",
      "requestedRegion",
      "tierCount",
      "tierSize",
      "windowOf",
    ]
  `);
});

test("@brainatlas/sdk/node exports these names", () => {
  expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
    [
      "writeFileWhole",
    ]
  `);
});

test("@brainatlas/sdk/ontology exports these names", () => {
  expect(Object.keys(ontology).sort()).toMatchInlineSnapshot(`
    [
      "StructureTree",
      "colorTable",
      "parseColor",
      "parseStructureGraph",
      "parseStructureGraphXml",
      "parseStructurePath",
      "parseStructureRows",
      "printColor",
      "printStructurePath",
    ]
  `);
});

test("@brainatlas/sdk/rma exports these names", () => {
  expect(Object.keys(rma).sort()).toMatchInlineSnapshot(`
    [
      "MAX_QUERY_CHARACTERS",
      "OPERATORS",
      "RmaSyntaxError",
      "parseClauses",
      "parseRma",
      "parseRmaRequest",
      "printRma",
      "rma",
    ]
  `);
});

test("@brainatlas/sdk/queries exports these names", () => {
  expect(Object.keys(queries).sort()).toMatchInlineSnapshot(`
    [
      "ages",
      "alignments",
      "atlasImages",
      "atlases",
      "cells",
      "connectivity",
      "donors",
      "ecephys",
      "equalizations",
      "genes",
      "manualAnnotations",
      "microarray",
      "neuronalModels",
      "observatory",
      "ontologies",
      "planesOfSection",
      "probes",
      "products",
      "referenceSpaces",
      "sectionDataSets",
      "sectionImages",
      "specimens",
      "structureGraphs",
      "structureSets",
      "structures",
      "sweeps",
      "unionizes",
      "wellKnownFiles",
    ]
  `);
});

test("@brainatlas/sdk/rma/schema exports these names", () => {
  expect(Object.keys(schema).sort()).toMatchInlineSnapshot(`
    [
      "SCHEMA",
    ]
  `);
});

test("@brainatlas/sdk/xml exports these names", () => {
  expect(Object.keys(xml).sort()).toMatchInlineSnapshot(`
    [
      "XmlSyntaxError",
      "xmlEvents",
    ]
  `);
});
