/** What spreadsheets take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/**
 * A table as CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, by which they know it, and an apostrophe in front of
 * what they would take for a formula. German ones expect semicolons.
 */
export function* writeCsv(rows: Iterable<readonly string[]>, delimiter: ',' | ';'): Generator<string> {
  yield '\uFEFF'
  for (const cells of rows) yield `${cells.map((cell) => escapeCell(cell, delimiter)).join(delimiter)}\r\n`
}

function escapeCell(cell: string, delimiter: string): string {
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The text behind an apostrophe that `writeCsv` has put there. */
export function withoutApostrophe(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell
}
