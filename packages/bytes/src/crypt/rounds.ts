import { type Core, lazyCore } from '../cores/core.ts'
import { wasm } from '../cores/rounds.wasm.ts'

export type RoundsDigest = 'md5' | 'sha256' | 'sha512'

/** What one password brings into the rounds of md5crypt or sha-crypt. */
export interface RoundsLane {
  /** The digest before the first round. */
  readonly digest: Uint8Array
  /** The password as the rounds mix it in; at most MOST_ROUNDS_PASSWORD bytes. */
  readonly password: Uint8Array
  /** The salt as the rounds mix it in; at most 16 bytes. */
  readonly salt: Uint8Array
}

export const MOST_ROUNDS_PASSWORD = 96

/** So many passwords are computed in the time of one. */
export const ROUNDS_LANES: Readonly<Record<RoundsDigest, number>> = { md5: 4, sha256: 4, sha512: 2 }

interface RoundsExports {
  md5(rounds: number): void
  sha256(rounds: number): void
  sha512(rounds: number): void
}

const core = lazyCore<RoundsExports>(wasm)

const DIGEST = 16_384
const HOLES = 17_408
const TEMPLATES = 20_480
const STRIDE = 1024
/** Least common multiple of 2, 3 and 7, by which the rounds choose. */
const PERIOD = 42
const VECTOR = 16

interface Shape {
  readonly word: 4 | 8
  readonly big: boolean
  readonly digest: number
}

const SHAPES: Readonly<Record<RoundsDigest, Shape>> = {
  md5: { word: 4, big: false, digest: 16 },
  sha256: { word: 4, big: true, digest: 32 },
  sha512: { word: 8, big: true, digest: 64 },
}

/**
 * The digests after the rounds that md5crypt and sha-crypt have in common: round by round the digest of password, salt and
 * the digest before, in an order that the number of the round tells by 2, 3 and 7.
 * @param lanes at most ROUNDS_LANES of them; passwords of one length, salts of one length
 */
export function cryptRounds(
  algorithm: RoundsDigest,
  lanes: readonly RoundsLane[],
  rounds: number,
): readonly Uint8Array[] {
  const shape = SHAPES[algorithm]
  const [first] = lanes
  if (!first || lanes.length > ROUNDS_LANES[algorithm]) throw new RangeError('too many or no lanes')
  for (const { password, salt } of lanes) {
    if (password.length !== first.password.length || salt.length !== first.salt.length)
      throw new RangeError('lanes of one length are wanted')
    if (password.length > MOST_ROUNDS_PASSWORD || salt.length > 16) throw new RangeError('a lane is too long')
  }
  const used = core()
  const memory = used.memory(TEMPLATES + PERIOD * STRIDE)
  memory.fill(0, TEMPLATES, TEMPLATES + PERIOD * STRIDE)
  lanes.forEach((lane, at) => {
    layOut(memory, lane, at, shape)
    scatter(memory, DIGEST, lane.digest, at, shape)
  })
  holes(used, first, shape)
  used.exports[algorithm](rounds)
  return lanes.map((_, at) => gather(used.memory(0), at, shape))
}

/** Puts the 42 messages of a lane into its column of the vectors, with zeros where the digest will stand. */
function layOut(memory: Uint8Array, { password, salt }: RoundsLane, lane: number, shape: Shape): void {
  for (let template = 0; template < PERIOD; template++) {
    const { length, blocks } = sizes(template, password.length, salt.length, shape)
    const message = new Uint8Array(blocks * 16 * shape.word)
    let at = 0
    const add = (piece: Uint8Array): void => {
      message.set(piece, at)
      at += piece.length
    }
    if (template & 1) add(password)
    else at += shape.digest
    if (template % 3) add(salt)
    if (template % 7) add(password)
    if (template & 1) at += shape.digest
    else add(password)
    message[at] = 0x80
    const bits = length * 8
    const view = new DataView(message.buffer)
    if (shape.big) view.setUint32(message.length - 4, bits)
    else view.setUint32(message.length - 8, bits, true)
    scatter(memory, TEMPLATES + template * STRIDE, message, lane, shape)
  }
}

/** Length of a template's message in bytes, and its blocks of sixteen words. */
function sizes(
  template: number,
  password: number,
  salt: number,
  { word, digest }: Shape,
): { readonly length: number; readonly blocks: number } {
  const length = digest + password + (template % 3 ? salt : 0) + (template % 7 ? password : 0)
  return { length, blocks: Math.ceil((length + 1 + 2 * word) / (16 * word)) }
}

function holes({ exports }: Core<RoundsExports>, { password, salt }: RoundsLane, shape: Shape): void {
  const view = new Uint32Array(exports.memory.buffer, HOLES, 2 * PERIOD)
  for (let template = 0; template < PERIOD; template++) {
    const { length, blocks } = sizes(template, password.length, salt.length, shape)
    view[2 * template] = template & 1 ? length - shape.digest : 0
    view[2 * template + 1] = blocks
  }
}

/** Puts the words of a lane into its column; each word in the byte order of WebAssembly. */
function scatter(
  memory: Uint8Array,
  to: number,
  bytes: Uint8Array,
  lane: number,
  { word, big }: Shape,
): void {
  const from = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const words = new DataView(memory.buffer, to)
  for (let at = 0; at < bytes.length; at += 4) {
    words.setUint32(placeIn(at, lane, word, big), from.getUint32(at, !big), true)
  }
}

function gather(memory: Uint8Array, lane: number, { word, big, digest }: Shape): Uint8Array {
  const from = new DataView(memory.buffer, DIGEST)
  const to = new DataView(new ArrayBuffer(digest))
  for (let at = 0; at < digest; at += 4)
    to.setUint32(at, from.getUint32(placeIn(at, lane, word, big), true), !big)
  return new Uint8Array(to.buffer)
}

/** Where four bytes of a lane lie among the vectors: of a long word, the more significant ones come last. */
function placeIn(at: number, lane: number, word: 4 | 8, big: boolean): number {
  const inWord = at & (word - 1)
  return ((at - inWord) / word) * VECTOR + lane * word + (big ? word - 4 - inWord : inWord)
}
