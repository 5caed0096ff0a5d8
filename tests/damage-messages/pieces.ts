/** What is fixed, or a place: of a number, of a name or other text that no reader wrote, of a sentence that was said elsewhere. */
export type Piece = string | { readonly place: 'number' | 'name' | 'message' }
export type Pieces = readonly Piece[]

export const NUMBER: Pieces = [{ place: 'number' }]
export const NAME: Pieces = [{ place: 'name' }]
export const MESSAGE: Pieces = [{ place: 'message' }]

/** With its places as `{1}`, `{name}`, `{message}`; undefined where nothing is fixed. */
export function templateOf(pieces: Pieces): string | undefined {
  const counts = { number: 0, name: 0, message: 0 }
  const text = pieces.map((piece) => {
    if (typeof piece === 'string') return piece
    const count = ++counts[piece.place]
    if (piece.place === 'number') return `{${count}}`
    return count === 1 ? `{${piece.place}}` : `{${piece.place}${count}}`
  })
  return pieces.every((piece) => typeof piece !== 'string' || piece === '') ? undefined : text.join('')
}

/** Whether it is more than a name: words with a space between them. */
export function isProse(pieces: Pieces): boolean {
  return pieces.some((piece) => typeof piece === 'string' && /[a-z] [a-z]/.test(piece))
}

/** Each once. */
export function distinct(all: readonly Pieces[]): readonly Pieces[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}
