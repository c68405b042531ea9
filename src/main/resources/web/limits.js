// How fast the portal is asked, and another rate and concurrency until the next start.

import { html, nothing } from './lit/lit-html.js';
import { act, isBusy, outcome } from './actions.js';
import { put } from './api.js';
import { openDialog } from './dialogs.js';
import { count, rate } from './format.js';

const PLACE = 'limits';

const words = ({ rate: limit, concurrency }) => html`
  <strong>${limit > 0 ? `${rate(limit)} requests/s` : 'any number of requests/s'}</strong>,
  <strong>${count(concurrency)}</strong> at once`;

/**
 * @param change whether a button to change them is shown
 */
export const limits = ({ governor }, change = false) =>
  governor
    ? html`
        <p class="limits">
          Limits: ${words(governor)}.
          ${change
            ? html`<button type="button" class="secondary outline" aria-label="Change the limits"
                ?disabled=${isBusy(PLACE)} @click=${() => ask(governor)}>Change …</button>`
            : nothing}
        </p>
        ${change ? outcome(PLACE) : nothing}`
    : nothing;

async function ask(governor) {
  const answer = await openDialog('limits', (close) => view(governor, close)).closed;
  if (answer) {
    act(PLACE, async () => {
      const { governor: now } = await put('api/governor', JSON.parse(answer));
      return { message: `From now on: ${now.rate > 0 ? `${rate(now.rate)} requests/s` : 'any number of requests/s'}, ${count(now.concurrency)} at once.` };
    });
  }
}

const view = (shown, close) => html`
  <article>
    <h2>Limits of requests to the portal</h2>
    <p>They hold until the next start; then the configuration counts again.</p>
    <form @submit=${(event) => submit(event, shown, close)}>
      <label>Requests per second, 0 for no limit
        <input name="rate" type="number" min="0" max="1000000" step="any" value=${shown.rate} required>
      </label>
      <label>Requests at once
        <input name="concurrency" type="number" min="1" max="10000" step="1" value=${shown.concurrency} required>
      </label>
      <footer>
        <button type="button" class="secondary outline" @click=${() => close('')}>Cancel</button>
        <button type="submit">Change</button>
      </footer>
    </form>
  </article>`;

/** Sends only what was changed: the rate shown may be one that hours, peers or the portal's answers lower just now. */
function submit(event, shown, close) {
  event.preventDefault();
  const changed = ['rate', 'concurrency']
    .map((name) => [name, event.target.elements[name].valueAsNumber])
    .filter(([name, entered]) => entered !== shown[name]);
  close(changed.length ? JSON.stringify(Object.fromEntries(changed)) : '');
}
