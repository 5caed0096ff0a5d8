/** What a firmware or a start is verified by, as the init packet tells; dfu-cc.proto of the nRF5 SDK, ValidationType. */
export interface BootValidation {
  /** 0 none, 1 CRC, 2 SHA-256, 3 ECDSA P-256 with SHA-256. */
  readonly type: number
  /** Hex, as it stands. */
  readonly value: string
}

/** An init packet: what a boot loader of Nordic's is to know of a firmware before it takes it. */
export interface PacketFact {
  /** Base64: the init command as it is signed. */
  readonly command: string
  /** Undefined for an unsigned one. */
  readonly signature:
    | {
        /** 0 ECDSA P-256 with SHA-256, 1 Ed25519. */
        readonly type: number
        /** Hex, as it stands: of ECDSA r and s, each little endian. */
        readonly value: string
      }
    | undefined
  readonly firmwareVersion: number | undefined
  readonly hardwareVersion: number | undefined
  readonly softdevices: readonly number[]
  /** 0 application, 1 SoftDevice, 2 boot loader, 3 both, 4 another core's or chip's. */
  readonly type: number
  /** 3 is SHA-256, which boot loaders demand. */
  readonly hashType: number
  /** Hex, big endian. */
  readonly hash: string
  readonly isDebug: boolean
  readonly validations: readonly BootValidation[]
}

export interface ManifestEntry {
  /** `application`, `bootloader` … */
  readonly role: string
  /** Names beside the manifest. */
  readonly firmware: string
  readonly packet: string
  /** Packets before 2016 carry a CRC-16 and no signature that is in use. */
  readonly legacyCrc: number | undefined
  readonly isLegacy: boolean
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.nordic.packet': PacketFact
    /** A file that a package may mean; the place has its SHA-256. */
    'boot.nordic.firmware': { readonly size: number; readonly crc16: number }
    'boot.nordic.manifest': { readonly entries: readonly ManifestEntry[] }
    /** Points on P-256 (hex, x and y, big endian) in what looks like a boot loader. */
    'boot.nordic.loader': { readonly points: readonly string[] }
  }
}
