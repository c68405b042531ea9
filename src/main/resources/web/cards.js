// One card per script.

import { html, nothing } from './lit/lit-html.js';
import { act, isBusy, outcome } from './actions.js';
import { post } from './api.js';
import { confirmed } from './dialogs.js';
import { openFailures } from './failures.js';
import { count, duration, percent, rate } from './format.js';
import { openLogs } from './logs.js';
import { pagesDone, withinPage } from './progress.js';
import { badge, shownState } from './states.js';
import { reasons } from './tiles.js';

/** @param script as in the API */
export function card(script) {
  const id = script.script_id;
  const place = `script-${id}`;
  return html`
    <article class="card" id=${place} data-state=${shownState(script)} tabindex="-1"
      aria-labelledby="${place}-name">
      <header>
        <h3 id="${place}-name">Script ${id}</h3>
        ${badge(script)}
      </header>
      <p class="range">${range(script)}</p>
      <div class="bar">
        <progress aria-label="Pages of script ${id}" value=${share(script)} max="100"></progress>
        <strong>${percent(share(script))}</strong>
      </div>
      ${figures(script)}
      ${trouble(script)}
      <footer>${buttons(script, place)}</footer>
      ${outcome(place)}
    </article>`;
}

/** Percent of its pages, with what is done of the page in work. */
const share = (script) =>
  script.total_pages ? (100 * pagesDone(script)) / script.total_pages : script.progress_percentage;

function range(script) {
  const { start_page: first, end_page: last, current_page: current, status } = script;
  if (first === null) {
    return 'No pages';
  }
  const pages = `${count(first)}–${count(last)}`;
  return status === 'completed' ? `Pages ${pages}` : `Page ${count(current)} of ${pages}${withinPage(script)}`;
}

function figures(script) {
  const { total_files_downloaded: files, failed_downloads: failed, retrying_downloads: retrying,
    rejected_downloads: rejected, replaced } = script;
  return html`
    <dl>
      <div><dt>Files</dt><dd>${count(files)}</dd></div>
      <div><dt>Files/s</dt><dd>${rate(script.files_per_second)}</dd></div>
      <div><dt>Time left</dt><dd>${duration(script.eta_seconds)}</dd></div>
      <div class=${failed ? 'bad' : nothing}>
        <dt>Failed</dt><dd>${count(failed)}</dd>
      </div>
      ${rejected
        ? html`<div class="lacks" title=${reasons(script)}>
            <dt>Rejected</dt><dd>${count(rejected)}</dd>
          </div>`
        : nothing}
      ${replaced ? html`<div><dt>Replaced</dt><dd>${count(replaced)}</dd></div>` : nothing}
      ${retrying ? html`<div><dt>Retrying</dt><dd>${count(retrying)}</dd></div>` : nothing}
    </dl>`;
}

const trouble = ({ last_error: error }) =>
  error ? html`<p class="trouble" title=${error}>${error}</p>` : nothing;

function buttons(script, place) {
  const id = script.script_id;
  const busy = isBusy(place);
  return html`
    ${startOrStop(script, place, busy)}
    ${HELD.test(script.last_error) && script.is_running
      ? html`<button type="button" class="outline" aria-label="Accept the page of script ${id}"
          ?disabled=${busy} @click=${() => accept(script, place)}>Accept</button>`
      : nothing}
    <button type="button" class="secondary outline" aria-label="Logs of script ${id}"
      @click=${() => openLogs(id)}>Logs</button>
    <button type="button" class="secondary outline" aria-label="Failures of script ${id}"
      @click=${() => openFailures(id)}>Failures</button>
    <button type="button" class="secondary outline" aria-label="Sweep script ${id}"
      ?disabled=${busy} @click=${() => sweep(script, place)}>Sweep</button>`;
}

/** What a script says that holds a page open because nothing of it could be had. */
const HELD = /^page (\d+): none of its (\d+) documents could be had/;

async function accept({ script_id: id, last_error: error }, place) {
  const [, page, documents] = HELD.exec(error);
  const sure = await confirmed(
    `Accept page ${count(Number(page))} as it is?`,
    `This closes page ${count(Number(page))} without any of its ${count(Number(documents))} documents, and script ${id} goes on. They are listed under Failures, and can be queued again from there.`,
    'Accept',
  );
  if (sure) {
    act(place, () => post(`api/scripts/${id}/accept`));
  }
}

/** One button for both actions, so that it keeps the focus. */
function startOrStop(script, place, busy) {
  const id = script.script_id;
  const verb = script.is_running ? 'Stop' : 'Start';
  const useless = ['stopping', 'completed'].includes(script.status);
  const path = `api/scripts/${verb.toLowerCase()}/${id}`;
  return html`
    <button type="button" class=${verb === 'Stop' ? 'danger outline' : 'outline'}
      aria-label="${verb} script ${id}" ?disabled=${busy} aria-disabled=${useless}
      @click=${() => useless || act(place, () => post(path))}>${verb}</button>`;
}

async function sweep(script, place) {
  const id = script.script_id;
  let refresh = false;
  const sure = await confirmed(
    `Sweep script ${id}?`,
    `${script.total_pages === 1 ? 'Its page is listed again' : `Its ${count(script.total_pages)} pages are listed again from the first`}. Stored documents are not fetched again.`,
    'Sweep',
    html`
      <label>
        <input type="checkbox" @change=${(event) => { refresh = event.target.checked; }}>
        Replace stored documents that have changed
      </label>`,
  );
  if (sure) {
    act(place, () => post(`api/scripts/${id}/sweep`, { refresh }));
  }
}
