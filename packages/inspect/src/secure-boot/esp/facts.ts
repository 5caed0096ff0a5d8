/** Algorithms of a block of secure boot 2. */
export type BlockAlgorithm = 'rsa-3072-pss' | 'ecdsa-p192' | 'ecdsa-p256' | 'ecdsa-p384'

/** A public key that lies in a block. */
export interface BlockKey {
  /** SHA-256 (hex) of the key as it stands in the block: what the fuses of the chip hold. */
  readonly fuseDigest: string
  readonly spkiSha256: string
}

/** Why a block does not vouch for the image. */
export type BlockFault = 'checksum' | 'digest' | 'key' | 'constants' | 'signature' | 'unknown-algorithm'

/** A signature block of secure boot 2, verified with the key that lies in it. */
export interface BlockFact {
  /** 0 to 2. */
  readonly index: number
  /** Bytes from the start of the image. */
  readonly offset: number
  readonly length: number
  readonly algorithm: BlockAlgorithm | undefined
  /** Digests over the image and its padding, lower-case hex. */
  readonly stated: string
  readonly computed: string
  readonly key: BlockKey | undefined
  /** Undefined where the signature verifies. */
  readonly fault: BlockFault | undefined
}

/** A signature of secure boot 1: ECDSA P-256 over SHA-256; its key does not travel with it. */
export interface V1Fact {
  readonly offset: number
  readonly length: number
  /** SHA-256 (hex) of all before it. */
  readonly digest: string
  /** r and s, big endian, hex. */
  readonly signature: string
}

/** What ESP-IDF compiles in for one configuration only, by the sentence that it prints. */
export type Trace =
  | 'boot-loader'
  | 'enables-secure-boot-1'
  | 'enables-secure-boot-2'
  | 'enables-flash-encryption'
  | 'app-expects-secure-boot'
  | 'app-takes-key-from-fuses'
  | 'app-takes-key-from-itself'
  | 'app-checks-secure-version'

export interface EspImageFact {
  readonly family: 'esp8266' | 'esp32'
  readonly chip: string | undefined
  readonly role: 'app' | 'boot-loader' | 'unknown'
  readonly project: string
  readonly version: string
  readonly idfVersion: string
  /** Undefined where the image has no descriptor of an application. */
  readonly secureVersion: number | undefined
  /** The image or its signature sector ends too early. */
  readonly cut: 'image' | 'signature' | undefined
  /** Whether what lies at its end matches; undefined where there is no such thing, or not all is there. */
  readonly checksum: boolean | undefined
  readonly hash: boolean | undefined
  readonly crc: boolean | undefined
  readonly blocks: readonly BlockFact[]
  readonly v1: V1Fact | undefined
  readonly traces: readonly Trace[]
  /** Points on P-256 that lie in it (x and y, big endian, hex): keys of secure boot 1 are linked in like that. */
  readonly points: readonly string[]
}

export interface EspRow {
  /** Printable. */
  readonly label: string
  readonly type: number
  readonly subtype: number
  /** Bytes, from the start of the flash. */
  readonly offset: number
  readonly size: number
  readonly encrypted: boolean
  /** What lies there; undefined where the flash is not at hand. */
  readonly content: 'image' | 'erased' | 'opaque' | 'other' | undefined
  /** Bytes from the start of the table; undefined like `content`. */
  readonly at: number | undefined
}

export interface EspTableFact {
  readonly rows: readonly EspRow[]
  /** Undefined where the table has no MD5. */
  readonly md5: boolean | undefined
}

/** A flash whose boot loader and table cannot be read as they are. */
export type EspEncryptedFact = Record<string, never>

/** What a key of flash encryption opened; its place is a member of the flash. */
export interface EspOpenedFact {
  readonly scheme: string
  readonly tableEncrypted: boolean
  /** Bytes from the start of the flash. */
  readonly tableAt: number
  readonly rows: readonly EspRow[]
  readonly md5: boolean | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.esp.image': EspImageFact
    'boot.esp.table': EspTableFact
    'boot.esp.encrypted-flash': EspEncryptedFact
    'boot.esp.opened': EspOpenedFact
  }
}
