// A script's documents that are not in the bucket, with reasons: try them again, or accept that they are missing.

import { html, nothing } from './lit/lit-html.js';
import { act, isBusy, outcome } from './actions.js';
import { get, post } from './api.js';
import { askAcceptance, inParts } from './acceptance.js';
import { openDialog } from './dialogs.js';
import { count, fullTime, link, time } from './format.js';

const EVERY = 3_000;
const LIMIT = 1000;
const PLACE = 'failures';
const MEANINGS = {
  gone: 'the portal does not have it (404, 410)',
  not_pdf: 'not a PDF',
  truncated: 'incomplete',
  empty: 'empty response',
  timeout: 'the portal took too long',
  connect: 'no connection to the portal',
  reset: 'the portal closed the connection',
  store: 'the store refused it',
  mismatch: 'not the bytes that the list names',
  foreign_host: 'a host that is not allowed',
  bad_address: 'not a usable address',
  too_large: 'larger than allowed',
  robots: 'robots.txt disallows it',
  withheld: 'the portal withholds it',
  unreadable: 'the row could not be read',
};

/** Opens the failures of a script. */
export function openFailures(id) {
  const list = { id, rows: null, failure: null, selected: new Set() };
  const dialog = openDialog('failures', (close) => view(list, { retry, accept, select }, close));
  let timer;

  async function load() {
    clearTimeout(timer);
    try {
      list.rows = (await get(`api/scripts/${id}/failures?limit=${LIMIT}`)).failures;
      list.failure = null;
    } catch (error) {
      list.failure = error.message;
    }
    if (dialog.element.open) {
      dialog.draw();
      timer = setTimeout(load, EVERY);
    }
  }

  async function retry() {
    await act(PLACE, () => queueAgain([...list.selected]));
    list.selected.clear();
    load();
  }

  async function accept() {
    if (await askAcceptance(list, PLACE)) {
      list.selected.clear();
      load();
    }
  }

  function select(row, wanted) {
    list.selected[wanted ? 'add' : 'delete'](row.id);
    dialog.draw();
  }

  dialog.closed.then(() => clearTimeout(timer));
  load();
}

/** @param ids none for all failed documents of this instance */
async function queueAgain(ids) {
  const queued = ids.length
    ? await inParts(ids, async (part) => (await post('api/retry-failed', { ids: part })).queued)
    : (await post('api/retry-failed')).queued;
  return { message: `${count(queued)} ${queued === 1 ? 'document is' : 'documents are'} queued again.` };
}

function view(list, actions, close) {
  const { id, rows, failure, selected } = list;
  return html`
    <article>
      <header>
        <h2 id="dialog-title">Failures of script ${id}</h2>
        <button type="button" class="secondary outline" @click=${() => close()}>Close</button>
      </header>
      <div class="controls">
        <button type="button" ?disabled=${isBusy(PLACE) || !rows?.some(isFailed)} @click=${actions.retry}>
          Try ${selected.size ? `${count(selected.size)} selected` : 'failed'} documents again
        </button>
        <button type="button" class="outline" ?disabled=${isBusy(PLACE) || !rows?.some(isOpen)}
          @click=${actions.accept}>Accept …</button>
        <small>${selected.size ? nothing : 'Of all scripts of this instance. '}Rejected documents are never fetched.</small>
      </div>
      ${outcome(PLACE)}
      ${failure ? html`<p class="outcome failed" role="alert">The failures: ${failure}</p>` : nothing}
      ${rows?.length ? table(rows, selected, actions.select) : nothing}
      ${rows && !rows.length ? html`<p class="empty">Every document of the finished pages is stored.</p>` : nothing}
    </article>`;
}

const isFailed = ({ state }) => state === 'failed';

/** Failed, and not accepted. */
const isOpen = (row) => isFailed(row) && !row.accepted_at;

const table = (rows, selected, select) => html`
  <div class="scrolls" tabindex="0" role="region" aria-label="Documents that are not stored">
    <table>
      <thead>
        <tr>
          <th scope="col"><span class="visually-hidden">Selected</span></th>
          <th scope="col">Page</th><th scope="col">Row</th><th scope="col">Document</th>
          <th scope="col">Reason</th><th scope="col">Attempts</th><th scope="col">Last attempt</th>
        </tr>
      </thead>
      <tbody>${rows.map((row) => tableRow(row, selected.has(row.id), select))}</tbody>
    </table>
  </div>
  ${rows.length === LIMIT ? html`<p>Only the first ${count(LIMIT)} are shown.</p>` : nothing}`;

const tableRow = (row, isSelected, select) => html`
  <tr>
    <td>${isFailed(row)
      ? html`<input type="checkbox" aria-label="Select row ${row.row} of page ${row.page}" .checked=${isSelected}
          @change=${({ target }) => select(row, target.checked)}>`
      : nothing}</td>
    <td>${count(row.page)}</td>
    <td>${count(row.row)}</td>
    <td class="document">${row.title ?? row.id}<br>${address(row.url)}</td>
    <td>
      <span class="badge" data-state=${isOpen(row) ? 'error' : 'not_started'}>${row.reason}</span>
      <small>${MEANINGS[row.reason] ?? meaningOfStatus(row.reason)}</small>
      ${row.accepted_at ? html`<br><small title=${fullTime(row.accepted_at)}>accepted: ${row.note}</small>` : nothing}
    </td>
    <td>${count(row.attempts)}</td>
    <td>${row.last_attempt
      ? html`<time datetime=${row.last_attempt} title=${fullTime(row.last_attempt)}>${time(row.last_attempt)}</time>`
      : 'never'}</td>
  </tr>`;

const meaningOfStatus = (reason) =>
  reason.startsWith('http_') ? `the portal responded with ${reason.slice('http_'.length)}` : '';

function address(url) {
  const href = link(url);
  return href
    ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${url}</a>`
    : html`<span class="address">${url ?? 'no address'}</span>`;
}
