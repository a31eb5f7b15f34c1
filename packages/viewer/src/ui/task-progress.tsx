import type { JSX } from "preact";
import { Button } from "./button.tsx";
import type { Tasks } from "./use-task.ts";

/** How far what runs has come, and what ends it. */
export function TaskProgress({ tasks }: { readonly tasks: Tasks }): JSX.Element | undefined {
  const task = tasks.running.value;
  if (task === undefined) return undefined;
  return (
    <div class="task-progress" role="status">
      <span>{`Making the ${task.name}…`}</span>
      <progress aria-label={`Making the ${task.name}`} {...(task.share !== undefined && { value: task.share })} />
      <Button label="Cancel" onClick={task.cancel} />
    </div>
  );
}
