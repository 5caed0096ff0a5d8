/** A signature over a digest that was computed from the stored bytes. */
export interface SignedDigest {
  /** Hex: r and s, big endian. */
  readonly signature: string
  /** Lower-case hex, SHA-256. */
  readonly digest: string
  /** Bytes from the start of the file. */
  readonly offset: number
}

/** A key that the device's own key vouches for; UG266, "Certificates". */
export interface SilabsCertificate {
  /** Hex: x and y, big endian. */
  readonly key: string
  readonly version: number
  readonly signed: SignedDigest
}

/** What an application says of itself, and how it is to be verified at each start; application_properties.h. */
export interface ApplicationFact {
  readonly version: number
  readonly check: 'none' | 'crc32' | 'ecdsa-p256' | 'other'
  /** Undefined where it lies elsewhere. */
  readonly signed: SignedDigest | undefined
}

export interface SilabsFact {
  readonly container: 'gbl' | 'ebl'
  readonly encrypted: boolean
  /** The header says that a signature follows. */
  readonly announced: boolean
  /** All is there, and the CRC-32 holds. */
  readonly intact: boolean
  readonly whole: boolean
  /** Version of the application as the file's own tag has it. */
  readonly version: number | undefined
  readonly signed: SignedDigest | undefined
  readonly certificate: SilabsCertificate | undefined
  /** Names of tags behind the signature. */
  readonly behind: readonly string[]
  /** Names of all tags, the same once. */
  readonly tags: readonly string[]
  readonly application: ApplicationFact | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.silabs.file': SilabsFact
    /** A key in a file of manufacturing tokens: x and y, hex, big endian. */
    'boot.silabs.token': { readonly key: string }
  }
}
