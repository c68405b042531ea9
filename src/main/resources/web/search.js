// Selects the scripts to show: by state, and by number, page or text.

import { gaps, stateWord } from './states.js';

export const FILTERS = {
  all: ['All scripts', () => true],
  problems: ['Needs a look', (script) => ['waiting', 'error'].includes(script.status) || gaps(script) > 0],
  running: ['Running', (script) => ['starting', 'running', 'stopping'].includes(script.status)],
  waiting: ['Waiting', (script) => script.status === 'waiting'],
  completed: ['Completed', (script) => script.status === 'completed'],
  stopped: ['Stopped', (script) => script.status === 'stopped'],
  not_started: ['Not started', (script) => script.status === 'not_started'],
  error: ['In error', (script) => script.status === 'error'],
  failures: ['With failures', (script) => gaps(script) > 0],
};

/** The scripts that match the filter and every word; a number may be a script, a page or part of a text. */
export function found(scripts, filter, query) {
  const words = query.toLowerCase().replace(/(script|page)\s+(?=\d)/g, '$1:').split(/\s+/);
  return scripts
    .filter(FILTERS[filter][1])
    .filter((script) => words.filter(Boolean).every((word) => matches(script, word)));
}

function matches(script, word) {
  const [, kind, digits] = word.match(/^(script:|page:)?([\d,]+)$/) ?? [];
  if (digits === undefined) {
    return text(script).includes(word);
  }
  const number = Number(digits.replaceAll(',', ''));
  const isScript = script.script_id === number;
  const hasPage = script.start_page <= number && number <= script.end_page;
  switch (kind) {
    case 'script:':
      return isScript;
    case 'page:':
      return hasPage;
    default:
      return isScript || hasPage || numbersIn(script.last_error).includes(digits);
  }
}

const text = (script) =>
  `script ${script.script_id} ${stateWord(script)} ${script.last_error ?? ''}`.toLowerCase();

const numbersIn = (error) => error?.match(/\d+/g) ?? [];
