/** What verifying one signature of the commands came to. */
export type HabResult = 'holds' | 'fails' | 'other-bytes' | 'outside' | 'unread'

/** Bytes from the image vector table. */
export interface HabStretch {
  readonly from: number
  readonly to: number
}

export interface HabGap extends HabStretch {
  readonly what:
    | 'image-vector-table'
    | 'boot-data'
    | 'device-configuration'
    | 'entry'
    | 'content'
    | 'behind-commands'
}

export interface HabUnlock {
  readonly engine: string
  readonly features: readonly string[]
  /** It names one unit by its number. */
  readonly oneUnit: boolean
  /** It opens what an attacker who holds a unit is after. */
  readonly opens: boolean
}

/** The root key that the commands choose from the table whose digest fuses hold. */
export interface HabRoot {
  readonly index: number
  readonly keys: number
  /** Hex, SHA-256 as fuses hold it. */
  readonly tableSha256: string
  /** Base64, DER; undefined for a record that holds a digest, or a key of another kind. */
  readonly spki: string | undefined
}

export interface HabCommands {
  readonly version: string
  readonly root: HabRoot | undefined
  /** Without keys of its own for commands and image: the root key signs both. */
  readonly fast: boolean
  /** That each certificate is signed by the key that it names: undefined where that cannot be told. */
  readonly certificates: readonly {
    readonly slot: number
    readonly spki: string
    readonly holds: boolean | undefined
  }[]
  readonly commands: HabResult | undefined
  readonly data: readonly HabResult[]
  /** What signatures cover. */
  readonly covered: readonly HabStretch[]
  readonly encrypted: readonly HabStretch[]
  readonly gaps: readonly HabGap[]
  readonly unlocks: readonly HabUnlock[]
}

export interface HabFact {
  /** `4.0` to `4.3`. */
  readonly version: string
  readonly plugin: boolean
  readonly hasDcd: boolean
  /** All that boot data tells is there. */
  readonly whole: boolean
  /** `named` the table points to commands that are not there. */
  readonly csf: 'none' | 'named' | 'there'
  readonly commands: HabCommands | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.hab.image': HabFact
  }
}
