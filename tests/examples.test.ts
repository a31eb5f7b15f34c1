import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as sdk from "@brainatlas/sdk";
import * as drawing from "@brainatlas/sdk/drawing";
import * as image from "@brainatlas/sdk/image";
import * as morphology from "@brainatlas/sdk/morphology";
import * as node from "@brainatlas/sdk/node";
import * as ontology from "@brainatlas/sdk/ontology";
import * as rma from "@brainatlas/sdk/rma";
import { expect, test } from "vitest";

const SOURCES = new URL("../packages/sdk/src/", import.meta.url);

/** A line of documentation that says what an expression gives. */
interface Example {
  readonly file: string;
  readonly expression: string;
  readonly value: string;
}

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file),
);
const examples = files.flatMap(readExamples);

function readExamples(file: string): Example[] {
  const text = readFileSync(new URL(file, SOURCES), "utf8");
  return [...text.matchAll(/@example (.+?) \/\/ → (.+)$/gm)].map(([, expression = "", value = ""]) => ({
    file,
    expression,
    value: value.replace(/\s*\*\/$/, ""),
  }));
}

/** Evaluates an expression with the package's exports and those of the module that documents it. */
async function evaluate(file: string, expression: string): Promise<unknown> {
  const module: Record<string, unknown> = await import(/* @vite-ignore */ fileURLToPath(new URL(file, SOURCES)));
  const names = { ...sdk, ...drawing, ...image, ...morphology, ...node, ...ontology, ...rma, ...module };
  return new Function(...Object.keys(names), `"use strict"; return (${expression});`)(...Object.values(names));
}

test("@example is read wherever the sources promise a value", () => {
  const promised = files.flatMap((file) => readFileSync(new URL(file, SOURCES), "utf8").match(/\/\/ → /g) ?? []);
  expect(examples).toHaveLength(promised.length);
  expect(examples.length).toBeGreaterThan(5);
});

test.each(examples)("@example $expression gives $value", async ({ file, expression, value }) => {
  expect(await evaluate(file, expression)).toEqual(await evaluate(file, value));
});
