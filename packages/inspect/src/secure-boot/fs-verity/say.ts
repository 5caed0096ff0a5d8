import type { Text } from '@messlatte/model'
import { text } from '../outcome/say.ts'
import type { FileState } from './files.ts'

function about(count: number, en: string, de: string): Text {
  return count === 1
    ? text(`One file with fs-verity: ${en}`, `Eine Datei mit fs-verity: ${de}`)
    : text(`${count} files with fs-verity: ${en}`, `${count} Dateien mit fs-verity: ${de}`)
}

export function title(count: number, state: FileState): Text {
  switch (state) {
    case 'match':
    case 'content':
      return about(count, 'the content is that of the descriptor', 'der Inhalt ist der des Deskriptors')
    case 'tree-differs':
      return about(
        count,
        'the stored hash tree is not that of the content',
        'der gespeicherte Hash-Baum ist nicht der des Inhalts',
      )
    case 'differs':
      return about(
        count,
        'the content is not that of the descriptor',
        'der Inhalt ist nicht der des Deskriptors',
      )
    case 'broken':
      return about(count, 'the descriptor can be none', 'der Deskriptor kann keiner sein')
    case 'pending':
      return about(count, 'not computed again', 'nicht neu berechnet')
  }
}

export const REASONS: Readonly<Record<FileState, Text>> = {
  match: text(
    'Content and hash tree were hashed again. Whoever changes the file can make both anew: what counts is who signs the digest, or compares it.',
    'Inhalt und Hash-Baum wurden neu gehasht. Wer die Datei ändert, kann beides neu machen: Es zählt, wer den Hash signiert oder vergleicht.',
  ),
  content: text(
    'The content was hashed again; the stored tree could not be compared, for it lies in pieces.',
    'Der Inhalt wurde neu gehasht; der gespeicherte Baum ließ sich nicht vergleichen, denn er liegt in Stücken.',
  ),
  'tree-differs': text(
    'Content and tree were hashed again; a kernel refuses to read what the tree does not fit.',
    'Inhalt und Baum wurden neu gehasht; ein Kernel liest nicht, wozu der Baum nicht passt.',
  ),
  differs: text(
    'The content was hashed again with the parameters of the descriptor.',
    'Der Inhalt wurde mit den Parametern des Deskriptors neu gehasht.',
  ),
  broken: text(
    'Its version, sizes or length are those of no descriptor, and a kernel refuses to open the file.',
    'Version, Größen oder Länge sind die keines Deskriptors, und ein Kernel öffnet die Datei nicht.',
  ),
  pending: text(
    'Its bytes could not be read again within the limits of this run.',
    'Seine Bytes ließen sich in den Grenzen dieses Laufs nicht noch einmal lesen.',
  ),
}

export const AS_DELIVERED = text(
  'The files as delivered, and a unit whose kernel reads them (fsverity measure FILE; cat FILE).',
  'Die Dateien wie geliefert und ein Gerät, dessen Kernel sie liest (fsverity measure FILE; cat FILE).',
)
