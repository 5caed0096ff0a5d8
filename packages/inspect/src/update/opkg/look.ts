import type { Artefact, MapOut } from '../../contract.ts'
import { MAX_TEXT } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { indexEntries } from '../package/packages-index.ts'

export const FEED_FILES: readonly RegExp[] = [/(?:^|\/)(?:Packages(?:\.sig)?|[^/]+\.ipk)$/]

const MOST_SIGNATURE = 2048

/** Map: the index of a feed, its signature, and packages. */
export function lookAtFeed(artefact: Artefact, out: MapOut): void {
  const { name, bytes, type } = artefact
  if (type !== 'file') return
  if (name.endsWith('.ipk')) out.fact('update.opkg.package', placeOf(artefact), { size: bytes.size })
  else if (name.endsWith('.sig')) {
    if (bytes.size <= MOST_SIGNATURE)
      out.fact('update.opkg.signature', placeOf(artefact), { text: artefact.text() })
  } else lookAtIndex(artefact, out)
}

/** Debian's repositories have a file of this name, too. */
function lookAtIndex(artefact: Artefact, out: MapOut): void {
  const entries = indexEntries(artefact.text()).filter(({ file }) => file.endsWith('.ipk'))
  if (entries.length === 0) return
  out.pin(artefact)
  out.fact('update.opkg.index', placeOf(artefact), { entries, cut: artefact.bytes.size > MAX_TEXT })
}
