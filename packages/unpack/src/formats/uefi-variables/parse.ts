import { type Bytes, Reader } from '@messlatte/bytes'
import { isFilled } from '../filled.ts'
import { GUID_SIZE, guidMagic, guidText, utf16Name } from '../uefi-guid.ts'

/** gEfiVariableGuid and gEfiAuthenticatedVariableGuid of edk2; `$VSS` stands in older stores. */
export const MAGICS = {
  plain: guidMagic('DDCF3616-3275-4164-98B6-FE85707FFE7D'),
  authenticated: guidMagic('AAF32C78-947B-439A-A180-2E144EC37792'),
  vss: '$VSS',
} as const

const IS_FORMATTED = 0x5a
const IS_HEALTHY = 0xfe
const ALIGNMENT = 4
/** Bytes that tell whether nothing was written yet. */
const EMPTY = 16

const START = 0x55aa
/** Longest name that is believed, in bytes; also what was not written at all is beyond it. */
const MOST_NAME = 4096
/** Bytes of a variable's header, by its kind. */
const HEADERS = { plain: 32, authenticated: 60 } as const
type Kind = keyof typeof HEADERS

/** A store of variables, little endian; offsets are those of the source. edk2, VariableFormat.h. */
export interface VariableStore {
  /** Bytes, the header included. */
  readonly size: number
  /** Where the first variable begins. */
  readonly variablesAt: number
  readonly kind: Kind
}

/**
 * `live` is what the firmware sees; `replaced` was about to be written anew when that was cut short, and counts where no
 * live one has its name; `incomplete` was not written to its end.
 */
export type VariableState = 'live' | 'replaced' | 'deleted' | 'incomplete'

/** A variable; offsets are those of the source. */
export interface UefiVariable {
  /** Of the vendor, upper case. */
  readonly guid: string
  /** Byte string of UTF-8. */
  readonly name: string
  readonly state: VariableState
  /** EFI_VARIABLE_…: 1 non-volatile, 2 boot services, 4 runtime, 0x20 authenticated by time. */
  readonly attributes: number
  readonly at: number
  /** Bytes. */
  readonly length: number
  /** Seconds since 1970; of variables that are authenticated by time. */
  readonly time: number | undefined
}

/** The store at `at`, or undefined for what is none. */
export function parseStore(bytes: Bytes, at: number): VariableStore | undefined {
  const kind = kindAt(bytes, at)
  if (!kind) return undefined
  const [magic, header] = kind === 'vss' ? [MAGICS.vss.length, 16] : [GUID_SIZE, 28]
  if (at + header > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, header), 'little', magic)
  const [size, format, state] = [reader.u32(), reader.u8(), reader.u8()]
  if (format !== IS_FORMATTED || state !== IS_HEALTHY || size < header + HEADERS.plain) return undefined
  const variablesAt = at + header
  const end = Math.min(at + size, bytes.size)
  if (kind !== 'vss') {
    // Drivers carry headers of stores that they write when they run: neither variables nor empty flash follow there.
    const empty = isFilled(bytes, variablesAt, Math.min(variablesAt + EMPTY, end), 0xff)
    return empty || parseVariable(bytes, variablesAt, end, kind) ? { size, variablesAt, kind } : undefined
  }
  // The magic does not say which headers the variables have: the first one has to be readable.
  const read = (['plain', 'authenticated'] as const).find((each) =>
    parseVariable(bytes, variablesAt, end, each),
  )
  return read && { size, variablesAt, kind: read }
}

function kindAt(bytes: Bytes, at: number): keyof typeof MAGICS | undefined {
  for (const kind of ['plain', 'authenticated', 'vss'] as const) {
    const magic = MAGICS[kind]
    if (at + magic.length > bytes.size) continue
    if (new Reader(bytes.view(at, magic.length), 'little').latin1(magic.length) === magic) return kind
  }
  return undefined
}

/** What a store holds. */
export interface StoreContent {
  readonly variables: readonly UefiVariable[]
  /** Where they end: behind it nothing was written in a whole store. */
  readonly end: number
}

/** All variables of the store at `at`, those that count no more included; undefined where there is no store. */
export function parseUefiVariables(bytes: Bytes, at = 0): StoreContent | undefined {
  const store = parseStore(bytes, at)
  if (!store) return undefined
  const end = Math.min(at + store.size, bytes.size)
  const variables: UefiVariable[] = []
  let next = store.variablesAt
  for (;;) {
    const found = parseVariable(bytes, next, end, store.kind)
    if (!found) return { variables, end: Math.min(next, end) }
    variables.push(found.variable)
    next = Math.ceil((found.end - at) / ALIGNMENT) * ALIGNMENT + at
  }
}

/** The variable at `at`; its content may go on behind `end`, where the store is cut off. */
function parseVariable(
  bytes: Bytes,
  at: number,
  end: number,
  kind: Kind,
): { readonly variable: UefiVariable; readonly end: number } | undefined {
  const header = HEADERS[kind]
  if (at + header > end) return undefined
  const reader = new Reader(bytes.view(at, header), 'little')
  if (reader.u16() !== START) return undefined
  const [stored, , attributes] = [reader.u8(), reader.u8(), reader.u32()]
  let time: number | undefined
  if (kind === 'authenticated') {
    reader.skip(8)
    time = timeOf(reader)
    reader.skip(4)
  }
  const [nameSize, length] = [reader.u32(), reader.u32()]
  const guid = guidText(reader.take(GUID_SIZE))
  if (nameSize < 2 || nameSize > MOST_NAME || nameSize % 2 !== 0 || at + header + nameSize > end)
    return undefined
  const name = utf16Name(bytes.view(at + header, nameSize))
  const contentAt = at + header + nameSize
  const state = stateOf(stored)
  return { variable: { guid, name, state, attributes, at: contentAt, length, time }, end: contentAt + length }
}

/** Flash only clears bits: 0x80 says that the header is written, 0x40 that all is, 2 and 1 take that back. */
function stateOf(stored: number): VariableState {
  if (stored & 0xc0) return 'incomplete'
  if (!(stored & 0x02)) return 'deleted'
  return stored & 0x01 ? 'live' : 'replaced'
}

/** EFI_TIME: 16 bytes; undefined where it is zeros. */
function timeOf(reader: Reader): number | undefined {
  const [year, month, day, hour, minute, second] = [reader.u16(), ...reader.take(6)]
  reader.skip(8)
  if (!year || !month || year < 1970) return undefined
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000
}
