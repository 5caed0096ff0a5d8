import { createHash } from 'node:crypto'
import type { EntryMeta } from '../contract.ts'
import type { Collected } from './collect.ts'

/** What `seq 1 400` prints: the larger file of the tree that `tree.sh` makes. */
export const NUMBERS = Array.from({ length: 400 }, (_, index) => `${index + 1}\n`).join('')
export const PASSWD = 'root:x:0:0:root:/root:/bin/sh\n'

export function entryOf({ entries }: Collected, path: string): EntryMeta | undefined {
  return entries.find((entry) => entry.path.replace(/\/$/, '') === path)
}

export function sha256(content: Uint8Array | undefined): string | undefined {
  return content && createHash('sha256').update(content).digest('hex')
}
