import type { Range } from './digest.ts'

/** What a program of UEFI is in the chain, by its sections and, where they say nothing, by its name. */
export type Role = 'shim' | 'boot-loader' | 'kernel' | 'unified-kernel' | 'driver' | 'program'

export interface EfiImageFact {
  /** Section 3.3 of the PE format: 0x8664 x86-64, 0xaa64 AArch64 … */
  readonly machine: number
  readonly subsystem: number
  readonly role: Role
  /** Bytes. */
  readonly size: number
  /** Of Authenticode, lower-case hex by algorithm; empty where the image is cut off or lies in a firmware volume unsigned. */
  readonly digests: Readonly<Record<string, string>>
  readonly signatures: readonly EfiSignature[]
  /** The table of certificates is announced and cannot be read, or the image ends before what it announces. */
  readonly damaged: boolean
  /** What can be changed and leaves the digest as it is, besides checksum and certificates. */
  readonly uncovered: readonly Range[]
  /** Names of the sections of a unified kernel image. */
  readonly unified: readonly string[]
  /** Text of the section `.sbat`. */
  readonly sbat: string | undefined
}

export interface EfiSignature {
  /** Bytes from the start of the image. */
  readonly offset: number
  readonly length: number
  /** PKCS #7, base64; undefined for entries of other kinds. */
  readonly der: string | undefined
  /** WIN_CERTIFICATE's type. */
  readonly type: number
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.uefi.image': EfiImageFact
    /** An initramfs, or the detached signature of one, by the name of the file. */
    'boot.uefi.initramfs': { readonly isSignature: boolean }
  }
}
