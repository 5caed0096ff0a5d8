/** Names of ECMA-376, 5th edition (transitional), parts 1 and 2, as far as a document of ours needs them. */
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
export const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
export const ROOT_NAMES = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${RELATIONS}"`

/** A4 and its margins, in twentieths of a point. */
export const PAGE = { width: 11_906, height: 16_838, margin: 1_247 } as const

/** Of a page, its margins taken off. */
export function textWidth(landscape: boolean): number {
  return (landscape ? PAGE.height : PAGE.width) - 2 * PAGE.margin
}
