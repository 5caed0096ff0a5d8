import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { lazyCore } from '../cores/core.ts'
import { wasm } from '../cores/yescrypt.wasm.ts'

interface YescryptExports {
  fillBoxes(block: number): void
  passes(block: number, bytes: number, memory: number, n: number, loops: number): void
}

const core = lazyCore<YescryptExports>(wasm)

const BLOCK = 16_384
const CHUNK = 64
const KEY = 32
/** From this much work on, a sixty-fourth of it is done before it, so that a server can say no early. */
const PREHASH = { n: 0x100, work: 0x20000 }

/** Memory in bytes that one try takes. */
export function yescryptMemory(n: number, r: number): number {
  return 128 * r * n
}

/**
 * The 32 bytes of yescrypt 1.0 (Peslyak, 2015 to 2018) with its usual flavour (read-write, 182), p = 1, t = 0, and no ROM.
 * @param n a power of two, 4 or more @param r blocks of 128 bytes in a row
 */
export function yescrypt(password: Uint8Array, salt: Uint8Array, n: number, r: number): Uint8Array {
  if (!(n >= 4 && Number.isInteger(Math.log2(n)) && r >= 1)) throw new RangeError('n is a power of two')
  const early = n >= PREHASH.n && n * r >= PREHASH.work && n >> 6 >= 4
  const first = early ? derive(password, salt, n >> 6, r, true) : password
  return derive(first, salt, n, r, false)
}

function derive(password: Uint8Array, salt: Uint8Array, n: number, r: number, early: boolean): Uint8Array {
  const key = hmac(early ? 'yescrypt-prehash' : 'yescrypt', password)
  const bytes = 128 * r
  const block = pbkdf2Sync(key, salt, 1, bytes, 'sha256')
  const { exports, memory } = core()
  const rows = BLOCK + bytes
  const view = memory(rows + yescryptMemory(n, r))
  view.set(diagonals(block, 'to vectors'), BLOCK)
  exports.fillBoxes(BLOCK)
  const last = diagonals(view.slice(rows - CHUNK, rows), 'from vectors')
  const inner = hmac(last, block.subarray(0, KEY))
  exports.passes(BLOCK, bytes, rows, n, loops(n))
  const mixed = diagonals(view.slice(BLOCK, rows), 'from vectors')
  const derived = pbkdf2Sync(inner, mixed, 1, KEY, 'sha256')
  if (early) return derived
  return createHash('sha256').update(hmac(derived, 'Client Key')).digest()
}

/** A third of n, rounded up, and up to an even number. */
function loops(n: number): number {
  const third = Math.floor((n + 2) / 3)
  return third + (third & 1)
}

function hmac(key: string | Uint8Array, data: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

/** The sixteen words of each 64 bytes, between the order of Salsa20 and the one in which its diagonals are vectors. */
function diagonals(bytes: Uint8Array, way: 'to vectors' | 'from vectors'): Uint8Array {
  const result = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += 4) {
    const word = (at >> 2) & 15
    const other = (at & ~63) + ((word * 5) % 16) * 4
    const [from, to] = way === 'to vectors' ? [other, at] : [at, other]
    result.set(bytes.subarray(from, from + 4), to)
  }
  return result
}
