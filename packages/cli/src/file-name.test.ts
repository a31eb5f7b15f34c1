import { expect, test } from "vitest";
import { defaultFileName } from "./file-name.ts";

test("defaultFileName() names the service, the id and what was given", () => {
  expect(
    defaultFileName({ service: "atlas", id: 100883869, parameters: { annotation: true, downsample: 4 } }, "image/jpeg"),
  ).toBe("atlas-image-100883869-ds4-annotation.jpg");
  expect(
    defaultFileName({ service: "atlas", id: 7, parameters: { annotation: false, left: -5, top: 0 } }, "image/jpeg"),
  ).toBe("atlas-image-7-left-5-top0-no-annotation.jpg");
  expect(
    defaultFileName(
      {
        service: "any",
        id: 7,
        parameters: {
          view: "tumor_feature_boundary",
          range: [0, 932, 0, 1279, 0, 4095],
          colormap: { map: "jet", lowerThreshold: 30 },
          rgb: [1, 0.5, 0],
          downsampleDimensions: true,
        },
      },
      "image/png",
    ),
  ).toBe(
    "image-7-downsample-dimensions-view-tumor-feature-boundary-range0_932_0_1279_0_4095-colormap-jet_30-rgb1_0.5_0.png",
  );
});

test("defaultFileName() tells a view from the flag of the same name", () => {
  const name = (parameters: object): string => defaultFileName({ service: "section", id: 7, parameters }, "image/jpeg");
  expect(name({ view: "expression" })).not.toBe(name({ expression: true }));
});
