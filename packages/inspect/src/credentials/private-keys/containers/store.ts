import type { KeyContainer } from '../facts.ts'
import type { Opened } from '../passphrases.ts'
import type { KeyRead } from '../read-key.ts'

/** What was tried on something that needs a passphrase. */
export interface TriedProtection {
  readonly name: string
  readonly tried: number
  readonly of: number
}

/** A file that holds several keys and certificates under one passphrase. */
export interface Store {
  readonly kind: KeyContainer
  /** Bytes that it took. */
  readonly length: number
  /** The passphrase that its integrity digest proves. */
  readonly opened: Opened | undefined
  readonly protection: TriedProtection
  readonly keys: readonly KeyRead[]
  /** True where keys may lie in it that were not read. */
  readonly hidden: boolean
}
