// Modal dialogs: one dialog element each, closed by Escape.

import { html, nothing, render } from './lit/lit-html.js';

const open = new Set();

/** Redraws the open dialogs, because their data may have changed. */
export function drawDialogs() {
  open.forEach((draw) => draw());
}

/**
 * Opens a dialog.
 *
 * @param view returns its content; called with a function that closes it
 * @return its element, a function that redraws it, and a promise that it has been closed
 */
export function openDialog(name, view) {
  const element = document.createElement('dialog');
  element.className = name;
  element.setAttribute('aria-labelledby', 'dialog-title');
  document.body.append(element);
  const draw = () => render(view((value) => element.close(value)), element);
  draw();
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
 * Asks for confirmation, and resolves to whether it was given.
 *
 * @param choice content that asks for more, such as a checkbox
 */
export async function confirmed(question, consequence, verb, choice = nothing) {
  const dialog = openDialog('confirm', (close) => html`
    <article>
      <h2 id="dialog-title">${question}</h2>
      <p>${consequence}</p>
      ${choice}
      <footer>
        <button type="button" class="secondary outline" @click=${() => close('')}>Cancel</button>
        <button type="button" class="danger" @click=${() => close('yes')}>${verb}</button>
      </footer>
    </article>`);
  return (await dialog.closed) === 'yes';
}
