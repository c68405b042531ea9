// What the page shows, in its address: the filter, the search and the open dialog, for reload and Back.

const routes = new Map();
let current = null;
let returning = null;

/** A value in the address; empty if there is none. */
export const shown = (name) => new URLSearchParams(location.search).get(name) ?? '';

/**
 * Changes values in the address; an empty one is removed.
 *
 * @param adds whether Back returns to what was shown before
 */
export function show(values, adds = false) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      query.set(name, value);
    } else {
      query.delete(name);
    }
  }
  const text = query.toString();
  const address = location.pathname + (text ? `?${text}` : '') + location.hash;
  history[adds ? 'pushState' : 'replaceState']({ ours: adds || history.state?.ours }, '', address);
}

/**
 * Registers a kind of dialog that the address can name, as open=logs&of=5.
 *
 * @param open opens it for a subject, and returns it as openDialog does
 */
export function route(kind, open) {
  routes.set(kind, open);
}

/** Opens a dialog, and names it in the address. */
export function openAt(kind, of) {
  if (returning) { // the step back of the last dialog is still to come
    returning.then(() => openAt(kind, of));
    return;
  }
  show({ open: kind, of: String(of) }, true);
  follow();
}

/** Opens and closes dialogs as the address says; called once, and after Back and Forward. */
export function follow() {
  const kind = shown('open');
  const of = shown('of');
  if (current && current.kind === kind && current.of === of) {
    return;
  }
  const before = current;
  current = null;
  before?.dialog.element.close();
  if (routes.has(kind)) {
    const opened = { kind, of, dialog: routes.get(kind)(of) };
    current = opened;
    opened.dialog.closed.then(() => left(opened));
  }
}

/** The user has closed the dialog: what was opened from this page is one step back. */
function left(dialog) {
  if (current !== dialog) {
    return;
  }
  current = null;
  if (history.state?.ours) {
    returning = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
    returning.then(() => { returning = null; });
    history.back();
  } else {
    show({ open: '', of: '', reason: '' });
  }
}

addEventListener('popstate', follow);
