// One document: found by id, CNR or address on all instances, with every try, and tried again.

import { html, nothing } from './lit/lit-html.js';
import { act, isBusy, outcome } from './actions.js';
import { get, post } from './api.js';
import { openAt, route } from './address.js';
import { keepLoaded, openDialog } from './dialogs.js';
import { bytes, count, fullTime, link, time, zone } from './format.js';
import { meaning } from './reasons.js';

const EVERY = 5_000;
const CNR = /^[a-z]{4}[0-9a-z]{2}-?\d{6}-?\d{4}$/i;
const WORDS = { stored: 'Stored', queued: 'In work', failed: 'Failed', rejected: 'Rejected' };
const COLOURS = { stored: 'completed', queued: 'running', failed: 'error', rejected: 'waiting' };

/** Opens the dialog of a document. */
export const findDocument = (text) => openAt('document', text);

/** The box that takes an id, a CNR or an address. */
export const finder = () => html`
  <form class="find" aria-label="Find a document" @submit=${find}>
    <label>
      <span class="visually-hidden">Id, CNR or address of a document</span>
      <input type="text" name="document" placeholder="Document: id, CNR or address" required
        autocomplete="off" autocapitalize="none" spellcheck="false">
    </label>
    <button type="submit" class="secondary outline">Find</button>
  </form>`;

function find(event) {
  event.preventDefault();
  const text = event.currentTarget.elements.document.value.trim();
  if (text) {
    findDocument(text);
  }
}

route('document', (text) => {
  const search = { text, documents: null, failure: null, place: {} };
  const dialog = openDialog('document', (close) => view(search, again, close));
  const load = keepLoaded(dialog, EVERY, search, async () => ({ documents: await found(text) }));

  async function again({ instance_id: instance, id }) {
    await act(search.place, async () => {
      const { queued } = await post(`api/fleet/${instance}/retry-failed`, { ids: [id] });
      return { message: queued ? 'It is queued again.' : 'It is not failed any more.' };
    });
    load();
  }

  return dialog;
});

async function found(text) {
  const ask = async (name) => (await get(`api/documents?${new URLSearchParams({ [name]: text })}`)).documents;
  if (/^https?:/i.test(text)) {
    return ask('url');
  }
  const [first, second] = CNR.test(text) ? ['cnr', 'id'] : ['id', 'cnr'];
  const documents = await ask(first);
  return documents.length ? documents : ask(second);
}

const view = ({ text, documents, failure, place }, again, close) => html`
  <article>
    <header>
      <h2 class="clamped" title=${text}>Document ${text}</h2>
      <button type="button" class="secondary outline" @click=${() => close()}>Close</button>
    </header>
    ${failure ? html`<p class="outcome failed" role="alert">The document: ${failure}</p>` : nothing}
    ${documents || failure ? nothing : html`<p class="empty" aria-busy="true">Looking …</p>`}
    ${documents?.map((document) => details(document, again, place))}
    ${documents && !documents.length
      ? html`<p class="empty">No instance that responds knows it: it is not listed yet, or not on these pages.</p>`
      : nothing}
    ${outcome(place)}
  </article>`;

const details = (document, again, place) => html`
  <section class="found">
    <header>
      <span class="badge" data-state=${COLOURS[document.state]}>${WORDS[document.state]}</span>
      <strong class="clamped" title=${document.title ?? nothing}>${document.title ?? document.id}</strong>
      ${document.state === 'failed'
        ? html`<button type="button" class="outline" ?disabled=${isBusy(place)} @click=${() => again(document)}>Try again</button>`
        : nothing}
    </header>
    ${document.reason ? html`<p class="why"><strong>${document.reason}</strong> ${meaning(document.reason)}</p>` : nothing}
    <dl class="facts">
      ${fact('Listed', listedAt(document))}
      ${fact('Id', html`<code>${document.id}</code>`)}
      ${document.cnr ? fact('CNR', html`<code>${document.cnr}</code>`) : nothing}
      ${document.url ? fact('Address', address(document.url)) : nothing}
      ${document.key ? fact('Key', html`<code>${document.key}</code>`) : nothing}
      ${document.size === null ? nothing : fact('Size', `${bytes(document.size)} (${count(document.size)} bytes)`)}
      ${document.sha256 ? fact('SHA-256', html`<code>${document.sha256}</code>`) : nothing}
      ${document.stored_at ? fact('Stored', moment(document.stored_at)) : nothing}
    </dl>
    ${tries(document.tries)}
  </section>`;

const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const listedAt = ({ instance_id: instance, script_id: script, page, row }) =>
  `page ${count(page)}${row === null ? '' : `, row ${count(row)}`}, ${script === null ? '' : `script ${script}, `}instance ${instance}`;

const moment = (when) => html`<time datetime=${when} title=${fullTime(when)}>${time(when)} ${zone()}</time>`;

function address(url) {
  const href = link(url);
  return href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${url}</a>` : url;
}

const tries = (all) =>
  all.length
    ? html`
        <h3>Tries</h3>
        <ol class="attempts">
          ${all.map((one) => html`
            <li data-failed=${one.reason !== null}>
              ${moment(one.at)}
              <strong>${one.reason ?? 'stored'}</strong>
              ${one.http_status === null || one.reason === `http_${one.http_status}` ? nothing : `HTTP ${one.http_status}`}
            </li>`)}
        </ol>`
    : html`<p class="empty">It was not tried yet.</p>`;
