import {
  type Bytes,
  type DerElement,
  DerError,
  DerFields,
  extensionsOf,
  octetsOf,
  oidOf,
  onlyElement,
  readCertificate,
  sizeAt,
  smallInteger,
  TAG,
} from '@messlatte/bytes'

/** A SEQUENCE with a length of two bytes. */
export const MAGIC = '\x30\x82'
const MAX_CERTIFICATE = 16 * 1024
const MAX_COMPONENTS = 16
/** TI's arc of object identifiers, dotted and as it stands in a certificate. */
const OID = '1.3.6.1.4.1.294.1.'
const ARC = Buffer.from('2b06010401822601', 'hex')

const BOOT_SEQUENCE = `${OID}1`
const INTEGRITY = `${OID}2`
const REVISION = `${OID}3`
const ENCRYPTION = `${OID}4`
const DEBUG = `${OID}8`
const COMBINED = `${OID}9`
const SYSTEM_INTEGRITY = `${OID}34`

export type K3Hash = 'sha224' | 'sha256' | 'sha384' | 'sha512'
const HASHES: Readonly<Record<string, { readonly name: K3Hash; readonly size: number }>> = {
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', size: 32 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', size: 48 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', size: 64 },
  '2.16.840.1.101.3.4.2.4': { name: 'sha224', size: 28 },
}

export interface K3Component {
  /** `image`, or `component-1` of several. */
  readonly name: string
  /** Bytes from the start of the certificate. */
  readonly at: number
  readonly length: number
  readonly hash: K3Hash
  /** As stated. */
  readonly digest: Uint8Array
}

/**
 * A certificate in front of what it vouches for; TI, TISCI documentation, "Security X509 Certificate Documentation"; U-Boot,
 * tools/binman/btool/openssl.py.
 */
export interface TiK3 {
  readonly certificate: Uint8Array
  /** Who reads it: the ROM an image or several, or the system firmware one that a boot loader hands to it. */
  readonly reader: 'rom' | 'rom-combined' | 'system-firmware'
  readonly components: readonly K3Component[]
  readonly encrypted: boolean
  /** Against rollback. */
  readonly revision: number | undefined
  readonly debug: { readonly type: number; readonly anyUnit: boolean } | undefined
  /** Behind the last component, from the start of the certificate. */
  readonly end: number
}

/** Undefined for certificates without TI's extensions, with ones that disagree, and with nothing behind them. */
export function parseTiK3(bytes: Bytes, at: number): TiK3 | undefined {
  const size = at + 8 <= bytes.size ? sizeAt(bytes.view(at, 8)) : undefined
  if (size === undefined || size > MAX_CERTIFICATE || at + size >= bytes.size) return undefined
  const der = bytes.view(at, size)
  if (!Buffer.from(der.buffer, der.byteOffset, der.length).includes(ARC)) return undefined
  try {
    return readTiK3(Uint8Array.from(der))
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

function readTiK3(certificate: Uint8Array): TiK3 | undefined {
  const extensions = new Map(
    extensionsOf(readCertificate(certificate)).map(({ oid, value }) => [oid, value] as const),
  )
  const fieldsOf = (oid: string) => {
    const value = extensions.get(oid)
    return value && new DerFields(onlyElement(value), TAG.sequence)
  }
  const stated = statedOf(fieldsOf)
  if (!stated || stated.parts.length === 0 || stated.parts.some(({ length }) => length === 0))
    return undefined
  const revision = fieldsOf(REVISION)
  const debug = fieldsOf(DEBUG)
  let at = certificate.length
  const components = stated.parts.map((part, index) => {
    const name = stated.reader === 'rom-combined' ? `component-${index + 1}` : 'image'
    const component = { name, at, ...part }
    at += part.length
    return component
  })
  return {
    certificate,
    reader: stated.reader,
    components,
    encrypted: extensions.has(ENCRYPTION),
    revision: revision && smallInteger(revision.take(TAG.integer)),
    debug: debug && readDebug(debug),
    end: at,
  }
}

type Part = Pick<K3Component, 'length' | 'hash' | 'digest'>
type Stated = { readonly reader: TiK3['reader']; readonly parts: readonly Part[] }

function statedOf(fieldsOf: (oid: string) => DerFields | undefined): Stated | undefined {
  const combined = fieldsOf(COMBINED)
  if (combined) {
    const total = smallInteger(combined.take(TAG.integer))
    const count = smallInteger(combined.take(TAG.integer))
    const elements = combined.rest()
    if (elements.length !== count || count > MAX_COMPONENTS) return undefined
    const parts = elements.map(readComponent)
    const sum = parts.reduce((all, part) => all + (part?.length ?? 0), 0)
    const whole = parts.flatMap((part) => part ?? [])
    return whole.length === count && sum === total ? { reader: 'rom-combined', parts: whole } : undefined
  }
  const [sequence, integrity] = [fieldsOf(BOOT_SEQUENCE), fieldsOf(INTEGRITY)]
  if (sequence && integrity) {
    for (let index = 0; index < 3; index++) sequence.take(TAG.integer)
    sequence.take(TAG.octetString)
    return oneImage('rom', integrity, smallInteger(sequence.take(TAG.integer)))
  }
  return oneImage('system-firmware', fieldsOf(SYSTEM_INTEGRITY))
}

function oneImage(
  reader: TiK3['reader'],
  integrity: DerFields | undefined,
  size?: number,
): Stated | undefined {
  const digest = integrity && digestOf(integrity)
  if (!digest) return undefined
  return { reader, parts: [{ ...digest, length: size ?? smallInteger(integrity.take(TAG.integer)) }] }
}

function readComponent(element: DerElement): Part | undefined {
  const fields = new DerFields(element, TAG.sequence)
  for (let index = 0; index < 3; index++) fields.take(TAG.integer)
  fields.take(TAG.octetString)
  const length = smallInteger(fields.take(TAG.integer))
  const digest = digestOf(fields)
  return digest && { ...digest, length }
}

/** A name of a hash, then a digest of its size. */
function digestOf(fields: DerFields): Pick<Part, 'hash' | 'digest'> | undefined {
  const hash = HASHES[oidOf(fields.take(TAG.oid))]
  const digest = octetsOf(fields.take(TAG.octetString))
  return hash?.size === digest.length ? { hash: hash.name, digest } : undefined
}

/** The unit that it is for, then what is opened; a number of zeros stands for every unit. */
function readDebug(fields: DerFields): TiK3['debug'] {
  const unit = octetsOf(fields.take(TAG.octetString))
  return { type: smallInteger(fields.take(TAG.integer)), anyUnit: unit.every((byte) => byte === 0) }
}
