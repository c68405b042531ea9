// Captchas waiting for a person: look, type, Enter, and on to the next one.

import { html, nothing } from './lit/lit-html.js';
import { repeat } from './lit/directives/repeat.js';
import { act, isBusy, outcome } from './actions.js';
import { get, post } from './api.js';
import { time } from './format.js';

const PLACE = 'captchas';
const answered = new Set();

/** Loads the waiting captchas, but only if a script is waiting for one. */
export async function loadCaptchas(scripts) {
  if (!scripts.some((script) => script.waiting_reason === 'captcha')) {
    return [];
  }
  try {
    return (await get('api/captchas')).captchas;
  } catch (error) {
    if (error.status === 404) {
      return [];
    }
    throw error;
  }
}

export function captchaStrip(captchas) {
  const waiting = captchas.filter(({ id }) => !answered.has(id));
  if (!waiting.length) {
    return nothing;
  }
  const scripts = waiting.map((captcha) => captcha.script_id).join(', ');
  return html`
    <section class="captchas" aria-labelledby="captchas-title">
      <h2 id="captchas-title">Captchas</h2>
      <p>${waiting.length === 1 ? 'Script' : 'Scripts'} ${scripts} cannot continue until you answer.</p>
      <ul>${repeat(waiting, ({ id }) => id, entry)}</ul>
      ${outcome(PLACE)}
    </section>`;
}

const entry = (captcha) => html`
  <li>
    <form @submit=${(event) => answer(event, captcha)}>
      ${image(captcha)}
      <label>
        Text for script ${captcha.script_id}
        <small>since ${time(captcha.created)}</small>
        <input name="answer" required autocomplete="off" autocapitalize="none" spellcheck="false">
      </label>
      <button type="submit" ?disabled=${isBusy(PLACE)}>Send</button>
    </form>
  </li>`;

const image = ({ image: source, script_id: id }) =>
  source.startsWith('data:image/') ? html`<img src=${source} alt="Captcha of script ${id}">` : nothing;

async function answer(event, { id, script_id: script }) {
  event.preventDefault();
  const form = event.currentTarget;
  const text = form.elements.answer.value.trim();
  const next = following(form);
  await act(PLACE, async () => {
    await post(`api/captchas/${encodeURIComponent(id)}`, { answer: text });
    answered.add(id);
    return { message: `The answer for script ${script} has been sent.` };
  });
  if (answered.has(id)) {
    next?.focus();
  }
}

/** The field after this one, or the first one if this is the last. */
function following(form) {
  const fields = [...document.querySelectorAll('.captchas input')];
  const own = fields.indexOf(form.elements.answer);
  return fields[own + 1] ?? fields.find((field, index) => index !== own);
}
