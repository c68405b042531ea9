// The histories of several instances as one.

import { get } from './api.js';

const EVERY = 10_000;
const SPANS = ['hour', 'day'];

let latest = null;
let loadedAt = 0;

/** Loads them through the instance that served the page; one that does not give its own is left out. */
export async function loadHistories(instances) {
  if (Date.now() - loadedAt >= EVERY) {
    const asked = instances
      .filter(({ instance_id: id, data }) => id !== null && data)
      .map(({ instance_id: id }) => get(`api/fleet/${id}/history`).then((history) => [id, history], () => null));
    latest = together((await Promise.all(asked)).filter(Boolean));
    loadedAt = Date.now();
  }
  return latest;
}

/** Rates and failures are added up, response times averaged; a mark names its instance. */
function together(known) {
  if (!known.length) {
    return null;
  }
  const histories = known.map(([, history]) => history);
  return {
    ...Object.fromEntries(SPANS.map((span) => [span, course(histories.map((history) => history[span]))])),
    marks: known
      .flatMap(([instance, { marks }]) => marks.map((mark) => ({ ...mark, instance })))
      .sort((one, other) => Date.parse(one.at) - Date.parse(other.at)),
  };
}

/** Over the steps of the one whose steps end last; steps begin at the same times everywhere. */
function course(courses) {
  const last = courses.reduce((one, other) => (Date.parse(other.from) > Date.parse(one.from) ? other : one));
  const step = last.step_seconds * 1000;
  const at = (one, figure, index) =>
    one[figure][index + Math.round((Date.parse(last.from) - Date.parse(one.from)) / step)] ?? null;
  const each = (figure, join) =>
    last[figure].map((_, index) => {
      const values = courses.map((one) => at(one, figure, index)).filter((value) => value !== null);
      return values.length ? join(values) : null;
    });
  return {
    step_seconds: last.step_seconds,
    from: last.from,
    files_per_second: each('files_per_second', sum),
    failures: each('failures', sum),
    response_seconds: each('response_seconds', (values) => sum(values) / values.length),
  };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
