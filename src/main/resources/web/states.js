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
  gaps: 'Completed with gaps',
  error: 'Error',
};

const WAITS_FOR = {
  captcha: 'for a captcha',
  portal: 'for the portal',
  store: 'for the store',
  robots: 'for robots.txt',
  disk: 'for the disk',
  quota: 'for the next day',
};

/** The rows of its complete pages whose document is not in the bucket. */
export const gaps = ({ failed_downloads: failed, rejected_downloads: rejected }) => (failed ?? 0) + (rejected ?? 0);

/** The state to show: a completed script that lacks documents is never green. */
export const shownState = (script) =>
  script.status === 'completed' && gaps(script) > 0 ? 'gaps' : script.status;

/** Error and waiting first, for lists. */
export const isTrouble = ({ status }) => status === 'error' || status === 'waiting';

/** Running, or Waiting for the portal. */
export function stateWord(script) {
  const { waiting_reason: reason } = script;
  const word = WORDS[shownState(script)] ?? script.status;
  return reason ? `${word} ${WAITS_FOR[reason] ?? `for ${reason}`}` : word;
}

export const badge = (script) =>
  html`<span class="badge" data-state=${shownState(script)}>${stateWord(script)}</span>`;
