import type { Layout } from '@messlatte/unpack'

/** Layouts of flash that one place of the release tells. */
export interface LayoutFact {
  readonly source: 'device-tree' | 'command-line'
  readonly layouts: readonly Layout[]
}

declare module '../../contract.ts' {
  interface FactMap {
    'scope.flash-layout': LayoutFact
  }
}
