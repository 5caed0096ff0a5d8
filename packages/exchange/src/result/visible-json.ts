const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * Writes control and direction characters as \uXXXX: `--json -` may end on a terminal, and names come from hostile
 * images. A line break is JSON's own layout; inside strings JSON.stringify has escaped it already.
 */
export function escapeInvisible(json: string): string {
  return json.replace(INVISIBLE, (character) => (character === '\n' ? character : escapeUnits(character)))
}

function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('')
}
