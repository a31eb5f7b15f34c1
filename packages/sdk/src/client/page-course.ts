import { SERVICE_PAGE_ROWS } from "../services/paged-services.ts";
import type { PageAsk, PagePlan } from "./page-ask.ts";
import { SeenPages } from "./seen-pages.ts";
import { idOf, SeenRows } from "./seen-rows.ts";

/** One page of rows. */
export interface Page<Row> {
  /** The rows that no page before had. */
  readonly rows: readonly Row[];
  /** Number of its first row among all matches, from 0. */
  readonly startRow: number;
  /** Rows of the database that it stands for, by which the next page begins; several may make one row (reference §3.4). */
  readonly numRows: number;
  /** All matches, as the service counted them for the first page; `undefined` where it did not. */
  readonly totalRows: number | undefined;
}

/** What the server answered for a page. */
export interface PageReply<Row> {
  readonly rows: readonly Row[];
  readonly startRow: number | undefined;
  readonly numRows: number | undefined;
  readonly totalRows: number | undefined;
}

/**
 * The way through the pages of a query: which to ask for next, and what to keep of each. Pure; it ends whatever a server answers,
 * short of ever new rows: those that come again are known, as far back as {@link SeenRows} and {@link SeenPages} remember.
 */
export class PageCourse<Row> {
  readonly #plan: PagePlan;
  readonly #seen: SeenRows | undefined;
  readonly #seenPages: SeenPages;
  #next: PageAsk | undefined;
  #totalRows: number | undefined;
  #kept = 0;
  #covered = 0;
  #duplicates = 0;

  constructor(plan: PagePlan) {
    this.#plan = plan;
    this.#seen = plan.identified ? new SeenRows() : undefined;
    this.#seenPages = new SeenPages(plan.isUncounted);
    this.#next = this.#askFor(plan.startRow, undefined);
  }

  /** The page to ask for; `undefined` at the end. */
  get next(): PageAsk | undefined {
    return this.#next;
  }

  /** Rows that came again, and were left out. */
  get duplicates(): number {
    return this.#duplicates;
  }

  /** At the end: rows that were promised, and came, where those are fewer. */
  get shortfall(): { promised: number; received: number } | undefined {
    if (this.#totalRows === undefined) return undefined;
    const promised = Math.min(this.#totalRows - this.#plan.startRow, this.#plan.maxRows);
    return this.#covered < promised ? { promised, received: this.#covered } : undefined;
  }

  /** Takes the answer to `next`: gives its page, or `undefined` if it has nothing new, which is the end. */
  take(reply: PageReply<Row>): Page<Row> | undefined {
    const ask = this.#next;
    this.#next = undefined;
    if (ask === undefined) return undefined;
    if (ask.startRow === this.#plan.startRow) this.#totalRows = this.#promiseOf(reply);
    if (reply.rows.length === 0) return undefined;
    const fresh = this.#seen?.takeFresh(reply.rows) ?? reply.rows;
    this.#duplicates += reply.rows.length - fresh.length;
    if (fresh.length === 0) return undefined;
    if (this.#isRepeat(reply, ask)) {
      // It may mean that there are more rows, which the service does not give.
      this.#duplicates += fresh.length;
      return undefined;
    }
    return this.#advance(reply, ask, fresh.slice(0, this.#plan.maxRows - this.#kept));
  }

  #advance(reply: PageReply<Row>, ask: PageAsk, rows: readonly Row[]): Page<Row> {
    const { startRow } = ask;
    const numRows = coveredRows(reply, ask.numRows);
    const endRow = startRow + numRows;
    // A total that the rows go beyond is none.
    if (this.#totalRows !== undefined && endRow > this.#totalRows) this.#totalRows = undefined;
    this.#seenPages.add(reply.rows);
    this.#kept += rows.length;
    this.#covered += numRows;
    const isLast =
      this.#plan.single ||
      this.#plan.pageRows === "all" ||
      endRow >= (this.#totalRows ?? Infinity) ||
      (this.#plan.isUncounted && isLastPage(reply.rows.length, ask.numRows));
    this.#next = isLast ? undefined : this.#askFor(endRow, false);
    return { rows, startRow, numRows, totalRows: this.#totalRows };
  }

  /** The total that the shortfall is told by. A query that asked for no count has none, whatever the answer says. */
  #promiseOf({ totalRows }: PageReply<Row>): number | undefined {
    return this.#plan.counted ? totalRows : undefined;
  }

  #askFor(startRow: number, count: boolean | undefined): PageAsk | undefined {
    const { maxRows, pageRows } = this.#plan;
    const wanted = maxRows - this.#kept;
    if (wanted <= 0) return undefined;
    const most = pageRows === "all" ? Infinity : pageRows;
    const numRows = Math.min(most, wanted);
    return { startRow, numRows: Number.isFinite(numRows) ? numRows : "all", count, ordered: true };
  }

  /**
   * Whether rows that no id tells apart came before as a page. A server that was told the total and says that it began where it was
   * asked to is believed: pages of one value over and over are alike.
   */
  #isRepeat({ rows, startRow }: PageReply<Row>, ask: PageAsk): boolean {
    const isBelieved = this.#totalRows !== undefined && startRow === ask.startRow;
    const areKnown = this.#seen !== undefined && rows.every((row) => idOf(row) !== undefined);
    return !isBelieved && !areKnown && this.#seenPages.has(rows);
  }
}

/**
 * Whether a page of a service is the last: one with fewer rows than were asked for, and one with more, from a service that heeds no
 * size and gives them all. Of more rows than its default, what it gives at most is unknown: there only an empty page is the end.
 */
function isLastPage(rows: number, asked: number | "all"): boolean {
  return asked === "all" || rows > asked || (rows < asked && asked <= SERVICE_PAGE_ROWS);
}

/**
 * By how many rows a page goes on: the server's count, where that can be. It may be more than the rows of the answer, since rows
 * with joins are several in the database, but not fewer, nor more than was asked for.
 */
function coveredRows({ rows, numRows }: PageReply<unknown>, asked: number | "all"): number {
  const most = asked === "all" ? Infinity : asked;
  return numRows !== undefined && numRows > rows.length && numRows <= most ? numRows : rows.length;
}
