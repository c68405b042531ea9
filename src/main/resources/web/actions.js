// Requests that the user makes: one at a time for each place on the page, with its result shown there.

import { html, nothing } from './lit/lit-html.js';

const SHOWN_FOR = 10_000;

const places = new Map();
let changed = () => {};
let announce = () => {};
let refresh = () => {};

/**
 * @param hooks functions to call when something has changed, to announce a text, and to refresh the data
 */
export function wireActions(hooks) {
  ({ changed, announce, refresh } = hooks);
}

export const isBusy = (place) => places.get(place)?.busy ?? false;

/**
 * Makes a request for a place, and shows the result there.
 *
 * @param place a name, or an object for a place that is only there for a time
 * @return whether it succeeded
 */
export async function act(place, request) {
  if (isBusy(place)) {
    return false;
  }
  const focused = document.activeElement;
  note(place, { busy: true });
  try {
    const answer = await request();
    const said = answer.message ?? 'Done.';
    note(place, { said });
    announce(said);
    setTimeout(() => forget(place, said), SHOWN_FOR);
  } catch (error) {
    note(place, { failure: error.message });
  }
  giveBack(focused);
  refresh();
  return !places.get(place)?.failure;
}

function note(place, what) {
  places.set(place, what);
  changed();
}

function forget(place, said) {
  if (places.get(place)?.said === said) {
    places.delete(place);
    changed();
  }
}

/** A button that is disabled while its request runs loses the focus. */
function giveBack(focused) {
  if (document.activeElement === document.body && focused?.isConnected) {
    focused.focus();
  }
}

/** The result of the last request of a place. */
export function outcome(place) {
  const { said, failure } = places.get(place) ?? {};
  if (failure) {
    return html`<p class="outcome failed" role="alert">${sentence(failure)}</p>`;
  }
  return said ? html`<p class="outcome">${sentence(said)}</p>` : nothing;
}

/** With a capital letter. */
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
