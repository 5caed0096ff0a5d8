import { fieldsOf, type WireField } from '@messlatte/unpack'
import type { BootValidation, PacketFact } from './facts.ts'

/** Bytes: real ones have 150, and a signature for each start at most 64 more. */
export const MAX_PACKET = 4096
const TYPES = 5
const HASH_TYPES = 5
const MAX_LISTED = 16

type Fields = ReadonlyMap<number, readonly WireField[]>

/**
 * An init packet, or undefined for bytes that are none; nRF5 SDK 17.1, dfu-cc.proto. Every field has to be one that the
 * description knows, of its type.
 */
export function parsePacket(bytes: Uint8Array): PacketFact | undefined {
  try {
    return parse(bytes)
  } catch {
    return undefined
  }
}

function parse(bytes: Uint8Array): PacketFact | undefined {
  const packet = fields(bytes, { 1: 'bytes', 2: 'bytes' })
  const bare = packet && blob(packet, 1)
  const signed = packet && blob(packet, 2)
  if (!packet || (bare === undefined) === (signed === undefined)) return undefined
  if (bare) return ofCommand(bare, undefined)
  const outer = signed && fields(signed, { 1: 'bytes', 2: 'number', 3: 'bytes' })
  const [command, value] = [outer && blob(outer, 1), outer && blob(outer, 3)]
  if (!outer || !command || !value) return undefined
  return ofCommand(command, { type: number(outer, 2) ?? 0, value: hex(value) })
}

function ofCommand(bytes: Uint8Array, signature: PacketFact['signature']): PacketFact | undefined {
  const command = fields(bytes, { 1: 'number', 2: 'bytes' })
  const init = command && number(command, 1) === 1 ? blob(command, 2) : undefined
  const known = init && fields(init, INIT)
  const hash = known && blob(known, 8)
  const digest = hash && fields(hash, { 1: 'number', 2: 'bytes' })
  const value = digest && blob(digest, 2)
  if (!init || !known || !digest || !value) return undefined
  const [type, hashType] = [number(known, 4) ?? 0, number(digest, 1) ?? 0]
  if (type >= TYPES || hashType >= HASH_TYPES) return undefined
  return {
    command: Buffer.from(init).toString('base64'),
    signature,
    firmwareVersion: number(known, 1),
    hardwareVersion: number(known, 2),
    softdevices: softdevices(known),
    type,
    hashType,
    hash: Buffer.from(value).reverse().toString('hex'),
    isDebug: (number(known, 9) ?? 0) !== 0,
    validations: validations(known),
  }
}

/** Fields of an init command. */
const INIT: Readonly<Record<number, WireField['type'] | 'either'>> = {
  1: 'number',
  2: 'number',
  3: 'either',
  4: 'number',
  5: 'number',
  6: 'number',
  7: 'number',
  8: 'bytes',
  9: 'number',
  10: 'bytes',
}

function fields(
  bytes: Uint8Array,
  known: Readonly<Record<number, WireField['type'] | 'either'>>,
): Fields | undefined {
  const found = new Map<number, WireField[]>()
  for (const field of fieldsOf(bytes)) {
    const type = known[field.number]
    if (type === undefined || (type !== 'either' && type !== field.type)) return undefined
    found.set(field.number, [...(found.get(field.number) ?? []), field])
  }
  return found
}

/** The last of a number counts, as in all of protobuf; a message that stands twice is refused. */
function number(of: Fields, index: number): number | undefined {
  const field = of.get(index)?.at(-1)
  return field?.type === 'number' ? field.value : undefined
}

function blob(of: Fields, index: number): Uint8Array | undefined {
  const all = of.get(index)
  const field = all?.length === 1 ? all[0] : undefined
  return field?.type === 'bytes' ? field.bytes : undefined
}

/** Packed, or one by one. */
function softdevices(of: Fields): readonly number[] {
  const ids = (of.get(3) ?? []).flatMap((field) => (field.type === 'number' ? [field.value] : packed(field)))
  return ids.slice(0, MAX_LISTED)
}

function packed({ bytes }: Extract<WireField, { type: 'bytes' }>): readonly number[] {
  const ids: number[] = []
  let [value, scale] = [0, 1]
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale
    scale *= 128
    if (byte < 0x80) {
      ids.push(value)
      ;[value, scale] = [0, 1]
    }
  }
  return ids
}

function validations(of: Fields): readonly BootValidation[] {
  return (of.get(10) ?? []).slice(0, MAX_LISTED).flatMap((field): readonly BootValidation[] => {
    const one = field.type === 'bytes' ? fields(field.bytes, { 1: 'number', 2: 'bytes' }) : undefined
    return one ? [{ type: number(one, 1) ?? 0, value: hex(blob(one, 2) ?? new Uint8Array()) }] : []
  })
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
