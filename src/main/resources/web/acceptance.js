// Accepts failed documents that nobody can fix: which, and why.

import { html } from './lit/lit-html.js';
import { act } from './actions.js';
import { post } from './api.js';
import { openDialog } from './dialogs.js';
import { count } from './format.js';

/** A body of the API is limited, so many ids go in several calls. */
const MOST_CHARACTERS = 16_000;

const SELECTED = 'selected';

/** Calls a function with the ids in parts, and returns the sum of its results. */
export async function inParts(ids, call) {
  let sum = 0;
  let part = [];
  let characters = 0;
  for (const id of ids) {
    if (characters && characters + id.length > MOST_CHARACTERS) {
      sum += await call(part);
      part = [];
      characters = 0;
    }
    part.push(id);
    characters += id.length;
  }
  return part.length ? sum + (await call(part)) : sum;
}

/**
 * Asks which failed documents are accepted, and why.
 *
 * @param id of the script; null for all
 * @param reasons for which documents may be accepted
 * @return whether any were
 */
export async function askAcceptance({ id, selected }, reasons, place) {
  const dialog = openDialog('accept', (close) => view(id, reasons, selected.size, close));
  const answer = await dialog.closed;
  if (!answer) {
    return false;
  }
  const { which, note } = JSON.parse(answer);
  return act(place, () => (which === SELECTED ? acceptSelected([...selected], note) : acceptAll(id, which, note)));
}

const acceptSelected = async (ids, note) =>
  said(await inParts(ids, async (part) => (await post('api/accept', { ids: part, note })).accepted));

const acceptAll = async (script, reason, note) =>
  said((await post('api/accept', { ...(script && { script }), reason, note })).accepted);

function said(accepted) {
  return { message: `${count(accepted)} ${accepted === 1 ? 'document is' : 'documents are'} accepted.` };
}

const view = (id, reasons, selected, close) => html`
  <article>
    <h2>Accept documents as missing?</h2>
    <p>
      They stay on the list with their reason, but the audit no longer asks to try them again, and a sweep leaves them
      alone. To take one up again, select it and try it again.
    </p>
    <form @submit=${(event) => submit(event, close)}>
      <label>Which
        <select name="which">
          ${selected ? html`<option value=${SELECTED}>the ${count(selected)} selected</option>` : ''}
          ${[...reasons].map((reason) => html`<option value=${reason}>all${id ? ` of script ${id}` : ''} with ${reason}</option>`)}
        </select>
      </label>
      <label>Why nobody can fix it
        <textarea name="note" rows="3" maxlength="1000" required></textarea>
      </label>
      <footer>
        <button type="button" class="secondary outline" @click=${() => close('')}>Cancel</button>
        <button type="submit">Accept</button>
      </footer>
    </form>
  </article>`;

function submit(event, close) {
  event.preventDefault();
  const { which, note } = event.target.elements;
  if (note.value.trim()) {
    close(JSON.stringify({ which: which.value, note: note.value.trim() }));
  }
}
