// What happened while the plots were drawn: restarts, starts, stops, outages, captchas, quotas, sweeps.

import { html, nothing } from './lit/lit-html.js';
import { count, duration, fullTime, time } from './format.js';

const LISTED = 100;
/** Marks of one kind that are closer than this part of the span are shown as one. */
const APART = 1 / 60;
const WAITS = { portal: 'the portal', store: 'the store', robots: 'robots.txt', disk: 'the disk' };
const STOPS = { completed: 'completed', error: 'ended in error' };

const KINDS = {
  restart: { sign: '●', name: 'Restarts', words: () => 'the process started again' },
  start: { sign: '▶', name: 'Starts', words: (mark) => `${who(mark)} started` },
  stop: { sign: '■', name: 'Stops', words: (mark) => `${who(mark)} ${STOPS[mark.reason] ?? 'stopped'}` },
  outage: { sign: '!', name: 'Outages', words: (mark) => `waiting for ${WAITS[mark.reason] ?? mark.reason}${howLong(mark)}` },
  quota: { sign: '=', name: 'Quotas', words: (mark) => `waiting for the next day, the quota is used up${howLong(mark)}` },
  captcha: { sign: '?', name: 'Captchas', words: (mark) => `${who(mark)} waiting for a captcha's answer${howLong(mark)}` },
  sweep: { sign: '↻', name: 'Sweeps', words: (mark) => `sweep of ${who(mark)}` },
};
const LASTING = ['outage', 'captcha', 'quota'];

const who = ({ scripts }) =>
  scripts.length === 1 ? `script ${scripts[0]}` : `${count(scripts.length)} scripts`;

const howLong = ({ at, until, over }) => (over ? `, ${duration(until - at)}` : ', still');

/** What it says, and of which of several instances. */
const said = (mark) =>
  `${mark.instance === undefined ? '' : `instance ${mark.instance}: `}${KINDS[mark.kind].words(mark)}`;

/**
 * The marks of a time span, times in seconds since 1970; those of one kind that are close together
 * are one, with several scripts. With several instances, each mark names its own.
 */
export function marksWithin(marks, from, to) {
  const groups = [];
  for (const { kind, at, until, script_id: script, reason, instance } of marks) {
    const begin = Date.parse(at) / 1000;
    const over = until !== null || !LASTING.includes(kind);
    const end = until === null ? (over ? begin : to) : Date.parse(until) / 1000;
    if (!(kind in KINDS) || end < from || begin > to) {
      continue;
    }
    const near = LASTING.includes(kind)
      ? null
      : groups.findLast((group) => group.kind === kind && group.reason === reason && group.instance === instance
        && begin - group.at < (to - from) * APART);
    if (near) {
      near.scripts.push(script);
    } else {
      groups.push({ kind, at: begin, until: end, over, reason, instance, scripts: [script] });
    }
  }
  return groups;
}

/** What happened at about this time; empty if nothing did. */
export function wordsAt(groups, seconds, step) {
  return groups
    .filter(({ at, until }) => at <= seconds + step && until >= seconds)
    .map(said)
    .join('; ');
}

/** Draws the marks over a plot: what lasts as a band, what does not as a line, each with its sign. */
export function drawMarks({ ctx, bbox, valToPos, scales }, groups, { ink, line, band }) {
  const ratio = devicePixelRatio;
  const place = (seconds) =>
    valToPos(Math.min(Math.max(seconds, scales.x.min), scales.x.max), 'x', true);
  ctx.save();
  ctx.font = `bold ${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.setLineDash([2 * ratio, 2 * ratio]);
  ctx.lineWidth = ratio;
  let covered = -Infinity; // where bands overlap, one is drawn
  const signs = {}; // nor are signs drawn over each other
  for (const { kind, at, until } of groups) {
    const left = place(at);
    if (LASTING.includes(kind)) {
      const right = Math.max(left + 2 * ratio, place(until));
      const begin = Math.max(left, covered);
      ctx.globalAlpha = 0.18;
      ctx.fillStyle = band;
      ctx.fillRect(begin, bbox.top, Math.max(0, right - begin), bbox.height);
      ctx.globalAlpha = 1;
      covered = Math.max(covered, right);
    }
    if (left - (signs[kind] ?? -Infinity) < 12 * ratio) {
      continue;
    }
    signs[kind] = left;
    ctx.strokeStyle = line;
    ctx.beginPath();
    ctx.moveTo(left, bbox.top + 12 * ratio);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillStyle = ink;
    ctx.fillText(KINDS[kind].sign, left, bbox.top);
  }
  ctx.restore();
}

/** The signs that the plots show, and what happened in words, latest first. */
export function marksList(groups) {
  if (!groups.length) {
    return nothing;
  }
  const kinds = Object.entries(KINDS).filter(([kind]) => groups.some((group) => group.kind === kind));
  return html`
    <details class="marks">
      <summary>
        ${kinds.map(([kind, { sign, name }]) => html`
          <span data-kind=${kind}><span aria-hidden="true">${sign}</span> ${name} <strong>${howMany(groups, kind)}</strong></span>`)}
      </summary>
      <ol tabindex="0" aria-label="What happened, latest first">
        ${groups.slice(-LISTED).reverse().map((group) => html`
          <li>
            <time title=${fullTime(group.at * 1000)}>${time(group.at * 1000)}</time>
            <span aria-hidden="true">${KINDS[group.kind].sign}</span> ${said(group)}
          </li>`)}
      </ol>
    </details>`;
}

const howMany = (groups, kind) =>
  count(groups.filter((group) => group.kind === kind).reduce((sum, { scripts }) => sum + scripts.length, 0));
