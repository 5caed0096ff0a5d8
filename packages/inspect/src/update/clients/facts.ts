import type { PartData } from '@messlatte/model'

/** A setting in its file. */
export interface Setting {
  readonly offset: number
  readonly length: number
  /** From 1. */
  readonly line?: number
}

export const CLIENTS = [
  'rauc',
  'swupdate',
  'mender',
  'opkg',
  'sysupgrade',
  'apt',
  'apk',
  'fwupd',
  'attendedsysupgrade',
  'ostree',
  'aktualizr',
  'cwmp',
  'android',
] as const
export type ClientId = (typeof CLIENTS)[number]

type Automatic = Omit<Extract<PartData, { id: 'automatic' }>, 'id'>
type Notification = Omit<Extract<PartData, { id: 'notification' }>, 'id'>

/** What a client's configuration says about signatures. */
export interface ClientConfiguration {
  readonly client: ClientId
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
  /** The setting that decides whether signatures are verified, where it is not that of the key. */
  readonly decidedAt?: Setting
  /** Certificates that the server is checked with: a path of the system. */
  readonly authorities?: Setting & { readonly path: string }
  /** The setting that demands that the server is checked. */
  readonly checkedAt?: Setting
  readonly automatic?: readonly (Setting & Automatic)[]
  readonly notifications?: readonly (Setting & Notification)[]
  /** Ways that need no network beyond the home: `web-page`. */
  readonly local?: readonly (Setting & { readonly protocol: string })[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'update.client': ClientConfiguration
    /** A program of an update client. */
    'update.program': { readonly client: ClientId }
    /** A line of a crontab. */
    'update.schedule': { readonly words: readonly string[]; readonly text: string; readonly line: number }
  }
}
