import { type Bytes, Reader } from '@messlatte/bytes'
import type { Derivation } from './derive.ts'
import { fieldOf, type Luks, objectOf, readJson, textOf } from './parse.ts'

/** A place in which the key of the volume is kept, encrypted with a key that a passphrase gives. */
export interface Slot {
  readonly derivation: Derivation
  /** Of the key of the slot, in bytes. */
  readonly keyLength: number
  /** Of the key of the volume, in bytes. */
  readonly volumeKeyLength: number
  readonly cipher: string
  /** From the start of the header, in bytes. */
  readonly at: number
  readonly stripes: number
  /** Of the diffuser between stripes. */
  readonly hash: string
}

export interface KeySlots {
  readonly slots: readonly Slot[]
  /** What the key of the volume has to become. */
  readonly digest: { readonly derivation: Derivation; readonly value: Uint8Array }
}

const UNTOLD = 'where its key is kept is not told'
const SLOT_IN_USE = 0x00ac_71f3
const FIRST_SLOTS = 8
const MOST_SLOTS = 32
const MOST_STRIPES = 8192
const MOST_KEY = 512
const UNIT = 512

/** A text says why there are none. LUKS1 On-Disk Format Specification 1.2.3, section 2; LUKS2 On-Disk Format Specification 1.1.3, sections 3.2 and 3.5. */
export function readSlots(bytes: Bytes, start: number, volume: Luks): KeySlots | string {
  return volume.json ? secondSlots(bytes, start, volume) : firstSlots(bytes, start, volume)
}

function firstSlots(bytes: Bytes, start: number, { cipher }: Luks): KeySlots | string {
  const reader = new Reader(bytes.view(start, 592), 'big', 72)
  const hash = textOf(reader.take(32))
  reader.skip(4)
  const keyLength = reader.u32()
  const value = Uint8Array.from(reader.take(20))
  const salt = Uint8Array.from(reader.take(32))
  const iterations = reader.u32()
  reader.skip(40)
  if (!hash) return UNTOLD
  const slots: Slot[] = []
  for (let index = 0; index < FIRST_SLOTS; index++) {
    const used = reader.u32() === SLOT_IN_USE
    const rounds = reader.u32()
    const slotSalt = Uint8Array.from(reader.take(32))
    const [at, stripes] = [reader.u32() * UNIT, reader.u32()]
    if (!used || stripes < 1 || stripes > MOST_STRIPES) continue
    const derivation = { kind: 'pbkdf2', hash, iterations: rounds, salt: slotSalt } as const
    slots.push({ derivation, keyLength, volumeKeyLength: keyLength, cipher, at, stripes, hash })
  }
  return { slots, digest: { derivation: { kind: 'pbkdf2', hash, iterations, salt }, value } }
}

function secondSlots(bytes: Bytes, start: number, { json, segment = '' }: Luks): KeySlots | string {
  const area = json && readJson(bytes, start + json.at, json.length)
  const shape = fieldOf(fieldOf(area, 'segments'), segment)
  if (shape?.integrity !== undefined) return 'its sectors have integrity tags'
  const needs = listOf(fieldOf(fieldOf(area, 'config'), 'requirements')?.mandatory)
  if (needs.length > 0) return `it asks for ${needs.slice(0, 4).map(String).join(', ')}`.slice(0, 200)
  const digests = Object.values(fieldOf(area, 'digests') ?? {}).map((one) => objectOf(one) ?? {})
  const digest = digests.find(({ segments }) => listOf(segments).includes(segment))
  const derivation = digest && derivationOf(digest)
  const value = bytesOf(digest?.digest)
  if (!digest || !derivation || !value) return UNTOLD
  const wanted = listOf(digest.keyslots)
  const slots = Object.entries(fieldOf(area, 'keyslots') ?? {})
    .filter(([id]) => wanted.includes(id))
    .slice(0, MOST_SLOTS)
    .flatMap(([, one]) => slotOf(objectOf(one) ?? {}) ?? [])
  return { slots, digest: { derivation, value } }
}

function slotOf(slot: Readonly<Record<string, unknown>>): Slot | undefined {
  const [area, af, kdf] = ['area', 'af', 'kdf'].map((name) => fieldOf(slot, name) ?? {})
  const derivation = derivationOf(kdf ?? {})
  const { encryption, key_size: keyLength, offset } = area ?? {}
  const { stripes, hash } = af ?? {}
  const at = Number(offset)
  if (slot.type !== 'luks2' || !derivation || typeof encryption !== 'string' || typeof hash !== 'string')
    return undefined
  if (!isCount(keyLength, MOST_KEY) || !isCount(slot.key_size, MOST_KEY)) return undefined
  if (!isCount(stripes, MOST_STRIPES) || !Number.isSafeInteger(at) || at < 0) return undefined
  return { derivation, keyLength, volumeKeyLength: slot.key_size, cipher: encryption, at, stripes, hash }
}

function derivationOf(how: Readonly<Record<string, unknown>>): Derivation | undefined {
  const { type, hash, iterations, time, memory, cpus } = how
  const salt = bytesOf(how.salt)
  if (!salt) return undefined
  if (type === 'pbkdf2' && typeof hash === 'string' && typeof iterations === 'number')
    return { kind: 'pbkdf2', hash, iterations, salt }
  if (type !== 'argon2i' && type !== 'argon2id') return undefined
  if (![time, memory, cpus].every(Number.isSafeInteger)) return undefined
  return { kind: type, passes: time as number, memory: memory as number, lanes: cpus as number, salt }
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most
}

function bytesOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' && value.length <= 1024 ? Buffer.from(value, 'base64') : undefined
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
