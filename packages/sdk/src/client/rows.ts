import { checkCount } from "../check.ts";
import { DecodeError } from "../errors.ts";
import type { RequestOptions } from "../http/options.ts";
import type { TypedQuery } from "../rma/builder-stages.ts";
import { printRma } from "../rma/print.ts";
import { readEnvelope, rowsOf } from "./envelope.ts";
import { followSignal } from "./follow-signal.ts";
import type { PageAsk, PagePlan } from "./page-ask.ts";
import { type Page, PageCourse, type PageReply } from "./page-course.ts";
import { planPages } from "./page-plan.ts";
import { queryRequest } from "./query-request.ts";
import type { Sender } from "./sender.ts";

/** Rows that the question after an empty answer asks for: enough to tell a reason. */
const EMPTY_CHECK_ROWS = 10;

/** How rows are read; what is of a request counts for each page. */
export interface RowsOptions extends Omit<RequestOptions, "throwHttpErrors"> {
  /**
   * Rows of a page, over what the query says.
   * @default the query's `numRows`, else 2000
   */
  pageSize?: number | undefined;
}

/** How the rows are collected. */
export interface AllRowsOptions {
  /**
   * Bound on what is held in memory: more rows than these are an error. `limit()` of a query ends quietly in its place.
   * @default Infinity
   */
  maxRows?: number | undefined;
}

/**
 * The rows of a query. Nothing is asked for until it is read; each reading begins anew.
 *
 * Pages are ordered by `id` unless the query has an order, and one page is fetched ahead. A row whose `id` came before is left out. A
 * query's `numRows` is the size of a page, `limit()` bounds the whole, and with `numRows("all")` one page holds everything. What is
 * missing in the end, or came again, is told to `onEvent`.
 *
 * A connected service is read page by page too: its `num_rows` is the size of a page, and it is asked until a page holds fewer rows,
 * or is one that came before. The answer of one that has no pages is one page. No single row of a service, or of a tabular query, is
 * left out: equal ids need not mean equal rows there.
 *
 * Reading throws as a request may end, and:
 *
 * * `ApiError` when the service refuses the query, in its words;
 * * `DecodeError` when the answer is no rows, such as the HTML page that stands in during maintenance.
 *
 * The columns are not checked: rows are as the service sends them, and their type says what its schema promises.
 *
 * @example for await (const gene of client.rows(rma("Gene").where("acronym", "il", "pdyn"))) console.log(gene.name);
 */
export class Rows<Row> implements AsyncIterable<Row> {
  readonly #sender: Sender;
  readonly #query: TypedQuery<Row>;
  readonly #options: RowsOptions;
  readonly #plan: PagePlan;

  /** @internal */
  constructor(sender: Sender, query: TypedQuery<Row>, options: RowsOptions) {
    this.#sender = sender;
    this.#query = query;
    this.#options = options;
    this.#plan = planPages(query, options.pageSize);
  }

  /** The rows, one by one. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    for await (const { rows } of this.pages()) yield* rows;
  }

  /** The pages, one by one; none is empty. */
  pages(): AsyncGenerator<Page<Row>, void, undefined> {
    return this.#readPages(this.#plan);
  }

  /** The first row, `undefined` if there is none. Asks for one row alone. */
  async first(): Promise<Row | undefined> {
    if (this.#plan.maxRows === 0) return undefined;
    const { startRow } = this.#plan;
    const { rows } = await this.#ask(this.#plan, { startRow, numRows: 1, count: false, ordered: true });
    return rows[0];
  }

  /**
   * All rows at once.
   *
   * @throws {RangeError} If more than `maxRows` rows come, or it is no whole number of 0 or more.
   */
  async all(options: AllRowsOptions = {}): Promise<Row[]> {
    const { maxRows: given = Number.POSITIVE_INFINITY } = options;
    const maxRows = given === Number.POSITIVE_INFINITY ? given : checkCount("maxRows", given, 0);
    const bound = Math.min(this.#plan.maxRows, maxRows + 1); // One more tells whether there are more.
    const all: Row[] = [];
    for await (const { rows } of this.#readPages({ ...this.#plan, maxRows: bound })) {
      for (const row of rows) all.push(row);
    }
    if (all.length <= maxRows) return all;
    throw new RangeError(
      `Cannot collect the rows of "${this.#query}": there are more than ${maxRows}; raise maxRows, give the query a limit(), or read the rows one by one`,
    );
  }

  /**
   * The number of all matches, without regard to `limit()` and `startRow()`. Asks for one row. Some queries with joins are counted
   * too high (reference §3.6). The rows of a service are fetched and counted.
   *
   * @throws {DecodeError} If the service does not say it.
   */
  async count(): Promise<number> {
    if (this.#plan.isUncounted) return this.#countRows();
    const reply = await this.#ask(this.#plan, { startRow: 0, numRows: 1, count: true, ordered: false });
    const { rows, totalRows } = reply;
    if (rows.length === 0) return 0;
    if (totalRows !== undefined && totalRows >= rows.length) return totalRows;
    const found = totalRows === undefined ? "no number" : `${totalRows}, with a row in the answer`;
    throw new DecodeError("the count", { at: "total_rows", expected: "the number of matches", found });
  }

  async #countRows(): Promise<number> {
    let count = 0;
    const all = { ...this.#plan, startRow: 0, maxRows: Number.POSITIVE_INFINITY };
    for await (const { rows } of this.#readPages(all)) count += rows.length;
    return count;
  }

  /**
   * The likely reason why no row came, for queries that know what to ask: one cheap request. `undefined` if there is nothing to
   * ask, or no reason is found. It does not look whether the query is empty.
   */
  async whyEmpty(): Promise<string | undefined> {
    const check = this.#query.emptyCheck;
    if (check === undefined) return undefined;
    const ask: PageAsk = { startRow: 0, numRows: EMPTY_CHECK_ROWS, count: false, ordered: true };
    const { rows } = await this.#ask(planPages(check.query, undefined), ask);
    return check.explain(rows);
  }

  async *#readPages(plan: PagePlan): AsyncGenerator<Page<Row>, void, undefined> {
    const course = new PageCourse<Row>(plan);
    const { signal, close } = followSignal(this.#options.signal);
    const askNext = (): Promise<PageReply<Row>> | undefined => {
      const reply = course.next && this.#ask(plan, course.next, signal);
      reply?.catch(() => {}); // A page fetched ahead may fail when nobody waits for it, or any more.
      return reply;
    };
    try {
      for (let coming = askNext(); coming !== undefined; ) {
        const page = course.take(await coming);
        coming = askNext();
        signal.throwIfAborted();
        if (page !== undefined) yield page;
      }
      this.#report(course);
    } finally {
      close();
    }
  }

  async #ask(plan: PagePlan, ask: PageAsk, signal = this.#options.signal): Promise<PageReply<Row>> {
    const query = plan.toQuery(ask);
    const options = { ...this.#options, signal, throwHttpErrors: true };
    const response = await this.#sender.send(queryRequest(this.#sender.baseUrl, query), options);
    const envelope = readEnvelope(response, printRma(query));
    // The one place where the service is believed: its schema says what the columns are, and checking each would cost more than
    // reading them.
    return { ...envelope, rows: rowsOf(envelope.msg, response.url) as readonly Row[] };
  }

  #report(course: PageCourse<Row>): void {
    const query = String(this.#query);
    const { shortfall, duplicates } = course;
    if (shortfall !== undefined) this.#sender.emit({ type: "shortfall", query, ...shortfall });
    if (duplicates > 0) this.#sender.emit({ type: "duplicates", query, rows: duplicates });
  }
}
