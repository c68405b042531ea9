// The machine: CPU and memory with marks at their limits, disk, network.

import { html, nothing, svg } from './lit/lit-html.js';
import { bytes, percent } from './format.js';

const CPU_LIMIT = 80;
const MEMORY_LIMIT = 75;

let before = null;
let speed = { in: null, out: null };

/** Computes the network's speed from its counters, which are totals. */
export function noteNetwork({ network_bytes_in: received, network_bytes_out: sent }, when) {
  const now = { received, sent, when };
  const seconds = before ? (when - before.when) / 1000 : 0;
  if (seconds > 0 && received !== null && before.received !== null && received >= before.received) {
    speed = { in: (received - before.received) / seconds, out: (sent - before.sent) / seconds };
  }
  before = now;
}

export function systemPanel(system) {
  return html`
    <section class="system" aria-labelledby="system-title">
      <h2 id="system-title">System</h2>
      <dl>
        ${gauge('CPU', system.cpu_percent, CPU_LIMIT)}
        ${gauge('Memory', system.memory_percent, MEMORY_LIMIT)}
        <div><dt>Disk free</dt><dd>${bytes(system.disk_free_bytes)}</dd></div>
        <div><dt>Network in</dt><dd>${perSecond(speed.in)}</dd></div>
        <div><dt>Network out</dt><dd>${perSecond(speed.out)}</dd></div>
      </dl>
    </section>`;
}

const perSecond = (rate) => (rate === null ? '–' : `${bytes(Math.round(rate))}/s`);

function gauge(name, value, limit) {
  const over = value !== null && value > limit;
  return html`
    <div class=${over ? 'over' : nothing}>
      <dt>${name}</dt>
      <dd><small>${over ? `over ${limit} %` : `limit ${limit} %`}</small> ${percent(value)}</dd>
      <dd class="scale" aria-hidden="true">
        <svg class="gauge" viewBox="0 0 100 6" preserveAspectRatio="none">
          ${svg`<rect class="track" width="100" height="6" rx="1"></rect>
            <rect class="level" width=${value ?? 0} height="6" rx="1"></rect>
            <rect class="limit" x=${limit} width="0.8" height="6"></rect>`}
        </svg>
      </dd>
    </div>`;
}
