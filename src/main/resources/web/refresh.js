// A page's data from the server: loaded every five seconds, and at once after an action.

import { keepKey } from './api.js';

const EVERY = 5_000;

/**
 * @param load loads everything that the page shows
 * @param show called whenever something has changed
 */
export function refresher(load, show) {
  const state = {
    data: null,
    loadedAt: null,
    failure: null,
    failingSince: null,
    needsKey: false,
    keyWasWrong: false,
  };
  let asked = 0;
  let answered = 0;
  let timer;

  async function refresh() {
    clearTimeout(timer);
    const number = ++asked;
    const answer = await load().then(succeeded, failed);
    if (number > answered) { // a later request may have been answered first
      answered = number;
      answer();
      show();
    }
    if (number === asked && !state.needsKey) {
      timer = setTimeout(refresh, EVERY);
    }
  }

  function succeeded(data) {
    return () => Object.assign(state, {
      data,
      loadedAt: new Date(),
      failure: null,
      failingSince: null,
      keyWasWrong: false,
    });
  }

  function failed(error) {
    return () => {
      if (error.status === 401) {
        Object.assign(state, { needsKey: true, failure: null, failingSince: null });
      } else {
        state.failure = error;
        state.failingSince ??= new Date();
      }
    };
  }

  function useKey(key) {
    keepKey(key);
    state.needsKey = false;
    state.keyWasWrong = true; // unless the next response says otherwise
    return refresh();
  }

  return { state, refresh, useKey };
}
