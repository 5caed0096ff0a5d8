import { text } from '../outcome/say.ts'

export const MATCH = text(
  'The hash tree of dm-verity is the one of its data',
  'Der Hash-Baum von dm-verity ist der seiner Daten',
)
export const MATCH_REASON = text(
  'Every digest of the tree was computed again. Whoever changes the data can compute the tree anew: what counts is who signs the root hash.',
  'Jeder Hash des Baums wurde neu berechnet. Wer die Daten ändert, kann auch den Baum neu berechnen: Es zählt, wer den Root-Hash signiert.',
)
export const MISMATCH = text(
  'The hash tree of dm-verity is not the one of its data',
  'Der Hash-Baum von dm-verity ist nicht der seiner Daten',
)
export const MISMATCH_REASON = text(
  'The tree was computed again from the data as they are.',
  'Der Baum wurde aus den vorliegenden Daten neu berechnet.',
)
export const OTHER_DATA = text(
  'The data that belong to this tree: these may be of another release, or cut out wrongly.',
  'Die zu diesem Baum gehörenden Daten: Diese können aus einem anderen Stand stammen oder falsch ausgeschnitten sein.',
)
export const NOT_COMPUTED = text(
  'A hash tree of dm-verity could not be compared with its data',
  'Ein Hash-Baum von dm-verity ließ sich nicht mit seinen Daten vergleichen',
)
export const NOT_COMPUTED_REASON = {
  'no-data': text(
    'No file or partition of the release has data that fit it.',
    'Keine Datei oder Partition der Firmware hat dazu passende Daten.',
  ),
  cut: text('The tree ends too early.', 'Der Baum ist abgeschnitten.'),
  'no-tree': text(
    'One block of data has no tree: its digest is the root hash.',
    'Ein einziger Block Daten hat keinen Baum: Sein Hash ist der Root-Hash.',
  ),
  unsupported: text(
    'Its hash algorithm is none that is computed here.',
    'Sein Hash-Verfahren wird hier nicht berechnet.',
  ),
  pending: text(
    'Its bytes could not be read again within the limits of this run.',
    'Seine Bytes ließen sich in den Grenzen dieses Laufs nicht noch einmal lesen.',
  ),
} as const
export const OTHER_ROOT = text(
  'The root hash that is stated is not the one of the hash tree',
  'Der angegebene Root-Hash ist nicht der des Hash-Baums',
)
export const OTHER_ROOT_REASON = text(
  'It stands beside the only tree of the release; the device would not open with it.',
  'Er steht neben dem einzigen Baum der Firmware; das Gerät ließe sich damit nicht öffnen.',
)
export const BELONGS_ELSEWHERE = text(
  'The tree that this root hash belongs to, or proof that it is of another release.',
  'Der Baum, zu dem dieser Root-Hash gehört, oder der Nachweis, dass er aus einem anderen Stand stammt.',
)
