import { createHash } from 'node:crypto'
import { Reader } from '@messlatte/bytes'
import { GUID_SIZE, guidMagic, guidText } from '@messlatte/unpack'
import type { ListName, UpdateCandidate } from './facts.ts'
import { VENDORS } from './names.ts'

/** EFI_VARIABLE_AUTHENTICATION_2 and the data behind it, little endian. UEFI 2.10, section 8.2.6. */
export interface SignedUpdate {
  readonly time: string
  /** Bytes from the start. */
  readonly signatureAt: number
  readonly signature: Uint8Array
  readonly dataAt: number
  readonly candidates: readonly UpdateCandidate[]
}

const TIME = 16
const CERTIFICATE = 24
const REVISION = 0x0200
const IS_GUID_CERTIFICATE = 0x0ef1
const PKCS7 = '4AAFD29D-68DF-49EE-8AA9-347D375665A7'
/** Non-volatile, at boot and at run time, authenticated by time; and the same to append. */
const ATTRIBUTES = [0x27, 0x67] as const
const NAMES: readonly ListName[] = ['PK', 'KEK', 'db', 'dbx', 'dbt', 'dbr']
const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const

/** The signed update that these bytes are; undefined for what is none. */
export function readUpdate(bytes: Uint8Array): SignedUpdate | undefined {
  if (bytes.length < TIME + CERTIFICATE) return undefined
  const reader = new Reader(bytes, 'little')
  const time = reader.take(TIME)
  const [length, revision, type] = [reader.u32(), reader.u16(), reader.u16()]
  if (revision !== REVISION || type !== IS_GUID_CERTIFICATE) return undefined
  if (guidText(reader.take(GUID_SIZE)) !== PKCS7) return undefined
  const dataAt = TIME + length
  if (length <= CERTIFICATE || dataAt > bytes.length) return undefined
  const data = bytes.subarray(dataAt)
  return {
    time: timeText(time),
    signatureAt: TIME + CERTIFICATE,
    signature: bytes.subarray(TIME + CERTIFICATE, dataAt),
    dataAt,
    candidates: NAMES.flatMap((name) =>
      ATTRIBUTES.map((attributes) => ({
        name,
        attributes,
        digests: digestsOf(name, attributes, time, data),
      })),
    ),
  }
}

/** What is signed: the name without its NUL, the vendor, the attributes, the time, the data. */
function digestsOf(
  name: ListName,
  attributes: number,
  time: Uint8Array,
  data: Uint8Array,
): Readonly<Record<string, string>> {
  const flags = Buffer.alloc(4)
  flags.writeUInt32LE(attributes)
  const pieces = [
    Buffer.from(name, 'utf16le'),
    Buffer.from(guidMagic(VENDORS[name]), 'latin1'),
    flags,
    time,
    data,
  ]
  return Object.fromEntries(
    ALGORITHMS.map((algorithm) => {
      const hash = createHash(algorithm)
      for (const piece of pieces) hash.update(piece)
      return [algorithm, hash.digest('hex')]
    }),
  )
}

/** EFI_TIME. */
function timeText(time: Uint8Array): string {
  const reader = new Reader(time, 'little')
  const parts = [reader.u16(), ...reader.take(5)]
  const [year, ...rest] = parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0'))
  const [month, day, ...clock] = rest
  return `${year}-${month}-${day}T${clock.join(':')}`
}
