import { expect, test } from "vitest";
import * as drawing from "./drawing/index.ts";
import * as image from "./image/index.ts";
import * as root from "./index.ts";
import * as mesh from "./mesh/index.ts";
import * as morphology from "./morphology/index.ts";
import * as node from "./node/index.ts";
import * as ontology from "./ontology/index.ts";
import * as queries from "./queries/index.ts";
import * as rma from "./rma/index.ts";
import * as schema from "./rma/schema-table.generated.ts";
import * as services from "./services/index.ts";
import * as sync from "./sync/index.ts";
import * as volume from "./volume/index.ts";
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

test("@brainatlas/sdk/drawing exports these names", () => {
  expect(Object.keys(drawing).sort()).toMatchInlineSnapshot(`
    [
      "flattenPath",
      "parseDrawing",
      "printDrawing",
    ]
  `);
});

test("@brainatlas/sdk/image exports these names", () => {
  expect(Object.keys(image).sort()).toMatchInlineSnapshot(`
    [
      "BLOCK_PX",
      "COLORMAPS",
      "IMAGE_PARAMETER_NAMES",
      "IMAGE_SERVICES",
      "IMAGE_SERVICE_PATH",
      "TILE_PX",
      "checkImageId",
      "checkImageParameters",
      "clampDownsample",
      "colormapNumber",
      "colouredPlates",
      "imageServiceExtras",
      "isOnBlockGrid",
      "jpegFault",
      "parseImageParameters",
      "parseImageServiceRequest",
      "parseSubImageRecord",
      "picturePath",
      "printImageParameters",
      "printImageServicePath",
      "printImageUrl",
      "regionOf",
      "requestedRegion",
      "tierCount",
      "tierSize",
      "tileWindow",
      "tilesOf",
      "windowOf",
    ]
  `);
});

test("@brainatlas/sdk/mesh exports these names", () => {
  expect(Object.keys(mesh).sort()).toMatchInlineSnapshot(`
    [
      "meshArea",
      "meshBox",
      "meshVolume",
      "openEdges",
      "parseObj",
      "printObj",
    ]
  `);
});

test("@brainatlas/sdk/morphology exports these names", () => {
  expect(Object.keys(morphology).sort()).toMatchInlineSnapshot(`
    [
      "COMPARTMENTS",
      "Morphology",
      "parseMarkers",
      "parseSwc",
      "printSwc",
    ]
  `);
});

test("@brainatlas/sdk/node exports these names", () => {
  expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
    [
      "downloadAll",
      "downloadInRegions",
      "isDownloading",
      "removeDownloads",
      "verifyDownloads",
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

test("@brainatlas/sdk/services exports these names", () => {
  expect(Object.keys(services).sort()).toMatchInlineSnapshot(`
    [
      "PROJECTION_PARAMETERS",
      "SERVICES",
      "SERVICE_PAGE_ROWS",
      "annotatedParameters",
      "devHumanCorrelation",
      "devHumanDifferential",
      "devHumanExpression",
      "devHumanMicroarrayCorrelation",
      "devHumanMicroarrayDifferential",
      "devHumanMicroarrayExpression",
      "devMouseAgea",
      "devMouseCorrelation",
      "expressionMatrix",
      "gbmCorrelation",
      "gbmDifferential",
      "gbmExpression",
      "gbmIshDifferential",
      "gbmIshExpression",
      "humanMicroarrayCorrelation",
      "humanMicroarrayDifferential",
      "humanMicroarrayExpression",
      "isPagedService",
      "isServiceName",
      "mouseAgea",
      "mouseConnectivityCorrelation",
      "mouseConnectivityInjectionCoordinate",
      "mouseConnectivityInjectionStructure",
      "mouseConnectivityTargetSpatial",
      "mouseCorrelation",
      "mouseDifferential",
      "nhpLmdMicroarrayCorrelation",
      "nhpLmdMicroarrayDifferential",
      "nhpLmdMicroarrayExpression",
      "nhpMacroMicroarrayCorrelation",
      "nhpMacroMicroarrayDifferential",
      "nhpMacroMicroarrayExpression",
      "parseAnnotatedParameters",
      "parseAnnotatedQuery",
      "printAnnotatedQuery",
      "projectionMatrix",
      "serviceQuery",
      "textSearch",
    ]
  `);
});

test("@brainatlas/sdk/sync exports these names", () => {
  expect(Object.keys(sync).sort()).toMatchInlineSnapshot(`
    [
      "ADULT_MOUSE_EXTENT_UM",
      "AlignedSet",
      "MAX_REGISTERED_PIXELS",
      "PLANE_AXES",
      "applyAffine2d",
      "applyAffine3d",
      "imageToImage",
      "imageToImage2d",
      "imageToReference",
      "imageToReferenceAll",
      "invertAffine2d",
      "invertAffine3d",
      "nearestSection",
      "parseAlignedSet",
      "parseAlignment2d",
      "parseAlignment3d",
      "planeOf",
      "referenceToImage",
      "referenceToImageAll",
      "registerSection",
      "sectionPlane",
      "spaceTransform",
    ]
  `);
});

test("@brainatlas/sdk/volume exports these names", () => {
  expect(Object.keys(volume).sort()).toMatchInlineSnapshot(`
    [
      "ANNOTATION_RELEASES",
      "DEFAULT_DOWNLOAD_URL",
      "DEFAULT_RELEASE",
      "EXPRESSION_VOLUMES",
      "MAX_VOLUME_BYTES",
      "NO_DATA",
      "PROJECTION_IMAGES",
      "RESOLUTIONS_UM",
      "Volume",
      "parseArchivePath",
      "parseExpressionGridPath",
      "parseMetaImageHeader",
      "parseNrrdHeader",
      "parseProjectionGridPath",
      "printAgeAtlasPath",
      "printAnnotationPath",
      "printArchivePath",
      "printExpressionGridPath",
      "printNisslPath",
      "printProjectionGridPath",
      "printStructureMaskPath",
      "printStructureMeshPath",
      "printTemplatePath",
      "readGridZip",
      "readMetaImage",
      "readNrrd",
      "readZip",
      "writeNrrd",
    ]
  `);
});
