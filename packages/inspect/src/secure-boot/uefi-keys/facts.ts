import type { SignatureLists } from './signature-list.ts'

/** What a list is for: the platform key, keys that may change lists, what may start, what may not, and those of shim. */
export type ListName = 'PK' | 'KEK' | 'db' | 'dbx' | 'dbr' | 'dbt' | 'MokList' | 'MokListX'

export interface KeyListFact extends SignatureLists {
  readonly name: ListName
  /**
   * `variable` in a store · `default` in a store, to be taken when keys are reset · `volume` in a firmware volume, for the
   * same · `shim` compiled into shim · `update` in a signed update · `file` a list that lies in a file
   */
  readonly kept: 'variable' | 'default' | 'volume' | 'shim' | 'update' | 'file'
}

/** A signed update of a variable, with what may have been signed: its name is part of that and stands nowhere. */
export interface UpdateFact {
  /** `2026-01-31T23:59:59`, as the update states it. */
  readonly time: string
  /** PKCS #7 signed data, base64. */
  readonly signature: string
  readonly candidates: readonly UpdateCandidate[]
}

export interface UpdateCandidate {
  readonly name: ListName
  /** EFI_VARIABLE_…, as they are signed. */
  readonly attributes: number
  /** Lower-case hex, by algorithm. */
  readonly digests: Readonly<Record<string, string>>
}

/** The state that a store of variables records. */
export interface StoreFact {
  readonly variables: number
  readonly hasPlatformKey: boolean
  /** edk2's own switch; undefined where it is not stored. */
  readonly enabled: boolean | undefined
}

declare module '../../contract.ts' {
  interface FactMap {
    'boot.uefi.keys': KeyListFact
    'boot.uefi.update': UpdateFact
    'boot.uefi.store': StoreFact
  }
}
