// Files per second, failures and the portal's response time over the last hour or day.
/* global uPlot */

import { html, nothing } from './lit/lit-html.js';
import { rate, seconds, short, time } from './format.js';
import { drawMarks, marksList, marksWithin, wordsAt } from './marks.js';

const HEIGHT = 120;
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000];
const SPANS = { hour: 'Last hour', day: 'Last day' };
const PLOTS = [
  { figure: 'files_per_second', name: 'Files/s', color: '--running', show: rate },
  { figure: 'failures', name: 'Failures', color: '--error', show: short, bars: true },
  { figure: 'response_seconds', name: 'Portal response', color: '--waiting', show: seconds },
];
const ticks = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const drawn = new Map();
let span = 'hour';
let marks = [];

/** The panel of the plots; {@link drawPlots} fills it. */
export function plotsPanel(history, draw) {
  const choose = (event) => {
    span = event.target.value;
    draw();
  };
  return html`
    <section class="plots" aria-labelledby="plots-title">
      <header>
        <h2 id="plots-title">History</h2>
        <fieldset>
          <legend class="visually-hidden">Time shown</legend>
          ${Object.entries(SPANS).map(([value, name]) => html`
            <label>
              <input type="radio" name="span" value=${value} .checked=${span === value} @change=${choose}>
              ${name}
            </label>`)}
        </fieldset>
      </header>
      <div class="row">${PLOTS.map((plot) => place(plot, history?.[span]))}</div>
      ${history ? marksList(marksShown(history)) : nothing}
    </section>`;
}

function place(plot, course) {
  const { figure, name, show } = plot;
  const latest = course?.[figure].findLast((value) => value !== null);
  const words = latest === undefined ? 'nothing yet' : show(latest);
  return html`
    <figure>
      <figcaption>${name} <strong id="reading-${figure}">${words}</strong></figcaption>
      <div class="plot" id="plot-${figure}" role="img"
        aria-label="${name} over the ${SPANS[span].toLowerCase()}, latest: ${words}"></div>
    </figure>`;
}

/** Fills the plots, once the page is drawn. */
export function drawPlots(history) {
  const course = history?.[span];
  if (course) {
    marks = marksShown(history);
    PLOTS.forEach((plot) => drawPlot(plot, course));
  }
}

/** Those of the time that the plots show. */
function marksShown(history) {
  const course = history[span];
  const from = Date.parse(course.from) / 1000;
  const steps = course.files_per_second.length;
  const begin = from + beginning(course.files_per_second) * course.step_seconds;
  return marksWithin(history.marks, begin, from + steps * course.step_seconds);
}

function drawPlot(plot, course) {
  const element = document.getElementById(`plot-${plot.figure}`);
  const begin = beginning(course.files_per_second);
  const from = Date.parse(course.from) / 1000;
  const values = course[plot.figure].slice(begin);
  const times = values.map((_, index) => from + (begin + index) * course.step_seconds);
  let chart = drawn.get(plot.figure);
  if (!chart) {
    chart = new uPlot(options(plot, element), [times, values], element);
    const fit = () => chart.setSize({ width: element.clientWidth, height: HEIGHT });
    new ResizeObserver(fit).observe(element);
    drawn.set(plot.figure, chart);
  }
  chart.setData([times, values]);
}

/** The plots of a new instance begin at its start, but show at least a twelfth of the span. */
function beginning(values) {
  const first = values.findIndex((value) => value !== null);
  const latest = Math.floor((values.length * 11) / 12);
  return first < 0 ? latest : Math.min(first, latest);
}

/** Looks up colours at each drawing, so that they follow the system's colour scheme. */
const paint = (name) => () => getComputedStyle(document.documentElement).getPropertyValue(name);

function options(plot, element) {
  const { figure, color, show, bars } = plot;
  const axis = {
    stroke: paint('--muted'),
    font: '11px system-ui',
    grid: { stroke: paint('--line'), width: 1 },
    ticks: { show: false },
  };
  const times = (_, marks) => marks.map((mark) => ticks.format(mark * 1000));
  const values = (_, marks) => marks.map((mark) => show(mark));
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
    axes: [
      { ...axis, size: 24, space: 45, values: times },
      { ...axis, size: 54, space: 28, values, incrs: bars ? WHOLE : undefined },
    ],
    series: [{}, bars ? asBars(paint(color)) : asLine(paint(color))],
    hooks: {
      draw: [(chart) => drawMarks(chart, marks, { ink: paint('--ink')(), line: paint('--muted')(), band: paint('--waiting')() })],
      setCursor: [(chart) => read(chart, figure, show)],
    },
  };
}

const asLine = (stroke) => ({ stroke, width: 1.5, points: { show: true, size: 3, fill: stroke } });

const asBars = (fill) =>
  ({ fill, stroke: fill, width: 0, paths: uPlot.paths.bars({ size: [0.9, 20] }), points: { show: false } });

/** Shows the value under the pointer in the caption. */
function read(chart, figure, said) {
  const reading = document.getElementById(`reading-${figure}`);
  const index = chart.cursor.idx;
  const value = index == null ? null : chart.data[1][index];
  const at = index == null ? 0 : chart.data[0][index];
  const happened = index == null ? '' : wordsAt(marks, at, chart.data[0][1] - chart.data[0][0]);
  const words = value == null ? [] : [`${said(value)} at ${time(at * 1000)}`];
  reading.dataset.there = [...words, ...(happened ? [happened] : [])].join(' · ');
}

for (const look of ['(prefers-color-scheme: dark)', 'print']) {
  matchMedia(look).addEventListener('change', () => drawn.forEach((chart) => chart.redraw()));
}
