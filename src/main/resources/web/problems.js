// What needs a look, before anything else: errors, waits, failures, an audit that is not clean.

import { html, nothing } from './lit/lit-html.js';
import { amount, count } from './format.js';
import { stateWord } from './states.js';

const AT_ONCE = 4;
const FIRST_NUMBERS = 8;

/** Scripts with one trouble, in one line, however many there are. */
function troubles(scripts) {
  const groups = new Map();
  for (const script of scripts) {
    if (['error', 'waiting'].includes(script.status)) {
      const word = stateWord(script);
      groups.set(word, [...(groups.get(word) ?? []), script]);
    }
  }
  return [...groups].sort(([, [one]], [, [other]]) => rank(one) - rank(other));
}

const rank = ({ status }) => (status === 'error' ? 0 : 1);

/**
 * The panel; nothing if all is well.
 *
 * @param instances each with its `data`, null if it is unreachable; its `name`, empty if there is one only; its
 *     `problem`, if it is unreachable or cannot work with the others; and `links`, whose `script(id)` and `failures`
 *     give the addresses that lead there
 */
export function problemsPanel(instances) {
  const lines = instances.flatMap(troublesOf);
  return lines.length
    ? html`
        <section class="problems" aria-labelledby="problems-title">
          <h2 id="problems-title">Needs a look</h2>
          <ul>${lines}</ul>
        </section>`
    : nothing;
}

function troublesOf({ data, name, problem, links }) {
  if (!data) {
    return [line('error', html`<strong>${name}</strong> is unreachable: ${problem}`)];
  }
  const where = name ? html`<strong>${name}:</strong> ` : nothing;
  const failed = data.failed_downloads ?? 0;
  const audit = data.last_audit;
  return [
    ...(problem ? [line('error', html`${where}${problem}`)] : []),
    ...troubles(data.scripts).map(([word, scripts]) => group(where, word, scripts, links)),
    ...(failed
      ? [line('error', html`${where}<a href=${links.failures}>${amount(failed, 'document')} failed</a>`)]
      : []),
    ...(audit && !audit.clean && data.completed_pages === data.total_pages // before, it cannot be
      ? [line('error', html`${where}the last audit was not clean: ${amount(audit.findings, 'finding')}`)]
      : []),
  ];
}

const line = (state, words) => html`<li data-state=${state}><span class="sign" aria-hidden="true"></span><span>${words}</span></li>`;

function group(where, word, scripts, links) {
  const [first] = scripts;
  const words = scripts.map(({ last_error: error }) => error).filter(Boolean);
  const said = [...new Set(words)].slice(0, AT_ONCE - 1);
  const more = scripts.length - FIRST_NUMBERS;
  return line(first.status, html`
    ${where}<strong>${word}:</strong> ${scripts.length === 1 ? 'script' : `${count(scripts.length)} scripts:`}
    ${scripts.slice(0, FIRST_NUMBERS).map((script, index) => html`${index ? ', ' : ''}<a
      href=${links.script(script.script_id)}>${script.script_id}</a>`)}${more > 0 ? ` and ${count(more)} more` : ''}
    ${said.map((text) => html`<small class="clamped" title=${text}>${text}</small>`)}
    ${new Set(words).size > said.length ? html`<small>and other causes</small>` : nothing}`);
}
