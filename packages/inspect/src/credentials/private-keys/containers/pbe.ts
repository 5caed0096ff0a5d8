import { createDecipheriv, hash, pbkdf2Sync, scryptSync } from 'node:crypto'
import { DER_OCTETS, DER_SEQUENCE, type DerNode, derAt, derChildren, derOid } from '@messlatte/bytes'
import { pkcs12Key, utf16be } from './pkcs12-kdf.ts'
import { rc2Cbc } from './rc2.ts'

/** Encryption under a passphrase, as an AlgorithmIdentifier names it. */
export interface Protection {
  /** `PBES2 PBKDF2-SHA256 2048 AES-256-CBC`. */
  readonly name: string
  /** Of one try, in tries of md5crypt; undefined for what is not tried. */
  readonly cost: number | undefined
  /** @throws errors of node:crypto where the padding does not fit */
  readonly decrypt: (data: Uint8Array, passphrase: string) => Buffer | undefined
}

const PBES2 = '2a864886f70d01050d'
const PBKDF2 = '2a864886f70d01050c'
const SCRYPT = '2b06010401da47040b'
const SUN_JKS = '2b060104012a02110101'
const SUN_JCEKS = '2b060104012a021301'

const PRFS: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d0207', 'sha1'],
  ['2a864886f70d0208', 'sha224'],
  ['2a864886f70d0209', 'sha256'],
  ['2a864886f70d020a', 'sha384'],
  ['2a864886f70d020b', 'sha512'],
])

const CIPHERS: ReadonlyMap<string, { readonly name: string; readonly bytes: number }> = new Map([
  ['60864801650304' + '0102', { name: 'aes-128-cbc', bytes: 16 }],
  ['60864801650304' + '0116', { name: 'aes-192-cbc', bytes: 24 }],
  ['60864801650304' + '012a', { name: 'aes-256-cbc', bytes: 32 }],
  ['2a864886f70d0307', { name: 'des-ede3-cbc', bytes: 24 }],
])

/** PKCS#12's own (RFC 7292, appendix C): cipher and bytes of the key. */
const PKCS12_PBE: ReadonlyMap<string, { readonly name: string; readonly bytes: number }> = new Map([
  ['2a864886f70d010c0103', { name: 'des-ede3-cbc', bytes: 24 }],
  ['2a864886f70d010c0104', { name: 'des-ede-cbc', bytes: 16 }],
  ['2a864886f70d010c0105', { name: 'rc2-128-cbc', bytes: 16 }],
  ['2a864886f70d010c0106', { name: 'rc2-40-cbc', bytes: 5 }],
])

export const PKCS12_3DES = { name: 'des-ede3-cbc', bytes: 24 } as const

/** PBES1 of PKCS#5 with single DES (RFC 8018, appendix A.3). */
const PBES1: ReadonlyMap<string, string> = new Map([
  ['2a864886f70d010503', 'md5'],
  ['2a864886f70d01050a', 'sha1'],
])

/** Iterations that are one try of md5crypt's work: in one call of OpenSSL, and where each is a call of its own. */
const NATIVE_ITERATIONS = 250
const CALLED_ITERATIONS = 100
/** Blocks of scrypt (N × r × p), likewise. */
const SCRYPT_BLOCKS = 320
/** No tool writes more; a file that asks for more is not worth the time. */
const MOST_ITERATIONS = 20_000_000
const MOST_SCRYPT_MEMORY = 64 * 1024 * 1024

/** What an AlgorithmIdentifier says about encryption; undefined where it is no encryption under a passphrase. */
export function protectionOf(der: Uint8Array, algorithm: DerNode): Protection | undefined {
  const [idNode, parameters] = derChildren(der, algorithm)
  const id = derOid(der, idNode)
  if (id === undefined) return undefined
  if (id === SUN_JKS) return { name: 'Sun JKS key protection', cost: undefined, decrypt: () => undefined }
  if (!parameters || parameters.tag !== DER_SEQUENCE) return undefined
  if (id === PBES2) return pbes2(der, parameters)
  const [saltNode, iterationsNode] = derChildren(der, parameters)
  const salt = octets(der, saltNode)
  const iterations = integer(der, iterationsNode)
  if (!salt || iterations === undefined || iterations < 1) return undefined
  if (id === SUN_JCEKS)
    return { ...untried(`JCEKS PBEWithMD5AndTripleDES ${iterations}`), ...jceks(salt, iterations) }
  const own = PKCS12_PBE.get(id)
  if (own) return pkcs12Pbe(own, salt, iterations)
  const digest = PBES1.get(id)
  if (digest !== undefined) return pbes1(digest, salt, iterations)
  return untried(`algorithm ${id}`)
}

function untried(name: string): Protection {
  return { name, cost: undefined, decrypt: () => undefined }
}

function pbes2(der: Uint8Array, parameters: DerNode): Protection | undefined {
  const [kdf, scheme] = derChildren(der, parameters)
  if (!kdf || !scheme) return undefined
  const [kdfId, kdfParameters] = derChildren(der, kdf)
  const [schemeId, ivNode] = derChildren(der, scheme)
  const cipher = CIPHERS.get(derOid(der, schemeId) ?? '')
  const iv = octets(der, ivNode)
  const kind = derOid(der, kdfId)
  if (!kdfParameters || kind === undefined) return undefined
  if (!cipher || !iv) return untried('PBES2 with another cipher')
  const derive =
    kind === PBKDF2 ? pbkdf2(der, kdfParameters) : kind === SCRYPT ? scrypt(der, kdfParameters) : undefined
  if (!derive) return untried('PBES2 with another derivation')
  return {
    name: `PBES2 ${derive.name} ${cipher.name.toUpperCase()}`,
    cost: derive.cost,
    decrypt: (data, passphrase) => cbc(cipher.name, derive.key(passphrase, cipher.bytes), iv, data),
  }
}

interface Derivation {
  readonly name: string
  readonly cost: number | undefined
  readonly key: (passphrase: string, bytes: number) => Buffer
}

function pbkdf2(der: Uint8Array, parameters: DerNode): Derivation | undefined {
  const [saltNode, iterationsNode, ...more] = derChildren(der, parameters)
  const salt = octets(der, saltNode)
  const iterations = integer(der, iterationsNode)
  if (!salt || iterations === undefined || iterations < 1) return undefined
  const prfNode = more.find(({ tag }) => tag === DER_SEQUENCE)
  const prf = prfNode ? PRFS.get(derOid(der, derChildren(der, prfNode)[0]) ?? '') : 'sha1'
  if (prf === undefined) return undefined
  return {
    name: `PBKDF2-${prf.toUpperCase()} ${iterations}`,
    cost: bounded(iterations, NATIVE_ITERATIONS),
    key: (passphrase, bytes) => pbkdf2Sync(passphrase, salt, iterations, bytes, prf),
  }
}

function scrypt(der: Uint8Array, parameters: DerNode): Derivation | undefined {
  const [saltNode, ...numbers] = derChildren(der, parameters)
  const salt = octets(der, saltNode)
  const [N, r, p] = numbers.map((node) => integer(der, node))
  if (!salt || !N || !r || !p) return undefined
  const memory = 128 * N * r
  return {
    name: `scrypt N=${N} r=${r} p=${p}`,
    cost: memory <= MOST_SCRYPT_MEMORY && p <= 16 ? Math.ceil((N * r * p) / SCRYPT_BLOCKS) : undefined,
    key: (passphrase, bytes) =>
      scryptSync(passphrase, salt, bytes, { N, r, p, maxmem: 2 * MOST_SCRYPT_MEMORY }),
  }
}

/** PKCS#12's own encryption (RFC 7292, appendix B). */
export function pkcs12Pbe(
  { name, bytes }: { readonly name: string; readonly bytes: number },
  salt: Uint8Array,
  iterations: number,
): Protection {
  return {
    name: `PKCS#12 SHA-1 ${iterations} ${name.toUpperCase()}`,
    cost: bounded(iterations, CALLED_ITERATIONS),
    decrypt(data, passphrase) {
      for (const password of bmpPasswords(passphrase)) {
        const key = pkcs12Key('sha1', password, salt, iterations, 1, bytes)
        const iv = pkcs12Key('sha1', password, salt, iterations, 2, 8)
        try {
          if (name.startsWith('rc2')) return rc2Cbc(key, bytes * 8, iv, data)
          // Two keys are three with the first one again.
          return cbc('des-ede3-cbc', bytes === 16 ? Buffer.concat([key, key.subarray(0, 8)]) : key, iv, data)
        } catch {
          // The other form of the empty passphrase may fit.
        }
      }
      return undefined
    },
  }
}

/** With its end; an empty passphrase is written in two ways. */
export function bmpPasswords(passphrase: string): readonly Buffer[] {
  const terminated = utf16be(`${passphrase}\0`)
  return passphrase === '' ? [terminated, Buffer.alloc(0)] : [terminated]
}

function pbes1(digest: string, salt: Uint8Array, iterations: number): Protection {
  return {
    name: `PBES1 ${digest.toUpperCase()} ${iterations} DES-CBC`,
    cost: bounded(iterations, CALLED_ITERATIONS),
    decrypt(data, passphrase) {
      let derived = hash(digest, Buffer.concat([Buffer.from(passphrase), salt]), 'buffer')
      for (let i = 1; i < iterations; i++) derived = hash(digest, derived, 'buffer')
      const des = derived.subarray(0, 8)
      return cbc('des-ede3-cbc', Buffer.concat([des, des, des]), derived.subarray(8, 16), data)
    },
  }
}

/** Sun's own: each half of the salt is hashed with the passphrase again and again; what both give is key and IV. */
function jceks(salt: Uint8Array, iterations: number): Omit<Protection, 'name'> {
  return {
    cost: salt.length === 8 ? bounded(2 * iterations, CALLED_ITERATIONS) : undefined,
    decrypt(data, passphrase) {
      const halves = [Buffer.from(salt.subarray(0, 4)), Buffer.from(salt.subarray(4, 8))]
      const password = Buffer.from(passphrase)
      const [first, second] = halves as [Buffer, Buffer]
      if (first.equals(second)) first.reverse()
      const both = Buffer.concat(
        [first, second].map((half) => {
          let derived: Buffer = half
          for (let i = 0; i < iterations; i++)
            derived = hash('md5', Buffer.concat([derived, password]), 'buffer')
          return derived
        }),
      )
      return cbc('des-ede3-cbc', both.subarray(0, 24), both.subarray(24, 32), data)
    },
  }
}

function bounded(iterations: number, each: number): number | undefined {
  return iterations <= MOST_ITERATIONS ? Math.ceil(iterations / each) : undefined
}

function cbc(name: string, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer {
  const decipher = createDecipheriv(name, key, iv)
  return Buffer.concat([decipher.update(data), decipher.final()])
}

/** The parts of an EncryptedPrivateKeyInfo (RFC 5958). */
export function encryptedKeyInfo(
  der: Uint8Array,
):
  | { readonly protection: Protection; readonly data: Uint8Array; readonly algorithm: string | undefined }
  | undefined {
  const whole = derAt(der, 0)
  if (whole?.tag !== DER_SEQUENCE || whole.end !== der.length) return undefined
  const [algorithm, content, ...more] = derChildren(der, whole)
  if (algorithm?.tag !== DER_SEQUENCE || content?.tag !== DER_OCTETS || more.length > 0) return undefined
  const protection = protectionOf(der, algorithm)
  if (!protection || content.end - content.at < 16) return undefined
  return {
    protection,
    data: der.subarray(content.at, content.end),
    algorithm: derOid(der, derChildren(der, algorithm)[0]),
  }
}

export function octets(der: Uint8Array, node: DerNode | undefined): Uint8Array | undefined {
  return node?.tag === DER_OCTETS ? der.subarray(node.at, node.end) : undefined
}

const INTEGER = 0x02

/** A small number; undefined for what is none or has more than six bytes. */
export function integer(der: Uint8Array, node: DerNode | undefined): number | undefined {
  if (node?.tag !== INTEGER || node.end - node.at > 6 || node.end === node.at) return undefined
  return Buffer.from(der.subarray(node.at, node.end)).readUIntBE(0, node.end - node.at)
}
