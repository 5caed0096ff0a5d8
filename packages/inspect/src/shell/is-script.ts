import { latin1 } from '@messlatte/bytes'
import type { Artefact } from '../contract.ts'

/** Prose and samples talk about commands without running them. */
const PROSE =
  /(?:^|\/)(?:usr\/share\/(?:doc|man|info|examples)|usr\/include)\/|\.(?:md|txt|html?|rst|js|css|json|xml|po)$/

/** Text that a shell would run: by its first line, or because it can be executed and holds no binary bytes. */
export function isShellScript({ inner, bytes, mode }: Pick<Artefact, 'bytes' | 'inner' | 'mode'>): boolean {
  if (PROSE.test(inner)) return false
  const head = latin1(bytes.view(0, Math.min(256, bytes.size)))
  if (head.includes('\0')) return false
  return (
    /^#!.*\b(?:sh|ash|bash|dash|mksh)\b/.test(head) || (!head.startsWith('#!') && ((mode ?? 0) & 0o111) !== 0)
  )
}
