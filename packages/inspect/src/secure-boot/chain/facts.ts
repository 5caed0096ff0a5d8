import type { BootChain, SignatureLevel, Text } from '@messlatte/model'
import type { Place } from '../../contract.ts'

/** What runs, or is read before it runs; in the order in which devices start. */
export const STAGES = [
  'rom',
  'bootloader-first',
  'trusted-firmware',
  'trusted-os',
  'bootloader',
  'configuration',
  'device-tree',
  'kernel',
  'initramfs',
  'root-file-system',
  'modules',
  'files',
  'application',
  'coprocessor',
  'data',
  'update',
] as const
export type Stage = (typeof STAGES)[number]

/** How one stage is tied to the one before it. One line a scheme; names for people are in `names.ts`. */
export const SCHEMES = [
  'allwinner-egon',
  'allwinner-toc0',
  'android-ota',
  'apk-package',
  'apt-repository',
  'authenticode',
  'avb2',
  'aws-iot-job',
  'azure-device-update',
  'chromeos-vboot',
  'dm-verity',
  'esp-image',
  'esp-secure-boot-1',
  'esp-secure-boot-2',
  'evm',
  'fs-verity',
  'gbl',
  'ima',
  'linux-module',
  'lvfs',
  'mcuboot',
  'mender',
  'nordic-dfu',
  'nxp-ahab',
  'nxp-hab',
  'nxp-mbi',
  'opkg-feed',
  'openwrt-sysupgrade',
  'optee-ta',
  'raspberry-pi-boot',
  'raspberry-pi-eeprom',
  'rauc',
  'rockchip',
  'stm32',
  'suit',
  'swupdate',
  'tf-a',
  'ti-k3',
  'tuf',
  'u-boot-env',
  'u-boot-fit',
  'uefi-capsule',
  'uefi-keys',
  'uimage',
] as const
export type Scheme = (typeof SCHEMES)[number]

/** Bytes that a link speaks of. A nest path stands for all that lies inside of it, nested things as well. */
export interface Part {
  /** `fit.itb@0x0:fit/images/kernel`; the region itself where all of it is meant. */
  readonly path: string
  readonly stage: Stage
  /** Printable, as the format calls it: `kernel`, `boot`, a partition's label. */
  readonly name: string
  /** Bytes from the start of what the path names; all of it where they are left out. */
  readonly offset?: number
  readonly length?: number
  /** The stored bytes are encrypted: neither a fault nor a signature. */
  readonly encrypted?: boolean
}

/** What lies in or beside a verified part, counts when it starts, and is not covered. */
export interface Gap extends Part {
  readonly why: Text
}

export type LinkSignature =
  | { readonly type: 'rsa'; readonly bits: number; readonly padding: 'pkcs1' | 'pss' | 'raw' }
  /** `P-256`, `brainpoolP256r1`, `secp256k1` … */
  | { readonly type: 'ecdsa'; readonly curve: string }
  | { readonly type: 'ed25519' }
  /** A key that verifies with it can also sign with it. */
  | { readonly type: 'mac'; readonly name: string }
  /** A scheme that has no line of its own yet, printable; its strength stays open. */
  | { readonly type: 'other'; readonly name: string }

export type LinkHash =
  | 'crc32'
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'

/** How a key is written where it is compared: fuses and key tables hold other digests than certificates do. */
export interface Fingerprint {
  readonly form:
    | 'spki-sha256'
    | 'pkcs1-sha256'
    | 'raw'
    | 'certificate-sha256'
    | 'esp-key-digest'
    | 'hab-srk'
    | 'hab-srk-table'
    | 'nxp-rkth'
    | 'rotpk-sha256'
    | 'stm32-pkh'
    | 'rpi-key-sha256'
    | 'rockchip-key-sha256'
    | 'avb-key-sha256'
    /** A root hash of a tree, or a hash in a list: no key at all. */
    | 'content-hash'
  /** Lower-case hex. */
  readonly value: string
}

/** Where the key, or the hash, is kept that something is verified with. */
export type AnchorPlace =
  /** In an earlier stage of this release, at that place: the chain goes on with whatever covers that place. */
  | { readonly in: 'release'; readonly place: Place }
  /** The user trusts it; `name` is the user's word for it, or the digest. */
  | { readonly in: 'trusted'; readonly name: string }
  /** It comes along with what it verifies, and proves nothing about who signed. */
  | { readonly in: 'travelling' }
  /** Nowhere in the release, by what the scheme says: only the hardware can hold it. */
  | { readonly in: 'hardware' }
  | { readonly in: 'unknown' }

/** A key (or a hash) that the part verifies with. */
export interface Anchor {
  readonly fingerprints: readonly Fingerprint[]
  /** Hint, subject or file name; printable; empty where there is none. */
  readonly name: string
  readonly lies: AnchorPlace
  /** Id of the published key that it is (`known-keys`): everybody can sign with it. */
  readonly everybody?: string
  /** Its private half lies in the release. */
  readonly leaked?: boolean
}

/** Who refuses to start the part when it does not verify. */
export type Demand =
  /** A stage of the release, seen at that place (a required key, a setting, a sentence that only such a build has). */
  | { readonly by: 'release'; readonly place: Place }
  /** The ROM, if its fuses say so: never visible in an image. */
  | { readonly by: 'hardware' }
  /** A stage of the release is built to start it all the same, seen at that place. */
  | { readonly by: 'nobody'; readonly place: Place }
  | { readonly by: 'unknown' }

export interface Rollback {
  /** `secure_version`, `security-counter`, `rollback-index`, `version` … */
  readonly name: string
  /** Undefined where the scheme has room for it and nothing stands there. */
  readonly value: number | string | undefined
  /** Inside of what is signed: whoever has no key cannot change it. */
  readonly signed: boolean
}

/** What only the hardware can tell. The sentences for people are in `names.ts`. */
export const HARDWARE_QUESTIONS = [
  'secure-boot-enabled',
  'key-digest',
  'key-revoked',
  'flash-encryption',
  'debug-locked',
  'download-locked',
  'rollback-counter',
  'boot-source-locked',
  'flash-locked',
  'boots-this',
] as const

export interface HardwareQuestion {
  readonly id: (typeof HARDWARE_QUESTIONS)[number]
  /** As a laboratory types it, on the unit or at a host: `espefuse summary --format json`. */
  readonly command: string
}

/**
 * One link of a boot chain: what verifies some parts, or that nothing does. Given in `conclude`, once for each signature
 * or unsigned thing. The fact's own place is that of the signature, or of the unsigned thing.
 */
export interface LinkFact {
  readonly scheme: Scheme
  /** Kind of the evidence that stands at the same place. */
  readonly evidence: string
  /** Printable: a configuration, a slot, a version; tells alternatives of one stage apart. Empty where there is none. */
  readonly name: string
  /** What a device takes when nothing chooses otherwise; undefined where the scheme has no such thing. */
  readonly isDefault?: boolean
  /** Nest path of the region or file that all of this lies in: alternatives share it. */
  readonly holder: string
  /** What it covers, in the order in which it starts; of an unsigned thing, what it would have to cover. Never empty. */
  readonly covers: readonly Part[]
  readonly gaps: readonly Gap[]
  /** Of this link alone, as the evidence states it. A hash that an earlier stage carries is E2 here; the chain lifts it. */
  readonly level: SignatureLevel
  /** Undefined where nothing is signed. */
  readonly signature?: LinkSignature
  readonly hash?: LinkHash
  /** Those that it verifies with; of a link that does not verify, those it was tried with. */
  readonly anchors: readonly Anchor[]
  readonly demand: Demand
  readonly rollback: readonly Rollback[]
  readonly open: readonly HardwareQuestion[]
  /** The public command that verifies this link again. */
  readonly repeat: string
}

/** A file system, or a kernel, whatever verifies it. */
export interface RegionFact {
  readonly stage: Stage
  readonly format: string
  /** A running system can write to it as it lies there. */
  readonly writable: boolean
}

/** What documents about one unit say of its hardware. */
export interface UnitFact {
  /** It demands signatures, with a key that signs this release. */
  readonly enforced: boolean
  /** It demands no signature. */
  readonly off: boolean
  /** Digests, lower-case hex, as fuses hold them: of keys that it takes, and of those that it revoked. */
  readonly burnt: readonly string[]
  readonly revoked: readonly string[]
  readonly answers: readonly { readonly id: HardwareQuestion['id']; readonly text: Text }[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'chain.link': LinkFact
    'chain.region': RegionFact
    /** A file that the first program of a system is; its `root` is the file system of it. */
    'chain.first-program': { readonly name: string }
    'chain.path': BootChain
    'chain.unit': UnitFact
  }
}
