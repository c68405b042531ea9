// The dashboard of this instance.

import { html, nothing } from './lit/lit-html.js';
import { repeat } from './lit/directives/repeat.js';
import { get } from './api.js';
import { captchaStrip, loadCaptchas } from './captchas.js';
import { openAt, show, shown } from './address.js';
import { card } from './cards.js';
import { controlPanel } from './control.js';
import { count, percent } from './format.js';
import { showPage } from './frame.js';
import { limits } from './limits.js';
import { drawPlots, plotsPanel } from './plots.js';
import { problemsPanel } from './problems.js';
import { allDone } from './progress.js';
import { FILTERS, found } from './search.js';
import { isTrouble, stateWord } from './states.js';
import { noteNetwork, systemPanel } from './system.js';
import { auditNote, failedTries, pagesBar, pauseNote, quotaNote, tiles, warnings } from './tiles.js';

const HISTORY_EVERY = 10_000;
const ANNOUNCED = ['waiting', 'error', 'completed'];
const AT_ONCE = 3;
const LINKS = {
  script: (id) => `#script-${id}`,
  failures: '?open=failures&of=all',
};

let info = null;
let run = null;
let history = null;
let historyAt = 0;

const page = showPage({
  name: 'instance',
  load,
  heading: (data) => (data ? `Instance ${data.status.instance_id}` : 'judgment-harvester'),
  title: (data) =>
    data
      ? `${percent(data.status.progress_percentage)} - instance ${data.status.instance_id} - judgment-harvester`
      : 'judgment-harvester',
  about: (data) => (data ? about(data.info) : nothing),
  view,
  changed,
  drawn: (data) => data && drawPlots(data.history),
});

async function load() {
  const { data: status, timestamp } = await get('api/status');
  if (run !== status.run_id) { // it may have another configuration
    info = await get('api/instance/info');
    run = status.run_id;
  }
  if (Date.now() - historyAt >= HISTORY_EVERY) {
    history = await get('api/history');
    historyAt = Date.now();
  }
  noteNetwork(status.system, Date.parse(timestamp));
  return { status, now: Date.parse(timestamp), info, history, captchas: await loadCaptchas(status.scripts) };
}

const about = ({ version, config, start_page: first, end_page: last }) =>
  `judgment-harvester ${version} · ${first === null ? 'no pages' : `pages ${count(first)}–${count(last)}`}`
  + ` · bucket ${config['s3.bucket']}`;

function view({ status, now, info: { config }, history: course, captchas }) {
  return html`
    ${captchaStrip(captchas)}
    ${problemsPanel([{ data: status, name: '', links: LINKS }])}
    ${controlPanel(config['harvest.scripts'], config['harvest.start-delay'])}
    ${pauseNote(status)}
    ${warnings(status)}
    <section aria-label="Overall">
      ${tiles(status)}
      ${pagesBar(status, allDone(status.scripts))}
      ${failedTries(status.errors)}
      ${limits(status, true)}
      ${quotaNote(status)}
      ${auditNote(status, now)}
    </section>
    <div class="course">
      ${plotsPanel(course, () => page.draw())}
      ${systemPanel(status.system)}
    </div>
    ${scripts(status.scripts)}`;
}

function scripts(all) {
  const some = found(all, filterShown(), shown('q'));
  some.sort((a, b) => isTrouble(b) - isTrouble(a)); // the order is kept otherwise
  return html`
    <section aria-labelledby="scripts-title">
      <div class="filters">
        <h2 id="scripts-title">Scripts</h2>
        ${filter(all)}
        <label>
          <span class="visually-hidden">Search by script number, page or text</span>
          <input type="search" placeholder="Script number, page or text" .value=${shown('q')}
            @input=${(event) => choose({ q: event.target.value }, false)}>
        </label>
        <button type="button" class="secondary outline" @click=${() => page.refresh()}>Refresh</button>
        <button type="button" class="secondary outline" @click=${() => openAt('failures', 'all')}>All failures</button>
        <p role="status">${howMany(some, all)}</p>
      </div>
      <div class="cards">${repeat(some, (script) => script.script_id, card)}</div>
      ${some.length ? nothing : html`<p class="empty">No script matches.</p>`}
    </section>`;
}

const howMany = (some, all) =>
  `${some.length === all.length ? '' : `${count(some.length)} of `}${count(all.length)} scripts`;

const filter = (all) => html`
  <label>
    <span class="visually-hidden">State</span>
    <select @change=${(event) => choose({ filter: event.target.value === 'all' ? '' : event.target.value }, true)}>
      ${Object.entries(FILTERS).map(([value, [name, matches]]) => html`
        <option value=${value} .selected=${value === filterShown()}>${name} (${count(all.filter(matches).length)})</option>`)}
    </select>
  </label>`;

const filterShown = () => (shown('filter') in FILTERS ? shown('filter') : 'all');

function choose(what, adds) {
  show(what, adds);
  page.draw();
}

addEventListener('popstate', () => page.draw());

/** Announces what the user may want to know at once. */
function changed(data, before, announce) {
  if (!before) {
    requestAnimationFrame(goToScript);
    return;
  }
  const states = new Map(before.status.scripts.map((script) => [script.script_id, stateWord(script)]));
  const news = data.status.scripts
    .filter((script) => ANNOUNCED.includes(script.status))
    .filter((script) => states.get(script.script_id) !== stateWord(script))
    .map((script) => `Script ${script.script_id}: ${stateWord(script)}.`);
  if (news.length) {
    const more = news.length > AT_ONCE ? ` And ${news.length - AT_ONCE} more.` : '';
    announce(news.slice(0, AT_ONCE).join(' ') + more);
  }
}

const namedScript = () => (/^#script-\d+$/.test(location.hash) ? document.querySelector(location.hash) : null);

/** Links lead to a script as #script-5. */
function goToScript() {
  namedScript()?.focus();
}

addEventListener('hashchange', () => {
  if (location.hash && !namedScript()) {
    choose({ filter: '', q: '' }, false); // which leave it out
  }
  goToScript();
});
