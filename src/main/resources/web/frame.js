// The frame of both pages: header, state of the connection, key, announcements.

import { html, nothing, render } from './lit/lit-html.js';
import { wireActions } from './actions.js';
import { follow } from './address.js';
import { drawDialogs, openDialog } from './dialogs.js';
import { finder } from './document.js';
import { fullTime, time, zone } from './format.js';
import { refresher } from './refresh.js';

/**
 * Shows a page and keeps it up to date.
 *
 * @param page its name in the menu, `load` which loads its data, `title`, `about` and `view`
 *     which show them, and the optional `changed(data, before, announce)`
 */
export function showPage(page) {
  let announcement = '';
  let keyDialog = null;
  let before = null;
  const { state, refresh, useKey } = refresher(page.load, show);

  function announce(text) {
    announcement = text;
    draw();
  }

  function show() {
    if (state.data !== before) {
      page.changed?.(state.data, before, announce);
      const isFirst = before === null;
      before = state.data;
      if (isFirst) {
        draw();
        follow(); // a dialog that the address names
      }
    }
    draw();
    if (state.needsKey && !keyDialog) {
      keyDialog = askForKey(state, useKey);
      keyDialog.closed.then(() => {
        keyDialog = null;
        show(); // a second Escape closes any dialog; as long as there is no key, ask again
      });
    }
  }

  function draw() {
    document.title = page.title(state.data);
    render(frame(page, state, announcement, refresh), document.getElementById('page'));
    page.drawn?.(state.data);
    drawDialogs();
  }

  wireActions({ changed: draw, announce, refresh });
  draw();
  refresh();
  return { draw, refresh };
}

function frame(page, state, announcement, refresh) {
  return html`
    <header class="top">
      <div class="brand">
        <img src="assets/icon.svg" alt="" width="32" height="32">
        <div>
          <h1>${page.heading(state.data)}</h1>
          <p>${page.about(state.data)}</p>
        </div>
      </div>
      <nav aria-label="Pages">
        <a href="./" aria-current=${page.name === 'instance' ? 'page' : nothing}>This instance</a>
        <a href="unified" aria-current=${page.name === 'unified' ? 'page' : nothing}>All instances</a>
      </nav>
      ${finder()}
      ${connection(state)}
    </header>
    ${banner(state, refresh)}
    <p class="visually-hidden" role="status" id="announcement">${announcement}</p>
    <main>${state.data ? page.view(state.data) : loading(state)}</main>`;
}

function connection({ loadedAt, failure }) {
  const [word, connected] = failure
    ? ['Not connected', 'no']
    : loadedAt ? ['Connected', 'yes'] : ['Connecting', 'not yet'];
  return html`
    <p class="connection" data-connected=${connected}>
      <strong>${word}</strong>
      ${loadedAt ? html`<span title=${fullTime(loadedAt)}>updated ${time(loadedAt)} ${zone()}</span>` : nothing}
    </p>`;
}

function banner({ failure, failingSince, loadedAt }, refresh) {
  if (!failure) {
    return nothing;
  }
  const what =
    failure.status === 0
      ? 'The server has not responded'
      : `The server has been failing (${failure.message})`;
  return html`
    <div class="banner" role="alert">
      <p>
        <strong>${what} since ${time(failingSince)}.</strong>
        Retrying every 5 seconds.
        ${loadedAt ? `The figures below are from ${time(loadedAt)}.` : nothing}
      </p>
      <button type="button" class="outline" @click=${refresh}>Retry now</button>
    </div>`;
}

const loading = ({ failure, needsKey }) =>
  failure || needsKey ? nothing : html`<p class="empty" aria-busy="true">Loading …</p>`;

function askForKey(state, useKey) {
  const send = (event) => {
    event.preventDefault();
    useKey(event.target.elements.key.value.trim());
    event.target.closest('dialog').close();
  };
  const dialog = openDialog('key', () => html`
    <article>
      <h2>This instance requires a key</h2>
      <p>The key is the value of api.key in its configuration, or of api.read-key to look on only. It is kept for this tab only.</p>
      <form @submit=${send}>
        <label for="key">Key</label>
        <input id="key" name="key" type="password" autocomplete="off" required
          aria-describedby="key-trouble" aria-invalid=${state.keyWasWrong ? 'true' : nothing}>
        <p id="key-trouble" class="outcome failed" role="alert">
          ${state.keyWasWrong ? 'That key was wrong.' : nothing}
        </p>
        <button type="submit">Continue</button>
      </form>
    </article>`);
  dialog.element.addEventListener('cancel', (event) => event.preventDefault());
  return dialog;
}
