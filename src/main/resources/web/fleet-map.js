// A map of all scripts: one small square each, coloured by state.

import { html } from './lit/lit-html.js';
import { count, duration, link, percent, rate } from './format.js';
import { shownState, stateWord } from './states.js';

const MARGIN = 8;

/** @param most number of the last script */
export function fleetMap(instances, most) {
  const known = new Map();
  for (const instance of instances) {
    instance.data?.scripts.forEach((script) => known.set(script.script_id, { script, instance }));
  }
  const numbers = Array.from({ length: most }, (_, index) => index + 1);
  return html`
    <section aria-labelledby="map-title">
      <h2 id="map-title">All scripts</h2>
      <ul class="map">${numbers.map((id) => html`<li>${square(id, known.get(id))}</li>`)}</ul>
      ${legend(numbers.map((id) => known.get(id)?.script))}
    </section>`;
}

function square(id, found) {
  if (!found) {
    return html`<span class="square" data-state="unknown" tabindex="0" role="img"
      @pointerenter=${keepInside} @focus=${keepInside}
      aria-label="Script ${id}: no instance reports it">${id}${figures(id)}</span>`;
  }
  const { script, instance } = found;
  const home = (instance.isOwn ? null : link(instance.address)) ?? '.';
  return html`<a class="square" data-state=${shownState(script)} href="${home}/#script-${id}"
    @pointerenter=${keepInside} @focus=${keepInside}
    aria-label=${`Script ${id}: ${words(script).join(', ')}`}>${id}${figures(id, script, instance)}</a>`;
}

const words = (script) => [
  stateWord(script),
  percent(script.progress_percentage),
  `${count(script.total_files_downloaded)} files`,
  `${count(script.failed_downloads)} failed`,
  ...(script.rejected_downloads ? [`${count(script.rejected_downloads)} rejected`] : []),
  ...(script.retrying_downloads ? [`${count(script.retrying_downloads)} retrying`] : []),
  `${rate(script.files_per_second)} files/s`,
  ...(script.eta_seconds === null ? [] : [`${duration(script.eta_seconds)} left`]),
];

/** The tooltip for pointer and focus; the label of the link has the same text. */
const figures = (id, script, instance) => html`
  <span class="tip" aria-hidden="true">
    <strong>Script ${id}</strong>
    ${script
      ? html`<span>Instance ${instance.instance_id}</span>${words(script).map((word) => html`<span>${word}</span>`)}`
      : html`<span>No instance reports it</span>`}
  </span>`;

/** Moves a tooltip at the edge of the page so that it is fully visible. */
function keepInside({ currentTarget: square }) {
  const { style } = square.querySelector('.tip');
  style.marginInlineStart = 0;
  const { left, right } = square.querySelector('.tip').getBoundingClientRect();
  const room = document.documentElement.clientWidth - MARGIN;
  style.marginInlineStart = `${Math.max(MARGIN - left, 0) - Math.max(right - room, 0)}px`;
}

function legend(scripts) {
  const counts = new Map();
  for (const script of scripts) {
    const state = script ? shownState(script) : 'unknown';
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return html`
    <ul class="legend">
      ${[...counts].map(([state, number]) => html`
        <li><span class="dot sign" data-state=${state}></span>
          ${count(number)} ${state === 'unknown' ? 'unknown' : stateWord({ status: state }).toLowerCase()}</li>`)}
    </ul>`;
}
