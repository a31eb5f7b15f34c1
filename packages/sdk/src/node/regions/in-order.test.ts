import { expect, test } from "vitest";
import { inOrder } from "./in-order.ts";

/** Tasks that end when they are told to, and with their signal's reason. */
function createTasks() {
  const ends = new Map<number, (error?: Error) => void>();
  const begun: number[] = [];
  const task = (item: number, signal: AbortSignal): Promise<string> => {
    begun.push(item);
    return new Promise((resolve, reject) => {
      ends.set(item, (error) => (error === undefined ? resolve(`done ${item}`) : reject(error)));
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  };
  return { begun, task, end: (item: number, error?: Error) => ends.get(item)?.(error) };
}

test("inOrder() gives results in the order of the items, whichever is done first", async () => {
  const { begun, task, end } = createTasks();
  const results = inOrder([1, 2, 3], 2, task);
  const first = results.next();
  end(2);
  end(1);
  expect((await first).value).toEqual([1, "done 1"]);
  expect((await results.next()).value).toEqual([2, "done 2"]);
  end(3);
  expect((await results.next()).value).toEqual([3, "done 3"]);
  expect(await results.next()).toEqual({ done: true, value: undefined });
  expect(begun).toEqual([1, 2, 3]);
});

test("inOrder() never runs more tasks than it may", async () => {
  const { begun, task, end } = createTasks();
  const results = inOrder([1, 2, 3, 4, 5], 2, task);
  const first = results.next();
  end(2);
  await Promise.resolve();
  expect(begun).toEqual([1, 2]);
  end(1);
  await first;
  expect(begun).toEqual([1, 2, 3]);
  await results.return();
});

test("inOrder() fails with the error of the task that failed, and ends the others", async () => {
  const { begun, task, end } = createTasks();
  const results = inOrder([1, 2, 3], 2, task);
  const first = results.next();
  const fault = new Error("the second one");
  end(2, fault);
  await expect(first).rejects.toBe(fault);
  expect(begun).toEqual([1, 2]);
});

test("inOrder() ends with the reason of its signal", async () => {
  const { task } = createTasks();
  const controller = new AbortController();
  const first = inOrder([1, 2], 2, task, controller.signal).next();
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(first).rejects.toBe(reason);
});

test("inOrder() ends what is under way when its reader leaves", async () => {
  const { task, end } = createTasks();
  const results = inOrder([1, 2, 3], 3, task);
  const first = results.next();
  end(1);
  await first;
  expect(await results.return()).toEqual({ done: true, value: undefined });
});
