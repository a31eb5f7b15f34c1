import { KEY } from "../records/catalogue.ts";
import { groupOf } from "./operands.ts";
import type { Condition, ScopeNode } from "./scope.ts";

/** How deep "there is one" nests at most; the database reads no SQL that nests much deeper. */
const MAX_DEPTH = 3;

/** Whether a row has at most one such associated row, by the table's own key. */
export function isToOne({ association }: ScopeNode): boolean {
  return association?.join.kind === "key" && association.join.otherColumn === KEY;
}

/** Places from one up to another, which is left out. */
export function* pathTo(node: ScopeNode, root: ScopeNode): Generator<ScopeNode> {
  for (let each: ScopeNode | undefined = node; each !== undefined && each !== root; each = each.parent) yield each;
}

/**
 * The places that are joined, for rows of one above them. To-one associations are; of the others, those whose columns are wanted
 * and those with a filter that leaves few rows, so that the database can begin there. The rest are asked for as "there is
 * one", which multiplies nothing.
 *
 * @param wanted Places whose columns are wanted.
 * @param depth How many times "there is one" is asked around this.
 */
export function joinedBelow(root: ScopeNode, wanted: ReadonlySet<ScopeNode>, depth: number): ReadonlySet<ScopeNode> {
  const joined = new Set<ScopeNode>();
  const add = (node: ScopeNode): void => {
    for (const each of pathTo(node, root)) joined.add(each);
  };
  for (const node of wanted) add(node);
  for (const node of below(root)) {
    for (const { other } of node.conditions) {
      if (other === undefined || other.node === node || !isBelow(other.node, root)) continue;
      add(node);
      add(other.node);
    }
  }
  const visit = (node: ScopeNode): void => {
    const many = node.children.filter((child) => child.isRequired && !isToOne(child));
    for (const child of node.children) {
      // Within "there is one" repeated rows do no harm, but for those that many associations of one row would make.
      const isChain = depth > 0 && (child === many[0] || depth >= MAX_DEPTH);
      if (child.isRequired && (isToOne(child) || isChain || isSelective(child))) joined.add(child);
      if (joined.has(child)) visit(child);
    }
  };
  visit(root);
  return joined;
}

function* below(root: ScopeNode): Generator<ScopeNode> {
  yield root;
  for (const child of root.children) yield* below(child);
}

/** Whether a place is another, or below it. */
export function isBelow(node: ScopeNode, root: ScopeNode): boolean {
  for (let each: ScopeNode | undefined = node; each !== undefined; each = each.parent) if (each === root) return true;
  return false;
}

/**
 * Whether a filter here or below leaves few rows: the database had better begin with those than with the rows above. Numbers with
 * a fraction are measurements, of which one of a given value is seldom asked for.
 */
function isSelective(node: ScopeNode): boolean {
  const isNarrow = ({ test, column }: Condition): boolean =>
    NARROW.has(test) && groupOf(column.type) !== "boolean" && column.type !== "float";
  return node.conditions.some(isNarrow) || node.children.some(isSelective);
}

const NARROW: ReadonlySet<Condition["test"]> = new Set(["eq", "in", "glob", "like"] as const);
