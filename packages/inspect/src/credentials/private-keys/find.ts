import type { Bytes } from '@messlatte/bytes'
import type { Artefact } from '../../contract.ts'
import { PEM_LITERAL } from './pem.ts'
import { type FoundKey, readDer, readDropbear, readPem, readSshLine } from './read.ts'

export interface PlacedFind {
  readonly offset: number
  readonly key: FoundKey
}

/** A byte string that stands in something worth reading. */
interface Mark {
  readonly literal: string
  /** Bytes from the start of the key to the literal. */
  readonly leads: readonly number[]
  readonly read: (bytes: Bytes, offset: number) => FoundKey | undefined
}

/** Bytes from the start of a PKCS#1 key of 1024, 1536, 2048, 3072 and 4096 bits to its public exponent. */
const PKCS1_LEADS = [128, 192, 256, 384, 512].map((modulus) => (modulus < 256 ? 11 : 12) + modulus)
/** What PKCS#8 puts before a PKCS#1 key. */
const PKCS8_HEADER = 26

// All checks share one scan, and it is slow on byte strings that begin with usual bytes of programs: so few literals, of
// rare bytes, even where they stand far from the start.
const MARKS: readonly Mark[] = [
  { literal: PEM_LITERAL, leads: [0], read: readPem },
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
  ...['ssh-rsa\0\0\0', 'ssh-ed25519\0\0\0@', 'ecdsa-sha2-nistp'].map(
    (literal): Mark => ({ literal, leads: [4], read: readDropbear }),
  ),
  ...['ssh-rsa AAAA', 'ssh-ed25519 AAAA', 'ecdsa-sha2-nistp'].map(
    (literal): Mark => ({ literal, leads: [0], read: readSshLine }),
  ),
]

function der(kind: 'pkcs1' | 'sec1' | 'pkcs8', hex: string, ...leads: readonly number[]): Mark {
  const literal = Buffer.from(hex, 'hex').toString('latin1')
  return { literal, leads, read: (bytes, at) => readDer(bytes, at, [kind]) }
}

/** What the shared scanner looks for. */
export const KEY_LITERALS: readonly string[] = [...new Set(MARKS.map(({ literal }) => literal))]

/** So many keys of one file are read; a bundle of authorities has some 150. */
const MOST_KEYS = 2000

export interface Finds {
  readonly finds: readonly PlacedFind[]
  /** True where more marks stand in the file than were followed. */
  readonly cut: boolean
}

/** Everything in a file that is a key or a certificate; what lies inside of one that was found is part of it. */
export function findKeys(artefact: Artefact): Finds {
  const finds: PlacedFind[] = []
  let end = 0
  function take(offset: number, key: FoundKey | undefined): void {
    if (!key) return
    finds.push({ offset, key })
    end = offset + key.length
  }

  const whole = readDer(artefact.bytes, 0, ['pkcs8', 'pkcs1', 'sec1', 'certificate'])
  if (whole?.length === artefact.bytes.size) take(0, whole)
  for (const { literal, offset } of artefact.hits) {
    if (finds.length >= MOST_KEYS) return { finds, cut: true }
    for (const { leads, read } of MARKS.filter((mark) => mark.literal === literal)) {
      for (const start of leads.map((lead) => offset - lead)) {
        if (start >= end) take(start, read(artefact.bytes, start))
      }
    }
  }
  return { finds, cut: false }
}
