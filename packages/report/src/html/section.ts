import type { Text } from '@messlatte/model'
import { html, type Markup } from './markup.ts'

/** @param page whoever speaks the language of the page */
export function section(
  page: { say(text: Text): string },
  id: string,
  title: Text,
  content: Markup,
  lead?: string,
): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${page.say(title)}</h2>
${lead === undefined ? undefined : html`<p class="lead">${lead}</p>`}${content}</section>`
}

/**
 * A table that may become a stack on a narrow screen: the roles are written out, because `display: block` would take
 * them away. `titles` are the column headings, repeated beside each cell in the stack.
 */
export function table(
  className: string,
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly (Markup | string)[])[],
): Markup {
  return html`<table class="${className}" role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${titles.map((it) => html`<th role="columnheader" scope="col">${it}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    (cells) =>
      html`<tr role="row">${cells.map((cell, i) =>
        i === 0
          ? html`<th role="rowheader" scope="row">${cell}</th>`
          : html`<td role="cell" data-title="${titles[i] ?? ''}">${cell}</td>`,
      )}</tr>\n`,
  )}</tbody></table>`
}
