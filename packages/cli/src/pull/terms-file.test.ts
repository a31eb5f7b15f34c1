import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { checkTerms, TERMS_FILE, writeTerms } from "./terms-file.ts";

test("writeTerms() says whose the content of a folder is, and leaves another text as it is", async () => {
  const folder = await temporaryFolder();
  await writeTerms(join(folder, "new/real"), false);
  expect(await readFile(join(folder, "new/real", TERMS_FILE), "utf8")).toContain("Allen Institute for Brain Science");
  await writeFile(join(folder, TERMS_FILE), "mine");
  await writeTerms(folder, true);
  expect(await readFile(join(folder, TERMS_FILE), "utf8")).toBe("mine");
});

test.each([true, false])("checkTerms() keeps what is made up (%s) and what is not apart", async (isSynthetic) => {
  const folder = await temporaryFolder();
  await checkTerms(folder, isSynthetic);
  await writeTerms(folder, isSynthetic);
  await checkTerms(folder, isSynthetic);
  await expect(checkTerms(folder, !isSynthetic)).rejects.toThrow(
    `Cannot pull into "${folder}": it holds ${isSynthetic ? "synthetic" : "real"} data (ATTRIBUTION.txt)`,
  );
});
