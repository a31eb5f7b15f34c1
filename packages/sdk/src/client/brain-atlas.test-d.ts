import { expectTypeOf } from "vitest";
import type { AtlasResponse } from "../http/response.ts";
import type { Colormap } from "../image/colormap.ts";
import type { ImageSize } from "../image/geometry.ts";
import type { ChannelRange } from "../image/parameters.ts";
import type { SubImageRecord } from "../image/sub-image-record.ts";
import type { Pixels } from "../pixels.ts";
import { BrainAtlas } from "./brain-atlas.ts";
import type { AtlasImage, ProjectionImage, RemoteImage, SectionImage, SubImage } from "./remote-image.ts";

const client = new BrainAtlas({ timeoutMs: undefined });
const atlas = client.atlasImage(1, { downsample: 4, annotation: true, atlas: 2, quality: undefined });
const section = client.sectionImage(1, { view: "expression", range: [0, 1, 0, 1, 0, 1], colormap: "jet" });
const projection = client.projectionImage(1, { projection: true });
const any = client.subImage(1, { tumorFeatureBoundary: true, filterVals: [1] });

expectTypeOf(atlas).toEqualTypeOf<AtlasImage>();
expectTypeOf(section).toEqualTypeOf<SectionImage>();
expectTypeOf(projection).toEqualTypeOf<ProjectionImage>();
expectTypeOf(any).toEqualTypeOf<SubImage>();
expectTypeOf(client.image("section", 1, {})).toEqualTypeOf<SectionImage>();
expectTypeOf(client.image("atlas", 1, {})).toEqualTypeOf<RemoteImage<"atlas">>();

// The nine attributes of a plate, each there and each possibly not given.
expectTypeOf(atlas.id).toEqualTypeOf<number>();
expectTypeOf(atlas.annotation).toEqualTypeOf<boolean | undefined>();
expectTypeOf(atlas.atlas).toEqualTypeOf<number | undefined>();
expectTypeOf(atlas.downsample).toEqualTypeOf<number | undefined>();
expectTypeOf(atlas.quality).toEqualTypeOf<number | undefined>();
expectTypeOf(atlas.left).toEqualTypeOf<number | undefined>();
expectTypeOf(atlas.top).toEqualTypeOf<number | undefined>();
expectTypeOf(atlas.width).toEqualTypeOf<number | undefined>();
expectTypeOf(atlas.height).toEqualTypeOf<number | undefined>();
expectTypeOf(section.colormap).toEqualTypeOf<Colormap | undefined>();
expectTypeOf(section.range).toEqualTypeOf<ChannelRange | undefined>();

expectTypeOf(atlas.with({ downsample: 3 })).toEqualTypeOf<AtlasImage>();
expectTypeOf(section.with({ view: undefined })).toEqualTypeOf<SectionImage>();

expectTypeOf(atlas.download()).resolves.toEqualTypeOf<AtlasResponse>();
expectTypeOf(atlas.pixels()).resolves.toEqualTypeOf<Pixels>();
expectTypeOf(atlas.size()).resolves.toEqualTypeOf<ImageSize>();
expectTypeOf(atlas.record()).resolves.toEqualTypeOf<SubImageRecord>();
expectTypeOf(client.get("/x")).resolves.toEqualTypeOf<AtlasResponse>();
// What a server sends is unknown until it is decoded.
expectTypeOf<AtlasResponse["json"]>().returns.toEqualTypeOf<unknown>();

// @ts-expect-error the atlas service does not take a view
client.atlasImage(1, { view: "expression" });
// @ts-expect-error the atlas service does not take a view by with() either
atlas.with({ view: "expression" });
// @ts-expect-error a name with a slip
client.atlasImage(1, { downsmaple: 4 });
// @ts-expect-error an id is a number
client.atlasImage("100883869");
// @ts-expect-error an id is needed
client.atlasImage();
// @ts-expect-error a flag is no text
client.atlasImage(1, { annotation: "true" });
// @ts-expect-error the section service does not take an atlas
client.sectionImage(1, { atlas: 1 });
// @ts-expect-error the section service does not take the projection flag
client.sectionImage(1, { projection: true });
// @ts-expect-error there is no such view
client.sectionImage(1, { view: "colour" });
// @ts-expect-error there is no such colour map
client.sectionImage(1, { colormap: "sunset" });
// @ts-expect-error a range has six numbers
client.sectionImage(1, { range: [0, 1] });
// @ts-expect-error a filter is of the general service only
client.projectionImage(1, { filter: "range" });
// @ts-expect-error there is no such service
client.image("plate", 1, {});
// @ts-expect-error an image is a value
atlas.downsample = 3;
// @ts-expect-error a plate has no such attribute
atlas.view;
// @ts-expect-error the wrong unit in the name
new BrainAtlas({ timeout: 5 });
// @ts-expect-error a query holds plain values
client.get("/x", { query: { a: [1] } });
