/** A key slot of one unit's fuses. */
export interface FuseKey {
  /** `BLOCK_KEY0`, `SRK`. */
  readonly slot: string
  /** What it holds, lower-case hex. */
  readonly digest: string
  readonly revoked: boolean
}

/** What was read out of one unit: a document about that unit, and about no other. Null where the document does not say. */
export interface FuseReadout {
  /** Name of the file, and SHA-256 (hex) and size in bytes of it. */
  readonly name: string
  readonly sha256: string
  readonly size: number
  readonly format: 'espefuse-json' | 'espefuse-text' | 'hab-status' | 'fuse-read' | 'stm32-option-bytes'
  /** MAC or serial number of the unit. */
  readonly unit: string | null
  /** Who took it and on which calendar day, as stated. */
  readonly by: string | null
  readonly on: string | null
  readonly secureBoot: boolean | null
  readonly keys: readonly FuseKey[]
  readonly flashEncryption: boolean | null
  readonly debugLocked: boolean | null
  readonly downloadLocked: boolean | null
  /** The oldest version that the unit starts. */
  readonly secureVersion: number | null
  /** Complaints of the ROM; HAB calls them events. */
  readonly events: number | null
}
