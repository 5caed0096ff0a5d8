/**
 * Changes a program in place: each change is its length, where it belongs, and the bytes; a length of zero ends them.
 * @returns whether all of them hold
 */
export function patched(program: Buffer, changes: Buffer): boolean {
  for (let at = 0; at + 4 <= changes.length; ) {
    const length = changes.readUInt32LE(at)
    if (length === 0) return at + 4 === changes.length
    if (at + 8 + length > changes.length) return false
    const place = changes.readUInt32LE(at + 4)
    if (place + length > program.length) return false
    changes.copy(program, place, at + 8, at + 8 + length)
    at += 8 + length
  }
  return false
}
