import { latin1 } from '@messlatte/bytes'
import type { Found } from '@messlatte/unpack'
import { type Artefact, type Hit, MAX_TEXT } from '../contract.ts'

/** What the walk found, as checks see it; parsed forms are made when first asked for, once for all checks. */
export function artefactOf(found: Found): Omit<Artefact, 'hits'> {
  let text: string | undefined
  return {
    path: found.path,
    root: found.root,
    inner: found.inner,
    name: found.inner.slice(found.inner.lastIndexOf('/') + 1),
    type: found.type,
    mode: found.meta?.mode,
    uid: found.meta?.uid,
    gid: found.meta?.gid,
    target: found.meta?.target,
    xattrs: found.meta?.xattrs,
    format: found.format,
    bytes: found.bytes,
    sha256: found.sha256,
    text: () => (text ??= latin1(found.bytes.view(0, Math.min(MAX_TEXT, found.bytes.size)))),
  }
}

export function withHits(artefact: Omit<Artefact, 'hits'>, hits: readonly Hit[]): Artefact {
  return { ...artefact, hits }
}
