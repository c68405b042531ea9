// How far a script is, with what is done of the page that it works on.

import { count } from './format.js';

/** Of a page whose rows are done, but which is not closed yet. */
const ALMOST = 0.999;

const part = ({ current_page_rows: rows, current_page_done: done, status }) =>
  rows && status !== 'completed' ? Math.min(ALMOST, done / rows) : 0;

/** Pages of a script that are done, the one in work as a fraction. */
export const pagesDone = (script) => Math.min(script.total_pages, script.completed_pages + part(script));

/** Pages of all these scripts that are done. */
export const allDone = (scripts) => scripts.reduce((sum, script) => sum + pagesDone(script), 0);

/** , 45 of 100 rows; empty if the page is not listed. */
export const withinPage = ({ current_page_rows: rows, current_page_done: done }) =>
  rows ? `, ${count(done)} of ${count(rows)} rows` : '';
