// The dashboard of all instances, through the one that served this page.

import { html, nothing } from './lit/lit-html.js';
import { repeat } from './lit/directives/repeat.js';
import { act, isBusy, outcome, sentence } from './actions.js';
import { get, post } from './api.js';
import { captchaStrip, loadAllCaptchas } from './captchas.js';
import { asked, startFields } from './control.js';
import { confirmed } from './dialogs.js';
import { loadHistories } from './fleet-history.js';
import { fleetMap } from './fleet-map.js';
import { amount, count, link, percent, time } from './format.js';
import { showPage } from './frame.js';
import { limits } from './limits.js';
import { drawPlots, plotsPanel } from './plots.js';
import { problemsPanel } from './problems.js';
import { allDone } from './progress.js';
import { auditNote, failedTries, pagesBar, pauseNote, quotaNote, tiles, warnings } from './tiles.js';

const ALL = 'fleet';

let info = null;
let run = null;

const page = showPage({
  name: 'unified',
  load,
  heading: () => 'All instances',
  title: (data) =>
    data
      ? `${percent(data.total.progress_percentage)} - all instances - judgment-harvester`
      : 'All instances - judgment-harvester',
  about: (data) => (data ? `judgment-harvester ${data.info.version} · ${answering(data.instances)}` : nothing),
  view,
  drawn: (data) => data && drawPlots(data.history),
});

async function load() {
  const { data, timestamp } = await get('api/fleet');
  const { run_id: current } = data.instances[0].data;
  if (run !== current) { // it may have another configuration
    info = await get('api/instance/info');
    run = current;
  }
  const instances = data.instances.map((instance, index) => ({ ...instance, isOwn: index === 0 }));
  instances.sort((a, b) => (a.instance_id ?? Infinity) - (b.instance_id ?? Infinity));
  const counted = instances.filter(({ reachable, problem }) => reachable && problem === null);
  const [captchas, history] = await Promise.all([loadAllCaptchas(counted), loadHistories(counted)]);
  return { instances, counted, total: data.total, now: Date.parse(timestamp), info, captchas, history };
}

function answering(instances) {
  const there = instances.filter(({ reachable }) => reachable).length;
  return there === instances.length
    ? amount(there, 'instance')
    : `${count(there)} of ${count(instances.length)} instances respond`;
}

function view({ instances, counted, total, now, captchas, history, info: { config } }) {
  const away = instances.filter(({ reachable }) => !reachable);
  return html`
    ${captchaStrip(captchas)}
    ${problemsPanel(instances.map(problems))}
    ${away.length ? html`<p class="note">${answering(instances)}. The totals include only those.</p>` : nothing}
    ${control(counted, config)}
    <section aria-label="Overall">
      ${tiles(total)}
      ${pagesBar(total, allDone(counted.flatMap(({ data }) => data.scripts)))}
      ${failedTries(total.errors)}
    </section>
    ${plotsPanel(history, () => page.draw())}
    ${fleetMap(counted, config['harvest.scripts'])}
    <section aria-labelledby="instances-title">
      <h2 id="instances-title">Instances</h2>
      <div class="instances">${repeat(instances, ({ address }) => address, (instance) => instanceCard(instance, now))}</div>
    </section>`;
}

function control(there, config) {
  return html`
    <section class="control" aria-labelledby="control-title">
      <h2 id="control-title">Control</h2>
      <form id="start" @submit=${(event) => { event.preventDefault(); start(ALL, there); }}>
        ${startFields(config['harvest.scripts'], config['harvest.start-delay'])}
        <button type="submit" ?disabled=${isBusy(ALL)}>Start on every instance</button>
        <button type="button" class="danger outline" ?disabled=${isBusy(ALL)}
          @click=${() => stop(ALL, there, 'all instances')}>Stop All everywhere</button>
      </form>
      ${outcome(ALL)}
    </section>`;
}

function start(place, instances) {
  const form = document.getElementById('start');
  if (form.reportValidity()) {
    const body = asked(form);
    act(place, () => toEach(instances, 'start', body));
  }
}

async function stop(place, instances, where) {
  const sure = await confirmed(
    `Stop all scripts of ${where}?`,
    'Transfers still running after three seconds are cancelled; those documents are fetched again at the next start.',
    'Stop All',
  );
  if (sure) {
    act(place, () => toEach(instances, 'stop-all'));
  }
}

/** Sends the request to each instance; the failure of one does not affect the others. */
async function toEach(instances, what, body) {
  const answers = await Promise.allSettled(
    instances.map(({ instance_id: id }) => post(`api/fleet/${id}/scripts/${what}`, body)));
  const said = answers.map((answer, index) =>
    `Instance ${instances[index].instance_id}: ${answer.value?.message ?? answer.reason.message}.`);
  if (answers.some(({ status }) => status === 'rejected')) {
    throw new Error(said.join(' '));
  }
  return { message: said.join(' ') };
}

function instanceCard(instance, now) {
  const { instance_id: id, reachable, data, problem } = instance;
  const place = `instance-${instance.address}`;
  return html`
    <article class="instance" data-reachable=${reachable}>
      <header>
        <h3>${id === null ? 'Unknown instance' : `Instance ${id}`}</h3>
        ${home(instance)}
        ${reachable ? nothing : html`<span class="badge" data-state="error">${silence(instance)}</span>`}
      </header>
      ${problem ? html`<p class="note warning">${sentence(problem)}. It is not in the totals.</p>` : nothing}
      ${data ? html`${pauseNote(data)}${warnings(data)}${tiles(data)}${pagesBar(data, allDone(data.scripts))}${limits(data)}${quotaNote(data)}${auditNote(data, now)}` : nothing}
      ${data && !problem ? footer(instance, place) : nothing}
      ${outcome(place)}
    </article>`;
}

function problems(instance) {
  const { address, isOwn, instance_id: id, data, problem } = instance;
  const base = (isOwn ? null : link(address)) ?? '.';
  const links = { script: (script) => `${base}/#script-${script}`, failures: `${base}/?open=failures&of=all` };
  return { data, name: id === null ? address : `Instance ${id}`, problem, links };
}

const silence = ({ last_seen: seen }) =>
  seen ? `Unreachable, last seen ${time(seen)}` : 'Not reached yet';

/** A link to its own dashboard; for this instance, at the address that the browser used. */
function home({ address, isOwn }) {
  const href = isOwn ? './' : link(address);
  return href ? html`<a href=${href}>${isOwn ? 'this one' : address}</a>` : address;
}

function footer(instance, place) {
  const id = instance.instance_id;
  const busy = isBusy(place) || isBusy(ALL);
  return html`
    <footer>
      <button type="button" class="outline" aria-label="Start on instance ${id}" ?disabled=${busy}
        @click=${() => start(place, [instance])}>Start</button>
      <button type="button" class="danger outline" aria-label="Stop All on instance ${id}" ?disabled=${busy}
        @click=${() => stop(place, [instance], `instance ${id}`)}>Stop All</button>
    </footer>`;
}
