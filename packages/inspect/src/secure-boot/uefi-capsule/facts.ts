/** A payload of a firmware management capsule, as far as its signature goes. */
export interface CapsulePayloadFact {
  readonly index: number
  /** GUID of what it is for, upper case. */
  readonly type: string
  /** Undefined where the capsule is not signed. */
  readonly signature: CapsuleSignature | undefined
  /** What edk2 states within what is signed. */
  readonly version: { readonly version: number; readonly lowestVersion: number } | undefined
  /** The bytes end before the payload does. */
  readonly cut: boolean
}

export interface CapsuleSignature {
  /** Bytes from the start of the capsule. */
  readonly offset: number
  readonly length: number
  /** PKCS #7, base64; undefined where it is too large. */
  readonly der: string | undefined
  /** Of payload and count, lower-case hex by algorithm. */
  readonly digests: Readonly<Record<string, string>>
  readonly monotonicCount: string
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.uefi.capsule': CapsulePayloadFact
    /** A certificate in firmware that takes capsules: base64. */
    'boot.uefi.capsule-key': { readonly der: string; readonly sha256: string; readonly kept: string }
  }
}
