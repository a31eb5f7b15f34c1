import * as services from "@brainatlas/sdk/services";
import { expectTypeOf } from "vitest";
import type { BrainAtlas } from "../client/brain-atlas.ts";
import type { Rows } from "../client/rows.ts";
import type { RowOf } from "../rma/builder-stages.ts";
import type { Variable } from "../rma/schema-types.ts";

declare const client: BrainAtlas;

// Parameters follow the table.
expectTypeOf<services.ParametersOf<"mouse_correlation">>().toEqualTypeOf<{
  readonly set: "mouse" | "mouse_coronal";
  readonly row: number | Variable;
  readonly structures?: number | string | Variable | readonly (number | string | Variable)[] | undefined;
  readonly sortOrder?: "asc" | "desc" | undefined;
  readonly startRow?: number | undefined;
  readonly numRows?: number | undefined;
}>();
expectTypeOf<services.ParametersOf<"text_search">>().toEqualTypeOf<{
  readonly queryString: string;
  readonly k?: string | undefined;
}>();
expectTypeOf<services.ParametersOf<"mouse_agea">["seedPoint"]>().toEqualTypeOf<readonly [number, number, number]>();
expectTypeOf<services.ParametersOf<"mouse_agea">["threshold1"]>().toEqualTypeOf<
  readonly [number, number] | undefined
>();

// What a service does not take does not compile.
// @ts-expect-error the set is missing
services.mouseDifferential({ structures1: 8, structures2: 315 });
// @ts-expect-error there is no such set
services.mouseDifferential({ set: "rat", structures1: 8, structures2: 315 });
// @ts-expect-error differential searches take ids alone
services.mouseDifferential({ set: "mouse", structures1: "TH", structures2: 315 });
// @ts-expect-error a point has three numbers
services.mouseConnectivityTargetSpatial({ seedPoint: [1, 2] });
// @ts-expect-error parameters have our spelling
services.mouseConnectivityTargetSpatial({ seed_point: [1, 2, 3] });
// @ts-expect-error a row is one
services.mouseCorrelation({ set: "mouse", row: [1] });
// @ts-expect-error a text search has no pages
services.textSearch({ queryString: "abat", numRows: 5 });

// Rows are typed by the service.
const near = services.mouseConnectivityInjectionCoordinate({ seedPoint: [1, 2, 3] });
expectTypeOf(client.rows(near)).toEqualTypeOf<Rows<services.InjectionCoordinateRow>>();
type Near = RowOf<typeof near>;
expectTypeOf<Near["injection-volume"]>().toEqualTypeOf<number>();
expectTypeOf<Near["distance"]>().toEqualTypeOf<number | undefined>();
const through = services.mouseConnectivityTargetSpatial({ seedPoint: [1, 2, 3] });
expectTypeOf<NonNullable<RowOf<typeof through>["path"]>[number]["coord"]>().toEqualTypeOf<
  readonly [x: number, y: number, z: number]
>();
const expression = services.humanMicroarrayExpression({ probes: 1 });
expectTypeOf<RowOf<typeof expression>["probes"][number]["expression_level"]>().toEqualTypeOf<readonly string[]>();
