// A script's log, in a dialog that follows it.

import { html, nothing } from './lit/lit-html.js';
import { get } from './api.js';
import { openAt, route } from './address.js';
import { keepLoaded, openDialog } from './dialogs.js';
import { amount, fullTime, time, zone } from './format.js';

const EVERY = 2_000;
const LINES = 1000;
const NEAR_THE_END = 40;
const LEVELS = {
  all: ['All lines', () => true],
  warnings: ['Warnings and errors', (line) => line.level === 'WARN' || line.level === 'ERROR'],
  errors: ['Errors', (line) => line.level === 'ERROR'],
};

/** Opens the log of a script. */
export const openLogs = (id) => openAt('logs', id);

route('logs', (text) => {
  const id = Number(text);
  const log = { id, lines: null, failure: null, level: 'all', follows: true, said: '' };
  const dialog = openDialog('logs', (close) => view(log, draw, close));

  function draw() {
    dialog.draw();
    if (log.follows) {
      const list = dialog.element.querySelector('.lines');
      list.scrollTop = list.scrollHeight;
    }
  }

  const load = async () => ({ lines: (await get(`api/scripts/${id}/logs?lines=${LINES}`)).logs.map(parsed) });
  keepLoaded(dialog, EVERY, log, load, draw);
  return dialog;
});

/** A line starts with its time and level. */
function parsed(text) {
  const [, when, level, rest] = text.match(/^(\S+Z|\S+[+-]\d\d:\d\d) +([A-Z]+) +(.*)$/) ?? [];
  return when && !Number.isNaN(Date.parse(when)) ? { text, when, level, rest } : { text, rest: text };
}

function view(log, draw, close) {
  const lines = log.lines?.filter(LEVELS[log.level][1]);
  return html`
    <article>
      <header>
        <h2>Log of script ${log.id}</h2>
        <button type="button" class="secondary outline" @click=${() => close()}>Close</button>
      </header>
      <div class="controls">
        ${levels(log, draw)}
        <label>
          <input type="checkbox" role="switch" .checked=${log.follows}
            @change=${(event) => { log.follows = event.target.checked; draw(); }}>
          Follow
        </label>
        <button type="button" class="outline" ?disabled=${!lines?.length}
          @click=${() => copy(log, lines, draw)}>Copy</button>
        <span role="status">${log.said}</span>
        <small>Times in ${zone()}.</small>
      </div>
      ${log.failure ? html`<p class="outcome failed" role="alert">The log: ${log.failure}</p>` : nothing}
      <ol class="lines" tabindex="0" aria-label="Lines of the log"
        @scroll=${(event) => leaveEnd(event.target, log, draw)}>${lines?.map(line)}</ol>
      ${lines && !lines.length ? html`<p class="empty">No such lines yet.</p>` : nothing}
    </article>`;
}

/** Stops following when the user scrolls back. */
function leaveEnd({ scrollHeight, scrollTop, clientHeight }, log, draw) {
  if (log.follows && scrollHeight - scrollTop - clientHeight > NEAR_THE_END) {
    log.follows = false;
    draw();
  }
}

function levels(log, draw) {
  const choose = (event) => {
    log.level = event.target.value;
    draw();
  };
  return html`
    <label>
      <span class="visually-hidden">Level</span>
      <select @change=${choose}>
        ${Object.entries(LEVELS).map(([value, [name]]) => html`<option value=${value}>${name}</option>`)}
      </select>
    </label>`;
}

const line = ({ when, level, rest }) => html`
  <li data-level=${level ?? 'NONE'}>
    ${when ? html`<time datetime=${when} title=${fullTime(when)}>${time(when)}</time>
      <span class="level">${level}</span>` : nothing}
    <span>${rest}</span>
  </li>`;

async function copy(log, lines, draw) {
  try {
    await copyText(lines.map(({ text }) => text).join('\n'));
    log.said = `${amount(lines.length, 'line')} copied.`;
  } catch {
    log.said = 'The browser does not allow this page to copy.';
  }
  draw();
}

/** The clipboard API needs HTTPS or localhost; on other pages, copying a selection works. */
async function copyText(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement('textarea');
  field.value = text;
  document.querySelector('dialog[open]').append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (!done) {
    throw new Error('not copied');
  }
}
