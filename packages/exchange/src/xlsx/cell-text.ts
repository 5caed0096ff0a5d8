/**
 * What XML cannot carry, and what looks like the way in which it is written, as `_x000D_` (ECMA-376 part 1, 22.9.2.19,
 * ST_Xstring): such a text comes back as it was.
 */
export function escapeCell(text: string): string {
  return text.replace(
    UNSAFE,
    (found) => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  )
}

export function unescapeCell(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

const LONE = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'
const UNSAFE = new RegExp(`[\\u0000-\\u0008\\u000b-\\u001f\\ufffe\\uffff]|${LONE}|_(?=x[0-9A-Fa-f]{4}_)`, 'g')
