import type { FetchedUpdate } from './scripts.ts'

/** What a client's configuration says about signatures. */
export interface ClientConfiguration {
  readonly client: 'rauc' | 'swupdate' | 'mender' | 'opkg' | 'sysupgrade' | 'apt' | 'apk'
  /** `always`: it cannot be switched off; `required`, `off`: as configured; `unknown`: the file does not say. */
  readonly verification: 'always' | 'required' | 'off' | 'unknown'
  /** Paths of public keys or certificates, below the root, without a leading slash. */
  readonly keys: readonly { readonly path: string; readonly offset: number; readonly length: number }[]
  /** Where updates come from, as configured. */
  readonly sources: readonly { readonly url: string; readonly offset: number; readonly length: number }[]
  readonly tlsUnchecked: boolean
  readonly slots: readonly string[]
  readonly slotsAt: { readonly offset: number; readonly length: number } | null
  readonly details: Readonly<Record<string, string>>
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.client': ClientConfiguration
    /** A program of an update client. */
    'update.program': { readonly client: string }
    /** A script that fetches something and flashes or runs it. */
    'update.script': FetchedUpdate
    /** A line of a crontab. */
    'update.schedule': { readonly words: readonly string[]; readonly text: string }
  }
}
