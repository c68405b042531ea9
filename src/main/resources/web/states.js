// The states of a script in words.

import { html } from './lit/lit-html.js';

const WORDS = {
  not_started: 'Not started',
  starting: 'Starting',
  running: 'Running',
  waiting: 'Waiting',
  stopping: 'Stopping',
  stopped: 'Stopped',
  completed: 'Completed',
  error: 'Error',
};

const WAITS_FOR = {
  captcha: 'for a captcha',
  portal: 'for the portal',
  store: 'for the store',
  robots: 'for robots.txt',
};

/** Running, or Waiting for the portal. */
export function stateWord({ status, waiting_reason: reason }) {
  const word = WORDS[status] ?? status;
  return reason ? `${word} ${WAITS_FOR[reason] ?? `for ${reason}`}` : word;
}

export const badge = (script) =>
  html`<span class="badge" data-state=${script.status}>${stateWord(script)}</span>`;
