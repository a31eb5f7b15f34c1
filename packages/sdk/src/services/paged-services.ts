/** Rows of a page of a service unless told: its own default (reference §8.1). */
export const SERVICE_PAGE_ROWS = 2000;

const PAGED =
  /^(?:(?:dev_human|dev_human_microarray|gbm|human_microarray|mouse|nhp_(?:lmd|macro)_microarray)_(?:correlation|differential)|dev_mouse_correlation|(?:dev_)?mouse_agea|gbm_ish_(?:differential|expression)|mouse_connectivity_(?:correlation|injection_(?:coordinate|structure)|target_spatial))$/;

/**
 * Whether a connected service answers with rows by `start_row` and `num_rows`. A rule and not a look-up, so that a client that pages
 * them need not load the table.
 *
 * Those that end in `_expression` answer with one object of probes and samples: seen of `human_microarray_expression`, and taken
 * to hold for the rest of its family (reference §8.4); `gbm_ish_expression`, which asks for structures and no probe, lists data sets.
 *
 * @example isPagedService("mouse_differential") // → true
 */
export function isPagedService(name: string): boolean {
  return PAGED.test(name);
}
