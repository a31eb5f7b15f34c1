// Queries that nobody should send, by URL and by POST: each ends with the API's form of an error, or with a right answer within its
// limits; nothing of this machine shows; and the mirror goes on.
import { createMirror, SAMPLE_BASE_URL, sampleStore } from "@brainatlas/mirror";
import { ApiError, BrainAtlas } from "@brainatlas/sdk";
import { rma } from "@brainatlas/sdk/rma";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { checkAsyncProperty } from "../support/property.ts";

const mirror = createMirror({ store: sampleStore() });
const hasty = createMirror({ store: sampleStore(), queryLimits: { timeLimitMs: 60 } });
const DATA = `${SAMPLE_BASE_URL}/api/v2/data`;
const FORM = "application/x-www-form-urlencoded";

/** Marks of programs, files and databases: none of them may show but as what was asked. */
const TRACES =
  /(?:^|[\s"'(])\/(?:work|home|root|tmp|usr|var|etc|opt)\/|node_modules|\.(?:ts|js|db):?\d*\b|file:\/\/|\bat \S+ \(|sqlite|better-|kysely|\bselect\b|\bfrom a\d|\ba\d\.|prepared|statement|undefined|\[object|TypeError|ENOENT/gi;

interface Answer {
  readonly success: boolean;
  readonly msg: unknown;
  readonly total_rows?: number;
}

/** Reads an answer in JSON, and checks that it is one that may be given. */
async function judge(request: string, response: Response): Promise<Answer> {
  const text = await response.text();
  expect([request.slice(0, 300), response.status < 500 && response.status]).toEqual([
    request.slice(0, 300),
    response.status,
  ]);
  const answer = JSON.parse(text) as Answer;
  if (answer.success) {
    expect([response.status, typeof answer.msg]).toEqual([200, "object"]);
  } else {
    expect(answer).toMatchObject({ success: false, msg: expect.stringMatching(/^.{10,1500}$/su) });
    const asked = `${request} ${decode(request)}`.toLowerCase();
    const traces = String(answer.msg).match(TRACES) ?? [];
    expect(traces.filter((trace) => !asked.includes(trace.trim().toLowerCase()))).toEqual([]);
  }
  return answer;
}

function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (part) =>
    new TextDecoder().decode(Buffer.from(part.replaceAll("%", ""), "hex")),
  );
}

const get = async (path: string, of = mirror): Promise<Answer> => judge(path, await of.fetch(`${DATA}/${path}`));
const ask = async (query: string): Promise<Answer> => get(`query.json?criteria=${encodeURIComponent(query)}`);
const post = async (query: string, of = mirror): Promise<Answer> => {
  const body = `criteria=${encodeURIComponent(query)}`;
  return judge(
    query,
    await of.fetch(`${DATA}/query.json`, { method: "POST", body, headers: { "content-type": FORM } }),
  );
};

/** All of the sample is there after each, and answers at once. */
afterEach(async () => {
  const answers = await Promise.all(
    [mirror, hasty].map((of) => get("Structure/query.json?criteria=[graph_id$eq1]", of)),
  );
  for (const { total_rows } of answers) expect(total_rows).toBe(234);
});

const INJECTIONS = [
  "' or '1'='1",
  "x' or 1=1 --",
  "'; drop table structures; --",
  '"; drop table structures; --',
  "') union select sql from sqlite_master --",
  "1); delete from structures; --",
  "x'/**/or/**/1",
  "\\'; attach database '/tmp/x.db' as x; --",
  "%' or name like '%",
  "\u0000' or 1",
  ["$", "{process.env.HOME}"].join(""),
  "{{constructor.constructor('return process')()}}",
  "$(cat /etc/passwd)",
  "../../../../etc/passwd",
  "<script>alert(1)</script>",
  "__proto__",
  "constructor",
  "\ud83d\ude00\u202e",
];

describe("injections", () => {
  test.each(INJECTIONS)("%j is text as a value, and as a name none", async (text) => {
    const quoted = `'${text.replaceAll("'", "''")}'`;
    for (const value of [quoted, `'${text}'`, text, `${text}]`]) {
      for (const operator of ["eq", "in", "li", "il", "lt"]) {
        const answer = await ask(`model::Structure,rma::criteria,[name$${operator}${value}]`);
        if (answer.success && operator !== "lt") expect(answer.msg).toEqual([]);
      }
    }
    for (const name of [text, `structures.${text}`]) {
      for (const query of [
        `model::${name}`,
        `model::Structure,rma::criteria,[${name}$eq1]`,
        `model::Structure,rma::criteria,${name}`,
        `model::Structure,rma::include,${name}`,
        `model::Structure,rma::options[order$eq'${name}']`,
        `model::Structure,rma::options[only$eq'${name}']`,
        `model::Structure,rma::options[tabular$eq'${name}']`,
        `service::${name}[a$eq1]`,
      ]) {
        expect([query, (await ask(query)).success]).toEqual([query, false]);
      }
    }
    for (const parameter of ["order", "only", "num_rows", "start_row", "tabular"]) {
      const path = `Structure/query.json?${parameter}=${encodeURIComponent(text)}`;
      expect([path, (await get(path)).success]).toEqual([path, false]);
    }
    expect((await get(`${encodeURIComponent(text)}/1.json`)).success).toBe(false);
  });
});

test.each([...["%", "%%", "%zz", "%e0%a4", "%c3%28", "%ff%fe", "%u0041", "%00", "%f0%9f", "%5B%5", "+%"]])(
  "the broken encoding %s is answered, wherever it stands",
  async (text) => {
    for (const path of [
      `query.json?criteria=${text}`,
      `query.json?criteria=model::Structure[name$eq'${text}']`,
      `query.json?criteria=model::Structure%5Bname%24eq${text}%5D`,
      `Structure/query.json?criteria=[acronym$il${text}]&order=${text}`,
      `Structure/query.json?${text}=${text}`,
      `${text}/query.json`,
      `Structure/${text}.json`,
      `Structure/1.${text}`,
    ]) {
      await get(path);
    }
    const body = `criteria=model::Structure[name$eq${text}`;
    await judge(
      body,
      await mirror.fetch(`${DATA}/query.json`, { method: "POST", body, headers: { "content-type": FORM } }),
    );
  },
);

describe("length", () => {
  const ids = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join();

  test("a list up to its limit is answered, a longer one refused", async () => {
    expect((await post(`model::Structure[id$in${ids(20_000)}]`)).total_rows).toBeGreaterThan(200);
    expect(await post(`model::Structure[id$in${ids(20_001)}]`)).toMatchObject({
      success: false,
      msg: expect.stringContaining("at most 20000"),
    });
    expect((await get(`query.json?criteria=model::Structure[id$in${ids(5000)}]`)).success).toBe(true);
  });

  test.each([
    ["one value", (size: number) => `model::Structure[name$eq'${"a".repeat(size)}']`],
    ["one name", (size: number) => `model::${"a".repeat(size)}`],
    ["brackets", (size: number) => `model::Structure${"[id]".repeat(size / 4)}`],
    ["opened brackets", (size: number) => `model::Structure${"[".repeat(size)}`],
    ["opened parentheses", (size: number) => `model::Structure,rma::criteria,${"parent_structure(".repeat(size / 17)}`],
    ["commas", (size: number) => `model::Structure${",".repeat(size)}`],
    ["quotes", (size: number) => `model::Structure[name$eq${"'".repeat(size)}`],
    ["stages", (size: number) => "model::Structure,".repeat(size / 17).slice(0, -1)],
    ["options", (size: number) => `model::Structure,rma::options${"[num_rows$eq1]".repeat(size / 14)}`],
    ["columns", (size: number) => `model::Structure,rma::options[only$eq'${"id,".repeat(size / 3)}id']`],
    ["order", (size: number) => `model::Structure,rma::options[order$eq'${"id,".repeat(size / 3)}id']`],
    ["a list", (size: number) => `model::Structure[id$in${"1,".repeat(size / 2)}1]`],
    ["associations", (size: number) => `model::Structure,rma::criteria,${"graph,".repeat(size / 6)}graph`],
    ["digits", (size: number) => `model::Structure[id$eq${"9".repeat(size)}]`],
    ["variables", (size: number) => `model::Structure[id$in${"$x,".repeat(size / 3)}$x]`],
  ])("1 MB of %s is refused, or answered, and soon", async (_, make) => {
    const began = performance.now();
    for (const size of [60_000, 1_000_000, 1_100_000]) {
      const answer = await post(make(size));
      if (answer.success) expect(answer.total_rows).toBeLessThan(1000);
    }
    expect(performance.now() - began).toBeLessThan(8000);
  });

  test("parentheses within each other are refused at any depth", async () => {
    for (const depth of [41, 1000, 50_000]) {
      const nest = (name: string): string => `${`${name}(`.repeat(depth)}${name}${")".repeat(depth)}`;
      for (const clause of ["criteria", "include"]) {
        expect((await post(`model::Structure,rma::${clause},${nest("parent_structure")}`)).success).toBe(false);
      }
    }
  });
});

describe("numbers of rows", () => {
  const NUMBERS = [
    ...[
      "-1",
      "1.5",
      "1e3",
      "0x10",
      "NaN",
      "Infinity",
      "nil",
      "",
      "all",
      "'all'",
      "ALL",
      "9007199254740991",
      "9007199254740993",
    ],
    ...["99999999999999999999999", `${"9".repeat(400)}`, "1,2", "--1", "+1", "١"],
  ];
  test.each(NUMBERS)("num_rows and start_row %s", async (text) => {
    const value = encodeURIComponent(text);
    for (const path of [
      `Structure/query.json?num_rows=${value}`,
      `Structure/query.json?start_row=${value}`,
      `Structure/query.json?start_row=${value}&num_rows=${value}`,
      `query.json?criteria=model::Structure,rma::options[num_rows$eq${value}][start_row$eq${value}]`,
      `Structure/${value}.json`,
    ]) {
      const answer = await get(path);
      if (answer.success) expect((answer.msg as unknown[]).length).toBeLessThanOrEqual(answer.total_rows ?? 0);
    }
  });

  test("beyond the last row there is none, and the number of all is still told", async () => {
    for (const start of [242, 1_000_000, Number.MAX_SAFE_INTEGER]) {
      const answer = await get(`Structure/query.json?start_row=${start}&num_rows=10`);
      expect([answer.msg, answer.total_rows]).toEqual([[], 242]);
    }
  });
});

test("patterns that nearly match everywhere cost little", async () => {
  const began = performance.now();
  for (const operator of ["li", "il"]) {
    for (const pattern of [
      "*a".repeat(400),
      "*".repeat(990),
      `${"*?".repeat(300)}`,
      `${"[a-z]*".repeat(150)}`,
      "%_".repeat(400),
    ]) {
      expect(
        (await post(`model::StructureUnionize,rma::criteria,structure[name$${operator}'${pattern}*q*']`)).success,
      ).toBe(true);
      const long = await post(`model::Structure[name$${operator}'${pattern.repeat(9)}']`);
      expect(long).toMatchObject({ success: false, msg: expect.stringContaining("at most 1000") });
    }
  }
  expect(performance.now() - began).toBeLessThan(8000);
});

describe("joins that explode", () => {
  const again = (below: string): string => `section_data_set(structure_unionizes(${below}))`;
  const chain = again(again(again("structure")));
  const EXPLODING = [
    `model::StructureUnionize,rma::criteria,${chain},rma::options[tabular$eq'structures.id']`,
    `model::StructureUnionize,rma::criteria,${chain},rma::options[tabular$eq'distinct structures.name'][order$eq'structures.name']`,
    `model::StructureUnionize,rma::criteria,${chain},rma::options[tabular$eq'structures.id'][count$eqfalse][num_rows$eqall]`,
  ];
  test.each(EXPLODING)("%s ends when its time is over", async (query) => {
    const began = performance.now();
    const answers = await Promise.all([1, 2, 3].map(() => post(query, hasty)));
    for (const answer of answers) {
      expect(answer).toMatchObject({
        success: false,
        msg: expect.stringMatching(/took longer than 60 ms|more than \d+ rows/),
      });
    }
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test("through the client it is an ApiError with the words", async () => {
    const allen = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: hasty.fetch, retries: 0 });
    const reading = allen.rows(rma.raw(EXPLODING[0] ?? "")).all();
    await expect(reading).rejects.toBeInstanceOf(ApiError);
    await expect(reading).rejects.toMatchObject({ serverMessage: expect.stringContaining("took longer than 60 ms") });
  });
});

describe("answers that are left", () => {
  const ALL = `${DATA}/StructureUnionize/query.json?num_rows=all`;

  test("unread, half read, cancelled and aborted ones, forty at once", async () => {
    const leave = async (index: number): Promise<void> => {
      const leaving = new AbortController();
      const response = await mirror.fetch(ALL.replace("json", ["json", "xml", "csv"][index % 3] ?? "json"), {
        signal: leaving.signal,
      });
      const reader = response.body?.getReader();
      if (index % 4 > 0) await reader?.read();
      if (index % 2 === 0) leaving.abort();
      else await reader?.cancel();
      await reader?.cancel().catch(() => {});
    };
    await Promise.all(Array.from({ length: 40 }, (_, index) => leave(index)));
    const { msg } = await get("StructureUnionize/query.json?num_rows=all&only=id");
    expect(msg).toHaveLength(19_422);
  });

  test("a request that was given up before it began", async () => {
    const reason = new Error("given up");
    await expect(mirror.fetch(ALL, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test("loops over rows that end early, and clients that give up", async () => {
    const allen = new BrainAtlas({ baseUrl: SAMPLE_BASE_URL, fetch: mirror.fetch, retries: 0 });
    for (let count = 0; count < 8; count += 1) {
      for await (const row of allen.rows(rma("StructureUnionize"), { pageSize: 500 })) {
        expect(row.id).toBe(950_000_001);
        break;
      }
      for await (const row of allen.csv(rma("StructureUnionize"))) {
        expect(row.id).toBe("950000001");
        break;
      }
      const leaving = new AbortController();
      const reading = allen.rows(rma("StructureUnionize"), { signal: leaving.signal }).all();
      leaving.abort(new Error("enough"));
      await expect(reading).rejects.toThrow("enough");
    }
  });
});

test("any change to a query that means something ends in an answer or in words", async () => {
  const QUERIES = [
    "model::SectionDataSet,rma::criteria,[failed$eq'false'],products[abbreviation$eq'Mouse'],genes[acronym$in'Snca','Gba'],rma::include,genes(organism),specimen(donor(age[name$in'P56'])),rma::options[order$eq'genes.acronym$desc'][num_rows$eq5]",
    "model::Structure[graph_id$eq1],rma::include,parent_structure,rma::options[tabular$eq'structures.id as a,distinct acronym'][start_row$eq3]",
    "model::Atlas,rma::criteria,[id$eq1],rma::options[only$eqimage_type],pipe::list[t$is'image_type'],model::AtlasImage,rma::criteria,alternate_images[image_type$eq$t]",
  ];
  const PIECES = [
    "[",
    "]",
    "(",
    ")",
    "'",
    ",",
    "$eq",
    "$in",
    "::",
    "rma::",
    "model::",
    ".",
    "*",
    " ",
    "$x",
    "nil",
    "\0",
    "é",
    "%",
    "&",
    "#",
    "-",
    "9",
  ];
  const change = fc.record({
    at: fc.nat(400),
    remove: fc.nat(6),
    add: fc.oneof(fc.constantFrom("", ...PIECES), fc.string({ unit: "binary", maxLength: 3 })),
  });
  const seen = { answered: 0, refused: 0 };
  const property = fc.asyncProperty(
    fc.constantFrom(...QUERIES),
    fc.array(change, { minLength: 1, maxLength: 2 }),
    fc.constantFrom(get, post),
    async (query, changes, send) => {
      const changed = changes.reduce((text, { at, remove, add }) => {
        const from = at % text.length;
        return text.slice(0, from) + add + text.slice(from + remove);
      }, query);
      const sent = changed.replaceAll(/\p{Surrogate}/gu, "?");
      const { success } =
        send === get ? await get(`query.json?criteria=${encodeURIComponent(sent)}`) : await post(sent);
      seen[success ? "answered" : "refused"] += 1;
    },
  );
  await checkAsyncProperty(property, 400);
  expect([seen.answered > 0, seen.refused > 100]).toEqual([true, true]);
});
