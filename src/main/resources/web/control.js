// Starts the first scripts that are left, and stops all scripts.

import { html } from './lit/lit-html.js';
import { act, isBusy, outcome } from './actions.js';
import { post } from './api.js';
import { confirmed } from './dialogs.js';

const PLACE = 'control';
const USUAL = 5;

/**
 * @param most how many scripts can be started
 * @param delay default of the seconds between two starts
 */
export function controlPanel(most, delay) {
  return html`
    <section class="control" aria-labelledby="control-title">
      <h2 id="control-title">Control</h2>
      <form @submit=${start}>
        ${startFields(most, delay)}
        <button type="submit" ?disabled=${isBusy(PLACE)}>Start</button>
        <button type="button" class="danger outline" ?disabled=${isBusy(PLACE)} @click=${stopAll}>
          Stop All
        </button>
      </form>
      ${outcome(PLACE)}
    </section>`;
}

/** Fields for the number of scripts and the delay between two starts. */
export const startFields = (most, delay) => html`
  <label>
    Scripts
    <input name="scripts" type="number" min="1" max=${most} step="1"
      value=${Math.min(USUAL, most)} required>
  </label>
  <label>
    Delay in seconds
    <input name="delay" type="number" min="0" max="3600" step="any" value=${delay} required>
  </label>`;

/** The values of these fields, in the format of the API. */
export const asked = ({ elements }) => ({
  num_scripts: elements.scripts.valueAsNumber,
  delay: elements.delay.valueAsNumber,
});

function start(event) {
  event.preventDefault();
  const body = asked(event.currentTarget);
  act(PLACE, () => post('api/scripts/start', body));
}

async function stopAll() {
  const sure = await confirmed(
    'Stop all scripts?',
    'Transfers still running after three seconds are cancelled; those documents are fetched again at the next start.',
    'Stop All',
  );
  if (sure) {
    act(PLACE, () => post('api/scripts/stop-all'));
  }
}
