/** A byte string for people: what is not printable ASCII, and `%` itself, as %XX. */
export function printable(byteString: string): string {
  return byteString.replace(
    /[^ -$&-~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
