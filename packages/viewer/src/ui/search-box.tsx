import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { errorWords } from "../model/error-words.ts";
import { resultKey, type SearchResult, searchText } from "../model/search.ts";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";
import { chooseResult } from "./choose-result.ts";
import { focusPicture } from "./focus-picture.ts";
import { Icon } from "./icons.tsx";
import { optionElementId, SearchOption } from "./search-option.tsx";
import { createSearchState, type SearchState } from "./search-state.ts";

/** Id of the search field. */
const FIELD_ID = "search-field";

/** Id of the list of results. */
const LIST_ID = "search-results";

/** Finds structures, plates, data sets and genes. */
export function SearchBox(): JSX.Element {
  const session = useSession();
  const state = useMemo(() => createSearchState(session), [session]);
  const box = useRef<HTMLDivElement>(null);
  const { isOpen, chosen, text } = state;
  const choose = (result: SearchResult, isBeside: boolean): void => {
    if (result.kind === "gene") {
      state.setGene(result);
      return;
    }
    state.remember(result);
    state.setText("");
    isOpen.value = false;
    chooseResult(session, result, isBeside);
    focusPicture();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!takeSearchKey(state, event, choose)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const option = isOpen.value ? chosen.value : undefined;
  return (
    <div
      class="search"
      ref={box}
      onFocusOut={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || box.current?.contains(relatedTarget) !== true) isOpen.value = false;
      }}
    >
      <Icon name="search" />
      <input
        id={FIELD_ID}
        class="field search-field"
        type="text"
        role="combobox"
        aria-label="Search"
        aria-autocomplete="list"
        aria-expanded={isOpen.value && state.results.value.length > 0}
        aria-controls={LIST_ID}
        aria-activedescendant={option && optionElementId(option)}
        aria-keyshortcuts="/"
        data-key="/"
        placeholder="Search structures, plates, genes…"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        value={text.value}
        onInput={(event) => {
          state.setText(event.currentTarget.value);
          isOpen.value = true;
        }}
        onFocus={() => {
          isOpen.value = true;
        }}
        onClick={() => {
          isOpen.value = true;
        }}
        onKeyDown={onKeyDown}
      />
      {isOpen.value ? <SearchPopup state={state} onChoose={choose} /> : undefined}
    </div>
  );
}

/** Does what a key means in the search; `false` for one that it has no use for. */
function takeSearchKey(
  state: SearchState,
  { key, shiftKey, isComposing }: KeyboardEvent,
  choose: (result: SearchResult, isBeside: boolean) => void,
): boolean {
  const { isOpen } = state;
  if (isComposing) return false;
  if (key === "ArrowDown" || key === "ArrowUp") {
    if (isOpen.peek()) state.move(key === "ArrowDown" ? 1 : -1);
    isOpen.value = true;
    return true;
  }
  const chosen = isOpen.peek() ? state.chosen.peek() : undefined;
  if (key === "Enter") {
    if (chosen !== undefined) choose(chosen, shiftKey);
    return true;
  }
  if (key !== "Escape") return false;
  if (state.gene.peek() !== undefined) state.setGene(undefined);
  else if (state.text.peek() !== "") state.setText("");
  else if (isOpen.peek()) isOpen.value = false;
  else if (!focusPicture()) document.getElementById(FIELD_ID)?.blur();
  return true;
}

function SearchPopup({
  state,
  onChoose,
}: {
  state: SearchState;
  onChoose: (result: SearchResult, isBeside: boolean) => void;
}): JSX.Element {
  const { groups, chosen, gene, text } = state;
  const list = useRef<HTMLDivElement>(null);
  const option = chosen.value;
  useEffect(() => {
    if (option !== undefined) document.getElementById(optionElementId(option))?.scrollIntoView({ block: "nearest" });
  }, [option]);
  const wanted = gene.value === undefined ? searchText(text.value) : "";
  return (
    <div class="search-popup">
      {gene.value === undefined ? undefined : (
        <div class="search-scope">
          <Button label="Back to the search" icon="previous" kind="plain" onClick={() => state.setGene(undefined)} />
          <span>
            {gene.value.acronym}, {gene.value.name}
          </span>
        </div>
      )}
      <div id={LIST_ID} role="listbox" aria-label="Results" class="search-list" ref={list}>
        {groups.value.map(({ title, results, total }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox.
          <div key={title} role="group" aria-label={title} class="search-group">
            <div class="group-title" aria-hidden="true">
              {title}
              {total > results.length ? `, the first ${results.length} of ${total}` : ""}
            </div>
            {results.map((result) => (
              <SearchOption
                key={resultKey(result)}
                result={result}
                wanted={wanted}
                isChosen={result === option}
                onChoose={(isBeside) => onChoose(result, isBeside)}
                onPoint={() => state.setChosen(resultKey(result))}
              />
            ))}
          </div>
        ))}
      </div>
      <SearchMessages state={state} />
    </div>
  );
}

/** What is still asked, what failed, and what can be searched where nothing was found. */
function SearchMessages({ state }: { state: SearchState }): JSX.Element {
  const { remote, results, text, gene } = state;
  const waiting = remote.value.filter(({ loaded }) => loaded.state === "loading").map(({ title }) => title);
  const failed = remote.value.flatMap(({ title, loaded }) => (loaded.state === "failed" ? [{ title, loaded }] : []));
  const count = results.value.length;
  const isEmpty = text.value.trim() === "" && gene.value === undefined;
  const isNothing = count === 0 && waiting.length === 0 && failed.length === 0 && !isEmpty;
  return (
    <div class="search-messages small">
      {failed.map(({ title, loaded: { error } }) => (
        <p key={title} role="alert" class="search-failure">
          {title}: not searched, as {errorWords(error)}
        </p>
      ))}
      {failed.length === 0 ? undefined : <Button label="Try again" onClick={state.retry} />}
      <p role="status" class="soft">
        {waiting.length > 0 ? `Asking for ${waiting.join(", ").toLowerCase()}…` : undefined}
        {isNothing && gene.value !== undefined ? "No data set of this gene has images here." : undefined}
        {isNothing && gene.value === undefined ? `Nothing found for “${searchText(text.value)}”.` : undefined}
      </p>
      <p role="status" class="visually-hidden">
        {count > 0 && waiting.length === 0 ? (count === 1 ? "1 result" : `${count} results`) : undefined}
      </p>
      {isNothing || (isEmpty && count === 0) ? <SearchHelp /> : undefined}
    </div>
  );
}

function SearchHelp(): JSX.Element {
  return (
    <ul class="search-help soft">
      <li>Structures of this atlas: an acronym, a name or an id, such as “CA1”</li>
      <li>Plates: a number or a position, such as “73” or “3.2 mm”, or an image id</li>
      <li>Atlases: a name, such as “P56”</li>
      <li>Data sets: an id, or a gene’s acronym, such as “Pdyn”</li>
      <li>Genes: how the acronym or name begins</li>
    </ul>
  );
}
