/** Bytes up to which a loop is quicker than a call out of the engine. */
const SHORT = 48

/** Whether all bytes of a view are one; of an empty one they are any. Long views are compared with themselves, one byte on. */
export function consistsOf(view: Uint8Array, byte: number): boolean {
  const looked = Math.min(SHORT, view.length)
  for (let at = 0; at < looked; at++) if (view[at] !== byte) return false
  return view.length <= SHORT || Buffer.compare(view.subarray(1), view.subarray(0, -1)) === 0
}
