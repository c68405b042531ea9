// Documents that are not in the bucket, of one script or of all: reasons by count, then rows; tried again or accepted.

import { html, nothing } from './lit/lit-html.js';
import { act, isBusy, outcome } from './actions.js';
import { download, get, post } from './api.js';
import { askAcceptance, inParts } from './acceptance.js';
import { openAt, route, show, shown } from './address.js';
import { keepLoaded, openDialog } from './dialogs.js';
import { findDocument } from './document.js';
import { amount, count, fullTime, link, time, zone } from './format.js';
import { isRejection, meaning } from './reasons.js';

const EVERY = 3_000;
const FIRST = 100;
const MOST = 1000;
const ALL = 'all';
const FILES = { CSV: ['text/csv', 'csv'], JSONL: ['application/x-ndjson', 'jsonl'] };

/** Opens the failures of a script, or those of all scripts. */
export const openFailures = (id = ALL) => openAt('failures', id);

route('failures', (of) => {
  const list = {
    id: /^\d+$/.test(of) ? Number(of) : null,
    reason: shown('reason'),
    limit: FIRST,
    rows: null,
    counts: {},
    failure: null,
    selected: new Set(),
    place: {},
  };
  const actions = { retry, accept, select, choose, more, save };
  const dialog = openDialog('failures', (close) => view(list, actions, close));
  const load = keepLoaded(dialog, EVERY, list, async () => {
    const { reason } = list;
    const part = await get(query(list, reason, list.limit));
    return { rows: part.failures, counts: reason ? (await get(query(list, '', 1))).reasons : part.reasons };
  });

  async function retry() {
    done(await act(list.place, () => queueAgain(list)));
  }

  async function accept() {
    done(await askAcceptance(list, openReasons(list), list.place));
  }

  function done(succeeded) {
    if (succeeded) {
      list.selected.clear();
      load();
    }
  }

  function select(row, wanted) {
    list.selected[wanted ? 'add' : 'delete'](row.id);
    dialog.draw();
  }

  function choose(reason) {
    list.reason = reason === list.reason ? '' : reason;
    list.limit = FIRST;
    list.selected.clear();
    show({ reason: list.reason });
    load();
  }

  function more() {
    list.limit = MOST;
    load();
  }

  function save(kind) {
    const [type, ending] = FILES[kind];
    act(list.place, async () => {
      await download(query(list, list.reason, MOST), type, `failures${list.id ? `-script-${list.id}` : ''}.${ending}`);
      return { message: 'All rows are downloaded.' };
    });
  }

  return dialog;
});

function query({ id }, reason, limit) {
  const values = new URLSearchParams({ limit });
  if (reason) {
    values.set('reason', reason);
  }
  if (id) {
    values.set('script', id);
  }
  return `api/failures?${values}`;
}

async function queueAgain({ id, reason, selected }) {
  const chosen = { ...(id && { script: id }), ...(reason && { reason }) };
  const queued = selected.size
    ? await inParts([...selected], async (part) => (await post('api/retry-failed', { ids: part })).queued)
    : (await post('api/retry-failed', chosen)).queued;
  return { message: `${count(queued)} ${queued === 1 ? 'document is' : 'documents are'} queued again.` };
}

function view(list, actions, close) {
  const { id, rows, failure, place } = list;
  return html`
    <article>
      <header>
        <h2>Failures of ${id ? `script ${id}` : 'all scripts'}</h2>
        <button type="button" class="secondary outline" @click=${() => close()}>Close</button>
      </header>
      ${reasons(list, actions.choose)}
      <div class="controls">
        <button type="button" ?disabled=${isBusy(place) || !failedReasons(list).size} @click=${actions.retry}>
          ${verb(list)}
        </button>
        <button type="button" class="outline" ?disabled=${isBusy(place) || !openReasons(list).size}
          @click=${actions.accept}>Accept …</button>
        ${Object.keys(FILES).map((kind) => html`
          <button type="button" class="secondary outline" aria-label="Download all as ${kind}"
            ?disabled=${isBusy(place) || !rows?.length} @click=${() => actions.save(kind)}>${kind}</button>`)}
        <small>Rejected documents are never fetched.</small>
      </div>
      ${outcome(place)}
      ${failure ? html`<p class="outcome failed" role="alert">The failures: ${failure}</p>` : nothing}
      ${rows?.length ? table(list, actions) : nothing}
      ${rows && !rows.length ? html`<p class="empty">${nothingLeft(list)}</p>` : nothing}
    </article>`;
}

function verb({ selected, reason }) {
  if (selected.size) {
    return `Try ${amount(selected.size, 'selected document')} again`;
  }
  return reason ? 'Try these again' : 'Try failed documents again';
}

const nothingLeft = ({ reason }) =>
  reason ? 'No document has this reason any more.' : 'Every document of the finished pages is stored.';

const sum = (counts) => Object.values(counts).reduce((all, number) => all + number, 0);

/** The reasons, most frequent first; each shows its rows only. */
const reasons = ({ counts, reason }, choose) =>
  Object.keys(counts).length
    ? html`
        <fieldset class="reasons">
          <legend class="visually-hidden">Reasons</legend>
          ${Object.entries(counts).map(([word, number]) => html`
            <button type="button" class="secondary outline" aria-pressed=${word === reason} title=${meaning(word)}
              @click=${() => choose(word)}>${word} <strong>${count(number)}</strong></button>`)}
        </fieldset>`
    : nothing;

const isFailed = ({ state }) => state === 'failed';

/** Failed, and not accepted. */
const isOpen = (row) => isFailed(row) && !row.accepted_at;

const failedReasons = (list) => reasonsOf(list, isFailed);

const openReasons = (list) => reasonsOf(list, isOpen);

/** The reasons of such rows; those that are not shown are taken to be such unless they were rejected. */
function reasonsOf({ rows, counts, reason }, matches) {
  const shown = (rows ?? []).filter(matches).map((row) => row.reason);
  const isWhole = !rows || rows.length >= howMany({ rows, counts, reason });
  const others = isWhole ? [] : Object.keys(counts).filter((word) => !isRejection(word) && (!reason || word === reason));
  return new Set([...shown, ...others]);
}

const howMany = ({ rows, counts, reason }) => (reason ? counts[reason] ?? rows.length : sum(counts));

function table(list, { select, more }) {
  const { id, rows, selected } = list;
  const all = howMany(list);
  return html`
    <div class="scrolls" tabindex="0" role="region" aria-label="Documents that are not stored">
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">Selected</span></th>
            ${id ? nothing : html`<th scope="col">Script</th>`}
            <th scope="col">Page</th><th scope="col">Row</th><th scope="col">Document</th>
            <th scope="col">Reason</th><th scope="col">Attempts</th><th scope="col">Last attempt <small>${zone()}</small></th>
          </tr>
        </thead>
        <tbody>${rows.map((row) => tableRow(row, id, selected.has(row.id), select))}</tbody>
      </table>
    </div>
    ${rows.length < all
      ? html`
          <p>
            ${count(rows.length)} of ${count(all)} are shown; a download has all.
            ${rows.length < MOST
              ? html`<button type="button" class="secondary outline" @click=${more}>Show more</button>`
              : nothing}
          </p>`
      : nothing}`;
}

const tableRow = (row, ofScript, isSelected, select) => html`
  <tr>
    <td>${isFailed(row)
      ? html`<input type="checkbox" aria-label="Select row ${row.row} of page ${row.page}" .checked=${isSelected}
          @change=${({ target }) => select(row, target.checked)}>`
      : nothing}</td>
    ${ofScript ? nothing : html`<td data-name="Script">${row.script_id ?? ''}</td>`}
    <td data-name="Page">${count(row.page)}</td>
    <td data-name="Row">${count(row.row)}</td>
    <td class="document">
      <button type="button" class="title" title=${row.title ?? row.id} @click=${() => findDocument(row.id)}>${row.title ?? row.id}</button>
      ${address(row.url)}
    </td>
    <td class="reason">
      <span class="badge" data-state=${isOpen(row) ? 'error' : 'not_started'}>${row.reason}</span>
      <small>${meaning(row.reason)}</small>
      ${row.accepted_at ? html`<br><small title=${fullTime(row.accepted_at)}>accepted: ${row.note}</small>` : nothing}
    </td>
    <td data-name="Attempts">${count(row.attempts)}</td>
    <td data-name="Last attempt">${row.last_attempt
      ? html`<time datetime=${row.last_attempt} title=${fullTime(row.last_attempt)}>${time(row.last_attempt)}</time>`
      : 'never'}</td>
  </tr>`;

function address(url) {
  const href = link(url);
  return href
    ? html`<a class="clamped" href=${href} title=${url} target="_blank" rel="noopener noreferrer">${url}</a>`
    : html`<span class="address clamped">${url ?? 'no address'}</span>`;
}
