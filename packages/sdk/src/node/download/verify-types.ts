/** What became of a file of a manifest. */
export interface VerifiedFile {
  readonly name: string;
  readonly url: string;
  /** `failed`: it was never had, as the manifest says itself. */
  readonly status: "ok" | "missing" | "damaged" | "failed";
  /** What is wrong, in words; `undefined` of a file that is right. */
  readonly reason: string | undefined;
}

/** How a directory is verified. */
export interface VerifyDownloadsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Is told of each file of the manifest, in no particular order. */
  readonly onFile?: ((file: VerifiedFile) => void) | undefined;
  /**
   * Whether what else lies in the directory is listed.
   * @default false
   */
  readonly others?: boolean | undefined;
}

/** What a verification found. */
export interface VerifySummary {
  /** Files whose length and hash are as the manifest says. */
  readonly ok: number;
  /** Bytes of those. */
  readonly okBytes: number;
  /** Files that are missing or damaged. */
  readonly faults: readonly VerifiedFile[];
  /** Items that were never had. */
  readonly failed: number;
  /** Lines of the manifest that cannot be read; what they told of counts among the other files. */
  readonly damagedLines: number;
  /** Paths below the directory of what is half done; empty unless asked for. */
  readonly unfinished: readonly string[];
  /** Paths below the directory of files that the manifest does not have; empty unless asked for. */
  readonly foreign: readonly string[];
}
