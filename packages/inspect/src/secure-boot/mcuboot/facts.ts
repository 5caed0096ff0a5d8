export type HashAlgorithm = 'sha256' | 'sha384' | 'sha512'

/** A hash that an image states over its header, body and protected TLVs. */
export interface StatedHash {
  readonly algorithm: HashAlgorithm
  /** Lower-case hex. */
  readonly stated: string
  /** Bytes from the start of the image. */
  readonly offset: number
  readonly length: number
}

export type SignatureType = 'rsa2048-pss' | 'rsa3072-pss' | 'ecdsa' | 'ecdsa224' | 'ed25519'

/** A signature TLV, with what stands before it to tell the key: boot loaders read them in this order. */
export interface SignatureTlv {
  readonly type: SignatureType
  readonly offset: number
  readonly length: number
  /** Base64; of ECDSA in DER, with up to two zeros behind it. */
  readonly value: string
  /** Hex: the hash of the key's DER form. */
  readonly keyHash: string | undefined
  /** Base64: the key itself, in its DER form. */
  readonly publicKey: string | undefined
}

export interface ListedTlv {
  readonly type: number
  readonly name: string
  readonly protected: boolean
  readonly length: number
}

/** Where an encrypted image lies in the clear: what stands before and after its body (base64). */
export interface Surroundings {
  readonly before: string
  readonly after: string
}

/** What the end of a slot records; undefined values were never written, or are none that MCUboot writes. */
export interface SlotTrailer {
  /** Bytes from the start of the image to the magic number at the end. */
  readonly offset: number
  readonly imageOk: 'set' | 'unset' | 'other'
  readonly copyDone: 'set' | 'unset' | 'other'
  readonly swap: 'unset' | 'none' | 'test' | 'permanent' | 'revert' | 'fail' | 'other'
}

export interface McubootFact {
  readonly version: string
  readonly endian: 'little' | 'big'
  readonly encrypted: boolean
  readonly compressed: boolean
  readonly bootable: boolean
  /** The bytes end before the image does. */
  readonly cut: boolean
  readonly bodyLength: number
  readonly hashes: readonly StatedHash[]
  /** Lower-case hex, over the stored bytes. */
  readonly digests: Readonly<Record<string, string>>
  /** The signature is made over the bytes themselves, and there is no hash. */
  readonly pure: boolean
  /** Base64: those bytes, where they are needed and not too many. */
  readonly message: string | undefined
  readonly surroundings: Surroundings | undefined
  readonly signatures: readonly SignatureTlv[]
  readonly counter: { readonly value: number; readonly protected: boolean } | undefined
  readonly dependencies: readonly {
    readonly image: number
    readonly version: string
    readonly protected: boolean
  }[]
  readonly tlvs: readonly ListedTlv[]
  readonly slot: SlotTrailer | undefined
}

/** A public key in the DER form in which MCUboot carries its keys. */
export interface AnchorFact {
  /** Base64. */
  readonly der: string
  readonly spki: string
  readonly spkiSha256: string
  /** A sentence of MCUboot stands in the same bytes. */
  readonly isLoader: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.mcuboot.image': McubootFact
    'boot.mcuboot.key': AnchorFact
    /** The body of an encrypted image, as the unpacker shows it: in the clear, if a key was handed in. */
    'boot.mcuboot.body': { readonly size: number }
  }
}
