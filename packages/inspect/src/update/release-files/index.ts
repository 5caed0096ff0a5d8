import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import './facts.ts'

/** Within containers only where metadata usually points to. */
const POINTED_AT = /(?:^|\/)(?:targets|images?|payloads?)\/[^/]+$/

export const releaseFilesCheck: Check = {
  id: 'update.release-files',
  version: 1,
  title: {
    en: 'Files of a release that metadata of updates may speak of',
    de: 'Dateien einer Firmware, von denen Update-Metadaten sprechen können',
  },
  provisions: provisions(['5.3-9']),
  cases: cases('5.3-9-1'),
  input: ['image'],
  canShow: {
    en: 'Which files lie in the open, for the checks of TUF, SUIT and job documents.',
    de: 'Welche Dateien offen liegen, für die Prüfungen von TUF, SUIT und Job-Dokumenten.',
  },
  cannotShow: { en: 'What the files are.', de: 'Was die Dateien sind.' },
  states: [],
  wants: { paths: [/^[^/]+$/, POINTED_AT] },
  gives: ['update.file'],
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  const { type, root, inner, bytes } = artefact
  const isOpen = !root.includes('@0x') || POINTED_AT.test(inner)
  if (type !== 'file' || !isOpen || bytes.size === 0) return
  out.pin(artefact)
  // Hashed only where something speaks of it: a release may be one large image.
  const place = { path: artefact.path, root, inner, offset: 0, length: bytes.size, sha256: '' }
  out.fact('update.file', place, { size: bytes.size })
}
