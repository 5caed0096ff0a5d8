/** A setting in its file. */
export interface Setting {
  readonly offset: number
  readonly length: number
  /** From 1. */
  readonly line?: number
}

/** What a client's configuration says about signatures. */
export interface ClientConfiguration {
  readonly client: 'rauc' | 'swupdate' | 'mender' | 'opkg' | 'sysupgrade' | 'apt' | 'apk'
  /** `always`: it cannot be switched off; `required`, `off`: as configured; `unknown`: the file does not say. */
  readonly verification: 'always' | 'required' | 'off' | 'unknown'
  /** Paths of public keys or certificates, below the root, without a leading slash. */
  readonly keys: readonly (Setting & { readonly path: string })[]
  /** Where updates come from, as configured. */
  readonly sources: readonly (Setting & { readonly url: string })[]
  readonly tlsUnchecked: boolean
  readonly slots: readonly string[]
  readonly slotsAt: Setting | null
  readonly details: Readonly<Record<string, string>>
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.client': ClientConfiguration
    /** A program of an update client. */
    'update.program': { readonly client: string }
    /** A line of a crontab. */
    'update.schedule': { readonly words: readonly string[]; readonly text: string; readonly line: number }
  }
}
