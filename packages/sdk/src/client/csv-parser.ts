import { DecodeError } from "../errors.ts";

/** Longest record, in UTF-16 units: a quote that is never closed must not fill the memory. */
const MAX_RECORD_CHARACTERS = 16 * 1024 * 1024;

/** Where in a record the reading is. */
type State =
  /** At the start of a field. */
  | "start"
  /** In a field without quotes. */
  | "plain"
  /** Between quotes. */
  | "quoted"
  /** After a quote in a quoted field: its end, or half of a quote that is meant. */
  | "quote"
  /** After a carriage return. */
  | "return";

const FIELD_END = /[,"\r\n]/g;

/**
 * Reads CSV (RFC 4180) piece by piece, wherever the pieces begin and end. Lines end with LF or CRLF; nothing else is let through
 * that the format does not know, as it would be a guess.
 *
 * @example new CsvParser().push('a,"b,c"\n') // → [["a", "b,c"]]
 */
export class CsvParser {
  readonly #url: string | undefined;
  #state: State = "start";
  #field = "";
  #record: string[] = [];
  #characters = 0;
  #row = 1;

  /** @param url Where the text comes from, for errors. */
  constructor(url?: string) {
    this.#url = url;
  }

  /**
   * Takes a piece of the text; gives the records that it completes.
   *
   * @throws {DecodeError} If a quote or a line end is where none may be, or a record is longer than 16 Mi characters; it names the
   * row, the first being 1.
   */
  push(text: string): string[][] {
    const records: string[][] = [];
    for (let index = 0; index < text.length; ) {
      index = this.#state === "quoted" ? this.#readQuoted(text, index) : this.#readMark(text, index, records);
    }
    return records;
  }

  /**
   * Ends the text; gives the last record, if no line end completed it.
   *
   * @throws {DecodeError} If a quote is open.
   */
  end(): string[][] {
    if (this.#state === "quoted") this.#refuse("the end of the text", "a closing quote");
    if (this.#state === "return") this.#refuse("a carriage return alone", "a line feed after it");
    if (this.#state === "start" && this.#record.length === 0) return [];
    const records: string[][] = [];
    this.#endRecord(records);
    return records;
  }

  #readQuoted(text: string, start: number): number {
    const quote = text.indexOf('"', start);
    const end = quote === -1 ? text.length : quote;
    this.#append(text.slice(start, end));
    if (quote !== -1) this.#state = "quote";
    return end + 1;
  }

  #readMark(text: string, start: number, records: string[][]): number {
    FIELD_END.lastIndex = start;
    const index = FIELD_END.exec(text)?.index ?? text.length;
    if (index > start) this.#readPlain(text.slice(start, index));
    if (index === text.length) return index;
    const mark = text[index];
    if (this.#state === "return" && mark !== "\n") this.#refuse("a carriage return alone", "a line feed after it");
    if (mark === '"') this.#readQuote();
    else if (mark === ",") this.#endField();
    else if (mark === "\r") this.#state = "return";
    else this.#endRecord(records);
    return index + 1;
  }

  #readPlain(text: string): void {
    if (this.#state === "quote") this.#refuse("text after a closing quote", "a comma or a line end");
    if (this.#state === "return") this.#refuse("a carriage return alone", "a line feed after it");
    this.#state = "plain";
    this.#append(text);
  }

  #readQuote(): void {
    if (this.#state === "plain") this.#refuse("a quote in a field without quotes", "quotes around the field");
    if (this.#state === "quote") this.#append('"');
    this.#state = "quoted";
  }

  #append(text: string): void {
    this.#grow(text.length);
    this.#field += text;
  }

  #endField(): void {
    this.#grow(1); // Fields without content fill the memory, too.
    this.#record.push(this.#field);
    this.#field = "";
    this.#state = "start";
  }

  #grow(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= MAX_RECORD_CHARACTERS) return;
    this.#refuse("more", `at most ${MAX_RECORD_CHARACTERS} characters; an open quote may be the cause`);
  }

  #endRecord(records: string[][]): void {
    this.#endField();
    records.push(this.#record);
    this.#record = [];
    this.#characters = 0;
    this.#row += 1;
  }

  #refuse(found: string, expected: string): never {
    throw new DecodeError("the CSV", { at: `row ${this.#row}`, found, expected, url: this.#url });
  }
}
