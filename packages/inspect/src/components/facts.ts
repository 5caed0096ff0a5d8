import type { ComponentPlace } from '@messlatte/model'

/** How something was seen to be there. */
export type Proof = ComponentPlace['proof']

/** A component by its own bytes. */
export interface ComponentSeen {
  /** As in the rules: `busybox`. */
  readonly id: string
  /** Undefined where it is there and does not say which one it is. */
  readonly version?: string
  readonly proof: Proof
  /** What was read, printable. */
  readonly text: string
}

/** An installed package, as its package manager recorded it. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly architecture?: string
}

/** Who recorded it: a package manager, or what built the image. */
export type PackageManager = 'dpkg' | 'opkg' | 'apk' | 'yocto' | 'buildroot' | 'spdx'

export interface PackageDatabase {
  readonly manager: PackageManager
  readonly packages: readonly InstalledPackage[]
}

/** The system's own name for itself (os-release, openwrt_release, build.prop). */
export interface SystemRelease {
  readonly id: string
  readonly version?: string
}

/** What a program or library asks the loader for. */
export interface Linkage {
  readonly soname?: string
  readonly needed: readonly string[]
}

declare module '../contract.ts' {
  interface FactMap {
    'component.seen': ComponentSeen
    'component.packages': PackageDatabase
    'component.system': SystemRelease
    'component.linkage': Linkage
  }
}
