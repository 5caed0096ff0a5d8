import type { Bytes } from '@messlatte/bytes'
import type { Artefact } from '../../contract.ts'
import { attempt } from './attempt.ts'
import { AGE_LITERAL, readAge } from './containers/age.ts'
import { readBks, readUber } from './containers/bks.ts'
import { JKS_LITERALS, readJks } from './containers/jks.ts'
import { JWK_LITERAL, readJwk } from './containers/jwk.ts'
import { readPgpArmor, readPgpFile } from './containers/pgp.ts'
import { PKCS12_LEAD, PKCS12_LITERAL, readPkcs12 } from './containers/pkcs12.ts'
import { PUTTY_LITERAL, readPutty } from './containers/putty.ts'
import { readRaw } from './containers/raw.ts'
import { readSignify, SIGNIFY_LITERAL } from './containers/signify.ts'
import type { Store } from './containers/store.ts'
import { readWireguard, WIREGUARD_LITERALS } from './containers/wireguard.ts'
import type { KeyEncoding } from './facts.ts'
import type { Tries } from './passphrases.ts'
import { PEM_LITERAL } from './pem.ts'
import {
  type DerKind,
  type FoundKeys,
  readBuriedEd25519,
  readDer,
  readDropbear,
  readPem,
  readSshLine,
} from './read.ts'
import type { KeyRead } from './read-key.ts'

export interface PlacedFind {
  readonly offset: number
  readonly found: FoundKeys
  /** Where the keys come out of one file with one passphrase. */
  readonly store?: Store
}

/** A byte string that stands in something worth reading. */
interface Mark {
  readonly literal: string
  /** Bytes from the start of the key to the literal. */
  readonly leads: readonly number[]
  readonly read: (
    bytes: Bytes,
    offset: number,
    tries: Tries,
  ) => (Omit<PlacedFind, 'offset'> & { readonly offset?: number }) | undefined
}

/** Bytes from the start of a PKCS#1 key of 1024, 1536, 2048, 3072 and 4096 bits to its public exponent. */
const PKCS1_LEADS = [128, 192, 256, 384, 512].map((modulus) => (modulus < 256 ? 11 : 12) + modulus)
/** What PKCS#8 puts before a PKCS#1 key. */
const PKCS8_HEADER = 26

// All checks share one scan, and it is slow on byte strings that begin with usual bytes of programs: so few literals, of
// rare bytes, even where they stand far from the start.
const MARKS: readonly Mark[] = [
  {
    literal: PEM_LITERAL,
    leads: [0],
    read: (bytes, at, tries) => found(readPem(bytes, at, tries)) ?? armored(bytes, at),
  },
  // PKCS#1 (RFC 8017), alone or inside of PKCS#8: the exponent 65537, then a private exponent of 128 bytes and more.
  ...['02030100010281', '02030100010282'].flatMap((exponent) => [
    der('pkcs8', exponent, ...PKCS1_LEADS.map((lead) => lead + PKCS8_HEADER)),
    der('pkcs1', exponent, ...PKCS1_LEADS),
  ]),
  // PKCS#8 (RFC 5958): the algorithm id-ecPublicKey, after a length of one or two bytes.
  der('pkcs8', '2a8648ce3d0201', 10, 9),
  // SEC 1 (RFC 5915): the curve, after the scalar: P-256; P-384 and P-521, with and without the public point.
  der('sec1', 'a00a06082a8648ce3d030107', 39),
  der('sec1', 'a00706052b810400', 56, 55, 74),
  // Ed25519 in PKCS#8 (RFC 8410), alone or with its public half.
  { literal: '+ep\x04"\x04 ', leads: [9], read: (bytes, at) => found(readBuriedEd25519(bytes, at)) },
  ...['ssh-rsa\0\0\0', 'ssh-dss\0\0\0', 'ssh-ed25519\0\0\0@', 'ecdsa-sha2-nistp'].map(
    (literal): Mark => ({ literal, leads: [4], read: (bytes, at) => found(readDropbear(bytes, at)) }),
  ),
  ...['ssh-rsa AAAA', 'ssh-dss AAAA', 'ssh-ed25519 AAAA', 'ecdsa-sha2-nistp'].map(
    (literal): Mark => ({ literal, leads: [0], read: (bytes, at) => found(readSshLine(bytes, at)) }),
  ),
  {
    literal: PKCS12_LITERAL,
    leads: [PKCS12_LEAD],
    read: (bytes, at, tries) => stored(readPkcs12(bytes, at, tries)),
  },
  ...JKS_LITERALS.map(
    (literal): Mark => ({
      literal,
      leads: [0],
      read: (bytes, at, tries) => stored(readJks(bytes, at, tries)),
    }),
  ),
  one(PUTTY_LITERAL, readPutty),
  one(SIGNIFY_LITERAL, readSignify),
  one(AGE_LITERAL, readAge),
  one(JWK_LITERAL, readJwk),
  ...WIREGUARD_LITERALS.map((literal) => one(literal, readWireguard)),
]

function der(kind: DerKind, hex: string, ...leads: readonly number[]): Mark {
  const literal = Buffer.from(hex, 'hex').toString('latin1')
  return { literal, leads, read: (bytes, at, tries) => found(readDer(bytes, at, [kind], tries)) }
}

type One = (
  bytes: Bytes,
  offset: number,
  tries: Tries,
) => (KeyRead & { readonly length: number; readonly offset?: number }) | undefined

function one(literal: string, read: One): Mark {
  return {
    literal,
    leads: [0],
    read(bytes, at, tries) {
      const key = read(bytes, at, tries)
      return key && { found: alone(key, 'text'), ...(key.offset === undefined ? {} : { offset: key.offset }) }
    },
  }
}

function alone(key: KeyRead & { readonly length: number }, encoding: KeyEncoding): FoundKeys {
  return { keys: [key], length: key.length, encoding }
}

function found(keys: FoundKeys | undefined) {
  return keys && { found: keys }
}

function armored(bytes: Bytes, offset: number) {
  const keys = readPgpArmor(bytes, offset)
  return keys && { found: { ...keys, encoding: 'pem' as const } }
}

function stored(store: Store | undefined): Omit<PlacedFind, 'offset'> | undefined {
  return store && { found: { keys: store.keys, length: store.length, encoding: 'binary' }, store }
}

/** What the shared scanner looks for. */
export const KEY_LITERALS: readonly string[] = [...new Set(MARKS.map(({ literal }) => literal))]

/** Files that are worth reading without any literal in them. */
export const KEY_NAMES =
  /(?:\.(?:key|der|pk8|p8|priv|crt|cer|cert|p12|pfx|jks|jceks|keystore|truststore|bks|ubr|uber|gpg|pgp|sk|seed|ed25519|secret|pub)|(?:^|\/)(?:private|public|secret)_?key)$/i

/** So many keys of one file are read; a bundle of authorities has some 150. */
const MOST_KEYS = 2000

const BEGINS_PRIVATE = /^-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/

export interface Finds {
  readonly finds: readonly PlacedFind[]
  /** Offset of the first line that begins a private key, and no key behind it. */
  readonly marker: number | undefined
  /** True where more marks stand in the file than were followed. */
  readonly cut: boolean
}

/** Everything in a file that is a key or a certificate; what lies inside of one that was found is part of it. */
export function findKeys(artefact: Artefact, tries: Tries): Finds {
  const { bytes } = artefact
  const finds: PlacedFind[] = []
  let end = 0
  let marker: number | undefined
  function take(find: PlacedFind | undefined): boolean {
    if (!find) return false
    finds.push(find)
    end = find.offset + find.found.length
    return true
  }

  take(KEY_NAMES.test(artefact.inner) || artefact.root === '' ? wholeFile(artefact, tries) : undefined)
  for (const { literal, offset } of artefact.hits) {
    if (finds.length >= MOST_KEYS) return { finds, marker, cut: true }
    let taken = false
    for (const { leads, read } of MARKS.filter((mark) => mark.literal === literal)) {
      for (const start of leads.map((lead) => offset - lead)) {
        if (start < end || start < 0) continue
        const find = attempt(() => read(bytes, start, tries))
        taken = take(find && { offset: start, ...find }) || taken
      }
    }
    if (!taken && literal === PEM_LITERAL && offset >= end && marker === undefined && begins(bytes, offset))
      marker = offset
  }
  return { finds, marker, cut: false }
}

function begins(bytes: Bytes, offset: number): boolean {
  return BEGINS_PRIVATE.test(
    Buffer.from(bytes.view(offset, Math.min(60, bytes.size - offset))).toString('latin1'),
  )
}

/** A file that is a key or a keystore from its first byte to its last, and says so by nothing. */
function wholeFile(artefact: Artefact, tries: Tries): PlacedFind | undefined {
  const { bytes, name } = artefact
  const der = attempt(() => readDer(bytes, 0, ['pkcs8', 'pkcs1', 'sec1', 'certificate', 'encrypted'], tries))
  if (der?.length === bytes.size) return { offset: 0, found: der }
  const store =
    attempt(() => readPkcs12(bytes, 0, tries)) ??
    attempt(() => readBks(bytes, tries)) ??
    (/\.(?:ubr|uber)$/i.test(name) ? attempt(() => readUber(bytes)) : undefined)
  if (store?.length === bytes.size) return { offset: 0, ...stored(store) } as PlacedFind
  const pgp = attempt(() => readPgpFile(bytes))
  if (pgp) return { offset: 0, found: { ...pgp, encoding: 'binary' } }
  const raw = attempt(() => readRaw(bytes, name))
  return raw && { offset: 0, found: alone(raw, 'binary') }
}
