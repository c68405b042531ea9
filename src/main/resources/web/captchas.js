// Captchas waiting for a person: look, type, Enter, and on to the next one.

import { html, nothing } from './lit/lit-html.js';
import { repeat } from './lit/directives/repeat.js';
import { act, isBusy, outcome } from './actions.js';
import { get, post } from './api.js';
import { time, zone } from './format.js';

const PLACE = 'captchas';

/** How long a portal may take to object to an answer. */
const OBJECTS_WITHIN = 60_000;

const answered = new Set();

/** Scripts with the time of their last answer, until the portal has taken it. */
const sent = new Map();

/** Loads the waiting captchas, but only if a script is waiting for one. */
export async function loadCaptchas(scripts) {
  const waiting = scripts.filter((script) => script.waiting_reason === 'captcha');
  const captchas = waiting.length ? await load('api/captchas') : [];
  settle(scripts, '', captchas);
  return captchas.map((captcha) => ({ ...captcha, name: `script ${captcha.script_id}`, path: 'api/captchas' }));
}

/** Loads those of every instance, through the one that served the page. */
export async function loadAllCaptchas(instances) {
  const asked = instances.filter(({ data }) => data?.waiting_scripts).map(async ({ instance_id: id, data }) => {
    const path = `api/fleet/${id}/captchas`;
    const waits = data.scripts.some((script) => script.waiting_reason === 'captcha');
    const captchas = waits ? await load(path).catch(() => []) : [];
    settle(data.scripts, `${id}/`, captchas);
    return captchas.map((captcha) =>
      ({ ...captcha, of: `${id}/`, name: `script ${captcha.script_id}, instance ${id}`, path }));
  });
  return (await Promise.all(asked)).flat();
}

async function load(path) {
  try {
    return (await get(path)).captchas;
  } catch (error) {
    if (error.status === 404) {
      return [];
    }
    throw error;
  }
}

/** An answer was right once its script goes on. */
function settle(scripts, of, captchas) {
  for (const { script_id: id, waiting_reason: reason } of scripts) {
    const asks = captchas.some((captcha) => captcha.script_id === id);
    if (reason !== 'captcha' && !asks) {
      sent.delete(of + id);
    }
  }
}

const wasWrong = ({ of = '', script_id: id }) => Date.now() - (sent.get(of + id) ?? -Infinity) < OBJECTS_WITHIN;

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
        Text for ${captcha.name}
        <small>since ${time(captcha.created)} ${zone()}</small>
        ${wasWrong(captcha) ? html`<strong class="outcome failed" role="alert">The last answer was wrong.</strong>` : nothing}
        <input name="answer" required autocomplete="off" autocapitalize="none" spellcheck="false">
      </label>
      <button type="submit" ?disabled=${isBusy(PLACE)}>Send</button>
    </form>
  </li>`;

const image = ({ image: source, name }) =>
  source.startsWith('data:image/') ? html`<img src=${source} alt="Captcha of ${name}">` : nothing;

async function answer(event, { id, of = '', name, script_id: script, path }) {
  event.preventDefault();
  const form = event.currentTarget;
  const text = form.elements.answer.value.trim();
  const next = following(form);
  await act(PLACE, async () => {
    await post(`${path}/${encodeURIComponent(id)}`, { answer: text });
    answered.add(id);
    sent.set(of + script, Date.now());
    return { message: `The answer for ${name} has been sent.` };
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
