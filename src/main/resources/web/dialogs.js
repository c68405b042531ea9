// Modal dialogs: one dialog element each, closed by Escape.

import { html, nothing, render } from './lit/lit-html.js';

const open = new Set();
let opened = 0;

/** Redraws the open dialogs, because their data may have changed. */
export function drawDialogs() {
  open.forEach((draw) => draw());
}

/**
 * Opens a dialog, named by its heading.
 *
 * @param view returns its content; called with a function that closes it
 * @return its element, a function that redraws it, and a promise that it has been closed
 */
export function openDialog(name, view) {
  const element = document.createElement('dialog');
  element.className = name;
  document.body.append(element);
  const draw = () => render(view((value) => element.close(value)), element);
  draw();
  const heading = element.querySelector('h2');
  heading.id = `dialog-${++opened}`; // dialogs may lie over each other
  element.setAttribute('aria-labelledby', heading.id);
  open.add(draw);
  const closed = new Promise((resolve) => {
    element.addEventListener('close', () => {
      open.delete(draw);
      element.remove();
      resolve(element.returnValue);
    });
  });
  element.showModal();
  return { element, draw, closed };
}

/**
 * Loads what a dialog shows, at once and then again and again while it is open. An answer that a
 * later request has overtaken is dropped.
 *
 * @param state gets what `load` resolves to, and `failure`: the words of an error, else null
 * @param draw redraws the dialog
 * @return a function that loads again at once
 */
export function keepLoaded(dialog, every, state, load, draw = dialog.draw) {
  let asked = 0;
  let timer;

  async function again() {
    clearTimeout(timer);
    const number = ++asked;
    const news = await load().then(
      (loaded) => ({ ...loaded, failure: null }),
      ({ message }) => ({ failure: message }));
    if (number === asked && dialog.element.open) {
      Object.assign(state, news);
      draw();
      timer = setTimeout(again, every);
    }
  }

  dialog.closed.then(() => clearTimeout(timer));
  again();
  return again;
}

/**
 * Asks for confirmation, and resolves to whether it was given.
 *
 * @param choice content that asks for more, such as a checkbox
 */
export async function confirmed(question, consequence, verb, choice = nothing) {
  const dialog = openDialog('confirm', (close) => html`
    <article>
      <h2>${question}</h2>
      <p>${consequence}</p>
      ${choice}
      <footer>
        <button type="button" class="secondary outline" @click=${() => close('')}>Cancel</button>
        <button type="button" class="danger" @click=${() => close('yes')}>${verb}</button>
      </footer>
    </article>`);
  return (await dialog.closed) === 'yes';
}
