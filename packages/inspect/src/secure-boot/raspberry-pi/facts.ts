/** A signature file: `boot.sig`, `bootconf.sig`; rpi-eeprom, rpi-eeprom-digest. */
export interface SigFact {
  /** Lower-case hex, SHA-256 of what is signed. */
  readonly digest: string
  /** Hex, big endian; undefined where only the digest stands. */
  readonly signature: string | undefined
  readonly timestamp: number | undefined
}

/** Boot code of the Raspberry Pi 5, counter-signed by the customer; rpi-eeprom, rpi-sign-bootcode. */
export interface BootcodeFact {
  readonly version: number
  readonly digest: string
  readonly signature: string
  /** Hex, as the OTP's digest is made of it. */
  readonly key: string
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.rpi.sig': SigFact
    /** What a signature file beside it may mean; the place has its SHA-256. */
    'boot.rpi.file': { readonly signedBoot: boolean; readonly isConfiguration: boolean }
    /** pubkey.bin: modulus and exponent, little endian, hex. */
    'boot.rpi.key': { readonly key: string }
    'boot.rpi.bootcode': BootcodeFact
  }
}
