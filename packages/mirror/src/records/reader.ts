import Connection from "libsql/promise";
import { keep } from "./prepared.ts";
import type { Statement } from "./statement.ts";
import type { SqlRow, SqlValue } from "./values.ts";

/** Bounds on one statement. */
export interface ReadLimits {
  /** Longest time that the database may compute, in ms. */
  readonly timeLimitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A statement took longer than it may. */
export class QueryTimeError extends Error {
  readonly timeLimitMs: number;

  constructor(timeLimitMs: number) {
    super(`the query took longer than ${timeLimitMs} ms; ask for less, or add conditions`);
    this.name = "QueryTimeError";
    this.timeLimitMs = timeLimitMs;
  }
}

/** A prepared statement of the driver, as far as it is used; its own types say nothing. */
interface Prepared {
  raw(): unknown;
  run(parameters: readonly SqlValue[]): unknown;
  iterate(parameters: readonly SqlValue[]): Promise<Iterable<SqlRow>>;
}

/** Statements that a connection keeps prepared. */
const MAX_PREPARED = 200;

/**
 * One connection that reads. The database computes on a thread of its own, up to a statement's first row, and can be interrupted
 * there; later rows are stepped to on this thread. So a statement must do its work before its first row, as one that selects from a materialised page does.
 */
export class Reader {
  readonly #connection: Connection;
  readonly #prepared = new Map<string, Prepared>();
  readonly #begin: Prepared;
  readonly #end: Prepared;
  #walks = 0;
  #isSteady = false;

  private constructor(connection: Connection, begin: Prepared, end: Prepared) {
    this.#connection = connection;
    this.#begin = begin;
    this.#end = end;
  }

  static async open(location: string): Promise<Reader> {
    const connection = new Connection(location, { timeout: BUSY_MS });
    await connection.exec("PRAGMA query_only = 1");
    // What a statement makes before its first row may be large, and the driver would keep it in memory.
    await connection.exec("PRAGMA temp_store = FILE");
    return new Reader(connection, await connection.prepare("BEGIN"), await connection.prepare("COMMIT"));
  }

  /**
   * Whether it may be given to another user: if a statement's rows were not walked through to their end, it is still open, and
   * holds a lock.
   */
  get isIdle(): boolean {
    return this.#walks === 0 && !this.#isSteady;
  }

  /** From the next statement on it sees the database as it was then, whatever others write, until `loosen`. */
  steady(): void {
    this.#begin.run([]);
    this.#isSteady = true;
  }

  /** Sees from now on what others write. */
  loosen(): void {
    if (!this.#isSteady) return;
    this.#end.run([]);
    this.#isSteady = false;
  }

  /** All rows of a statement. */
  async all(statement: Statement, limits: ReadLimits): Promise<SqlRow[]> {
    return [...(await this.rows(statement, limits))];
  }

  /**
   * Rows of a statement, to be walked through once, before this reader is given back.
   *
   * @throws {QueryTimeError} If the first row takes longer than the limit.
   */
  async rows({ sql, parameters }: Statement, limits: ReadLimits): Promise<Iterable<SqlRow>> {
    const prepared = this.#prepared.get(sql) ?? (await this.#prepare(sql));
    const { rows, first } = await this.#interruptible(async () => {
      const rows = (await prepared.iterate(parameters))[Symbol.iterator]();
      // What went wrong while the first row was computed, an interruption too, is said where it is taken.
      return { rows, first: rows.next() };
    }, limits);
    this.#walks += 1;
    return this.#walk(first, rows);
  }

  close(): void {
    this.#prepared.clear();
    this.#connection.close();
  }

  *#walk(first: IteratorResult<SqlRow>, rest: Iterator<SqlRow>): Generator<SqlRow> {
    // No "finally": rows that are left early must stay counted.
    for (let next = first; next.done !== true; next = rest.next()) yield next.value;
    this.#walks -= 1;
  }

  async #prepare(sql: string): Promise<Prepared> {
    const prepared: Prepared = await this.#connection.prepare(sql);
    prepared.raw();
    keep(this.#prepared, sql, prepared, MAX_PREPARED);
    return prepared;
  }

  async #interruptible<T>(run: () => Promise<T>, { timeLimitMs, signal }: ReadLimits): Promise<T> {
    signal?.throwIfAborted();
    let again: ReturnType<typeof setInterval> | undefined;
    const interrupt = (): void => {
      this.#connection.interrupt();
      // It is lost on a statement that waits for its thread: said once, that would go on for ever.
      again ??= setInterval(() => this.#connection.interrupt(), INTERRUPT_AGAIN_MS);
    };
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      interrupt();
    }, timeLimitMs);
    signal?.addEventListener("abort", interrupt);
    try {
      return await run();
    } catch (error) {
      signal?.throwIfAborted();
      throw isLate ? new QueryTimeError(timeLimitMs) : error;
    } finally {
      clearTimeout(timer);
      clearInterval(again);
      signal?.removeEventListener("abort", interrupt);
    }
  }
}

/** Time between two interruptions of a statement that does not end, in ms. */
const INTERRUPT_AGAIN_MS = 20;

/** What is said to whoever reads after the end. */
export const CLOSED = "Cannot read the records: the store is closed";

/** How long a connection waits for a lock of another, in ms. */
export const BUSY_MS = 5000;
