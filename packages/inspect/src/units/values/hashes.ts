import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { PublicValue } from './identity.ts'
import { addressPlus } from './spellings.ts'

/** Something that is hashed, and how it is called. */
export interface HashInput {
  readonly id: string
  readonly bytes: Buffer
}

/** Public values of which two are hashed together. */
const MOST_PAIRED = 4

const ALGORITHMS = ['md5', 'sha1', 'sha256'] as const
/** Addresses next to the one on the label: a unit's other ports. */
const STEPS = [0, 1, -1, 2, -2] as const

/** Digests in the usual spellings of a text. */
export interface Encoded {
  /** `md5 hex of mac-hex` */
  readonly id: string
  readonly text: string
}

/** What makers hash: each public value in its usual spellings, with and without the end of a line, and two of them together. */
export function hashInputs(values: readonly PublicValue[]): readonly HashInput[] {
  const texts = values.flatMap((value) =>
    inputTexts(value).map(([id, text]) => [`${value.name}: ${id}`, text] as const),
  )
  const firsts = values.slice(0, MOST_PAIRED).map((value) => [value.name, plainOf(value)] as const)
  const pairs = firsts.flatMap(([a, left]) =>
    firsts
      .filter(([b]) => a !== b)
      .map(([b, right]) => [`${a} and ${b}, one behind the other`, left + right] as const),
  )
  const raw = values
    .filter(({ kind }) => kind === 'mac')
    .map(({ name, value }) => ({ id: `${name}: six bytes`, bytes: Buffer.from(value, 'hex') }))
  return [
    ...raw,
    ...[...texts, ...pairs].flatMap(([id, text]) => [
      { id, bytes: Buffer.from(text, 'utf8') },
      { id: `${id}, with a line feed`, bytes: Buffer.from(`${text}\n`, 'utf8') },
    ]),
  ]
}

function plainOf({ kind, value }: PublicValue): string {
  return kind === 'mac' ? value : value.trim()
}

function inputTexts({ kind, value }: PublicValue): readonly (readonly [string, string])[] {
  if (kind !== 'mac') {
    const text = value.trim()
    return once([
      ['as it is', text],
      ['upper case', text.toUpperCase()],
      ['lower case', text.toLowerCase()],
    ])
  }
  return STEPS.flatMap((step) => {
    const mac = addressPlus(value, step)
    if (mac === undefined) return []
    const pairs = mac.match(/../g) ?? []
    const at = step === 0 ? '' : ` ${step > 0 ? '+' : '-'}${Math.abs(step)}`
    const forms: readonly (readonly [string, string])[] = [
      [`12 digits${at}`, mac],
      [`with colons${at}`, pairs.join(':')],
      [`with hyphens${at}`, pairs.join('-')],
      [`last 6 digits${at}`, mac.slice(6)],
    ]
    return once(
      forms.flatMap(([id, text]) => [
        [`${id}, upper case`, text],
        [`${id}, lower case`, text.toLowerCase()],
      ]),
    )
  })
}

function once(forms: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return [
    ...new Map(forms.toReversed().map(([id, text]) => [text, [id, text] as const])).values(),
  ].toReversed()
}

const DIGITS = '0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
/** Sets into which makers map the bytes of a digest, by the rest of a division. */
const SETS: readonly (readonly [string, string])[] = [
  ['0-9', DIGITS],
  ['a-z', LOWER],
  ['A-Z', UPPER],
  ['0-9a-z', DIGITS + LOWER],
  ['0-9A-Z', DIGITS + UPPER],
  ['a-z0-9', LOWER + DIGITS],
  ['A-Z0-9', UPPER + DIGITS],
  ['0-9A-Za-z', DIGITS + UPPER + LOWER],
  ['0-9a-zA-Z', DIGITS + LOWER + UPPER],
  ['A-Za-z0-9', UPPER + LOWER + DIGITS],
  ['a-zA-Z0-9', LOWER + UPPER + DIGITS],
]
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A way to write a digest. */
export interface Encoding {
  readonly id: string
  /** Characters that it may give, or some that stand for them. */
  readonly characters: string
  encode(digest: Buffer): string
}

const ENCODINGS: readonly Encoding[] = [
  { id: 'hexadecimal lower case', characters: '0f', encode: (digest) => digest.toString('hex') },
  {
    id: 'hexadecimal upper case',
    characters: '0F',
    encode: (digest) => digest.toString('hex').toUpperCase(),
  },
  {
    id: 'its decimal digits among the hexadecimal ones',
    characters: '0',
    encode: (digest) => digest.toString('hex').replaceAll(/\D/g, ''),
  },
  {
    id: 'decimal',
    characters: '0',
    encode: (digest) =>
      BigInt(`0x${digest.toString('hex')}`)
        .toString()
        .padStart(10, '0'),
  },
  { id: 'base64', characters: '0zZ', encode: (digest) => digest.toString('base64') },
  { id: 'base64url', characters: '0zZ', encode: (digest) => digest.toString('base64url') },
  { id: 'base32', characters: '2Z', encode: base32 },
  ...SETS.map(([name, set]): Encoding => {
    const table = Buffer.from(Array.from({ length: 256 }, (_, byte) => set.charCodeAt(byte % set.length)))
    return {
      id: `each byte modulo ${set.length} into ${name}`,
      characters: set,
      encode: (digest) => Buffer.from(digest.map((byte) => table[byte] as number)).toString('latin1'),
    }
  }),
]

/** The encodings that could give secrets of an alphabet. */
export function encodingsFor(fits: (characters: string) => boolean): readonly Encoding[] {
  return ENCODINGS.filter(({ characters }) => fits(characters))
}

/** The digests of one input, as texts that a secret could be a part of. */
export function* digestsOf(input: HashInput, encodings: readonly Encoding[]): Generator<Encoded> {
  for (const algorithm of ALGORITHMS) {
    const digest = hash(algorithm, input.bytes, 'buffer')
    for (const { id, encode } of encodings)
      yield { id: `${algorithm} of ${input.id}, ${id}`, text: encode(digest) }
  }
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(input.bytes))
  for (const { id, encode } of encodings) yield { id: `crc32 of ${input.id}, ${id}`, text: encode(sum) }
}

/** RFC 4648, section 6, without padding. */
function base32(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32[(held >> bits) & 31]
    }
  }
  return text
}
