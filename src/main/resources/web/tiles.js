// The figures of an instance, or the totals of all, as tiles.

import { html, nothing } from './lit/lit-html.js';
import { amount, bytes, count, duration, fullTime, percent, rate, time, zone } from './format.js';
import { gaps } from './states.js';

/** A short number whose full value is read out, and shown under the pointer. */
export function precise(brief, whole) {
  return brief === whole
    ? brief
    : html`<span title=${whole}><span aria-hidden="true">${brief}</span><span
        class="visually-hidden">${whole}</span></span>`;
}

const tile = (name, value, beside = nothing, level = nothing) => html`
  <div class="tile" data-level=${level}>
    <dt>${name}</dt>
    <dd>${value}${beside === nothing ? nothing : html` <small>${beside}</small>`}</dd>
  </div>`;

function troubles({ waiting_scripts: waiting, error_scripts: errors }) {
  const parts = [
    waiting ? `${waiting} waiting` : null,
    errors ? `${errors} in error` : null,
  ].filter(Boolean);
  return parts.length ? parts.join(', ') : nothing;
}

const replacedNote = ({ replaced }) => (replaced ? `${count(replaced)} replaced` : nothing);

const retried = ({ retrying_downloads: retrying }) => (retrying ? `${count(retrying)} retrying` : nothing);

/** Why rows were rejected: 452 foreign_host */
export const reasons = ({ rejected_reasons: rejected }) =>
  Object.entries(rejected ?? {}).map(([reason, rows]) => `${count(rows)} ${reason}`).join(', ') || nothing;

const SATISFYING = 0.98;

/** What was stored of the rows that are settled: a rejected row is no success. */
function success(data) {
  const stored = data.total_files_downloaded;
  const listed = stored + gaps(data);
  const share = stored / listed;
  const level = stored === 0 ? 'none' : share < SATISFYING ? 'low' : 'good';
  return listed === 0
    ? tile('Success rate', percent(null))
    : tile('Success rate', percent(data.success_rate ?? 0),
        stored < listed ? `${count(stored)} of ${count(listed)} stored` : nothing, level);
}

/** @param data status data of an instance, or the totals of several */
export function tiles(data) {
  const stored = data.total_files_downloaded;
  return html`
    <dl class="tiles">
      ${tile('Scripts', count(data.total_scripts))}
      ${tile('Running', count(data.running_scripts), troubles(data))}
      ${tile('Done', count(data.completed_scripts))}
      ${tile('Files', count(stored), replacedNote(data))}
      ${tile('Progress', percent(data.progress_percentage))}
      ${tile('Failed', count(data.failed_downloads), retried(data))}
      ${tile('Rejected', count(data.rejected_downloads), reasons(data))}
      ${success(data)}
      ${tile('Files/s', rate(data.files_per_second))}
      ${tile('Time left', duration(data.eta_seconds))}
      ${tile('Data stored', precise(bytes(data.total_bytes), `${count(data.total_bytes)} bytes`))}
    </dl>`;
}

/** Says that the portal holds requests back, by whose wish and until when. */
export const pauseNote = ({ governor }) =>
  governor?.paused_until
    ? html`<p class="note pause">Requests wait until ${time(governor.paused_until)} ${zone()}: ${governor.reason}.</p>`
    : nothing;

/** What is used of the day's quota; nothing without one. */
export const quotaNote = ({ quota }) =>
  quota
    ? html`
        <p class="limits quota">
          Stored today: ${used(quota.documents, quota.max_documents, count, ' documents')}${
          quota.max_documents !== null && quota.max_bytes !== null ? ', ' : nothing
        }${used(quota.bytes, quota.max_bytes, bytes, '')}; the next day begins at ${time(quota.until)} ${zone()}.
        </p>`
    : nothing;

const used = (done, most, words, unit) =>
  most === null ? nothing : html`<strong>${words(done)}</strong> of <strong>${words(most)}</strong>${unit}`;

/** What a person should know about the harvest, such as a total that is not the configured one. */
export const warnings = (data) =>
  (data.warnings ?? []).map((words) => html`<p class="note warning">${words}</p>`);

/**
 * The result of the last audit, and how old it is.
 *
 * @param now the server's time in milliseconds, since the browser's clock may be wrong
 */
export function auditNote({ last_audit: audit }, now) {
  if (!audit) {
    return html`<p class="audit">No audit yet.</p>`;
  }
  const age = duration(Math.max(0, (now - Date.parse(audit.finished)) / 1000));
  const result = audit.clean ? 'clean' : `not clean, ${amount(audit.findings, 'finding')}`;
  const lacking = audit.complete ? 'complete' : `${amount(audit.gaps, 'document')} not in the bucket`;
  return html`
    <p class="audit" data-clean=${audit.clean}>
      Last audit: <strong>${result}</strong>, ${lacking}, <time datetime=${audit.finished}
        title=${fullTime(audit.finished)}>${age} ago</time>.
    </p>`;
}

/**
 * A progress bar over all pages.
 *
 * @param within pages done, with parts of those in work
 */
export function pagesBar({ completed_pages: done, total_pages: all, progress_percentage: share }, within = done) {
  return html`
    <div class="pages">
      <progress aria-label="Pages completed" value=${Math.max(done, within)} max=${Math.max(1, all)}></progress>
      <p><strong>${percent(share)}</strong> ${count(done)} of ${count(all)} pages</p>
    </div>`;
}

const KINDS = {
  script: 'scripts',
  s3_upload: 'uploads',
  network_timeout: 'time-outs',
  captcha: 'captchas',
  connect: 'connections',
  reset: 'broken connections',
  http: 'HTTP errors',
  not_pdf: 'not a PDF',
};

/** Errors so far, by kind: failed attempts at documents, pages and uploads. */
export function failedTries(errors) {
  const kinds = Object.entries(errors).filter(([, number]) => number > 0);
  return kinds.length
    ? html`
        <p class="tries">
          Failed tries so far:
          ${kinds.map(([kind, number], index) => html`${index ? ', ' : ''}<strong>${count(number)}</strong>
            ${KINDS[kind] ?? kind}`)}
        </p>`
    : nothing;
}
