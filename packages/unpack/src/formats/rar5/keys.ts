import { pbkdf2Sync } from 'node:crypto'
import type { Reader } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { derivedKeys } from '../derived-keys.ts'
import { type Passphrase, secretsOf } from '../passphrases.ts'
import { varint } from '../protobuf.ts'

const AES_256 = 0
const FLAG = { check: 1, sumsUnderKey: 2 } as const
const SALT = 16
const VECTOR = 16
const CHECK = 8
const KEY = 32
/** Rounds beyond those of the key: of the key of sums, and of what proves a password. */
const [MORE_FOR_SUMS, MORE_FOR_CHECK] = [16, 32]
/** As a power of two: the archiver writes 15. */
const MOST_ROUNDS = 20
/** Rounds for all passwords and salts of an archive together; an archive has one salt. */
const ROUNDS_TOGETHER = 2 ** 21

/** "Archive encryption header" and "File encryption record" (RAR 5.0 archive format). */
export interface Rar5Encryption {
  readonly rounds: number
  readonly salt: Uint8Array
  /** What only the password gives; undefined where none is kept. */
  readonly check: Uint8Array | undefined
  readonly hasSumsUnderKey: boolean
}

/** What both begin with. `vector` follows in a record of a file, and is absent in a header of an archive. */
export function encryptionOf(
  fields: Reader,
  isFile: boolean,
): { readonly encryption: Rar5Encryption; readonly vector: Uint8Array } | undefined {
  const [version, flags, rounds] = [varint(fields), varint(fields), fields.u8()]
  const salt = Uint8Array.from(fields.take(SALT))
  const vector = Uint8Array.from(fields.take(isFile ? VECTOR : 0))
  const check = (flags & FLAG.check) !== 0 ? Uint8Array.from(fields.take(CHECK)) : undefined
  if (version !== AES_256 || rounds > MOST_ROUNDS) return undefined
  return { encryption: { rounds, salt, check, hasSumsUnderKey: (flags & FLAG.sumsUnderKey) !== 0 }, vector }
}

/** What comes of a password, in hex. */
export interface Rar5Key {
  readonly key: string
  /** Where sums are kept under one. */
  readonly sumKey: string | undefined
}

const derived = derivedKeys<Uint8Array | undefined>()

/** The passwords that were handed in, and what comes of them: a key takes a hundred thousand rounds. */
export class Rar5Keys {
  readonly #passwords: readonly Passphrase[]
  readonly #known = new Map<string, Rar5Key | undefined>()
  #left = ROUNDS_TOGETHER

  constructor(keys: readonly KeyMaterial[]) {
    this.#passwords = keys.flatMap(secretsOf)
  }

  get areThere(): boolean {
    return this.#passwords.length > 0
  }

  /** Undefined where no password is proved to be the one. */
  keyFor(encryption: Rar5Encryption): Rar5Key | undefined {
    const { rounds, salt, check, hasSumsUnderKey } = encryption
    if (!check) return undefined
    const name = `${rounds} ${hasSumsUnderKey} ${hexOf(salt)} ${hexOf(check)}`
    if (!this.#known.has(name)) this.#known.set(name, this.#search(encryption, check))
    return this.#known.get(name)
  }

  #search({ rounds, salt, hasSumsUnderKey }: Rar5Encryption, check: Uint8Array): Rar5Key | undefined {
    const derive = ({ secret, text }: Passphrase, more: number) =>
      derived(secret, `${text.length} ${rounds} ${more} ${hexOf(salt)}`, () => {
        this.#left -= 2 ** rounds
        return this.#left < 0 ? undefined : pbkdf2Sync(text, salt, 2 ** rounds + more, KEY, 'sha256')
      })
    for (const password of this.#passwords) {
      const proof = derive(password, MORE_FOR_CHECK)
      if (!proof || !check.every((byte, at) => byte === folded(proof, at))) continue
      const key = derive(password, 0)
      const sumKey = hasSumsUnderKey ? derive(password, MORE_FOR_SUMS) : undefined
      return key && { key: hexOf(key), sumKey: sumKey && hexOf(sumKey) }
    }
    return undefined
  }
}

/** Every eighth byte of a proof, from `at` on, by exclusive or. */
function folded(proof: Uint8Array, at: number): number {
  let byte = 0
  for (let from = at; from < proof.length; from += CHECK) byte ^= proof[from] as number
  return byte
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
