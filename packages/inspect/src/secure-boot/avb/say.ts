import { text } from '../outcome/say.ts'

export const HEADER = text('hash of the vbmeta', 'Hash des vbmeta')

export function partitionHash(partition: string) {
  return text(`partition ${partition}`, `Partition ${partition}`)
}

export const DISABLED = text('The vbmeta switches verification off', 'Das vbmeta schaltet die Prüfung ab')

export const HASHTREE_DISABLED = text('The vbmeta switches dm-verity off', 'Das vbmeta schaltet dm-verity ab')

export const DISABLED_REASON = text(
  'The flag is part of what is signed: a boot loader that takes this vbmeta verifies no partition, while avbtool calls it verified.',
  'Das Flag gehört zum Signierten: Ein Bootloader, der dieses vbmeta annimmt, prüft keine Partition, während avbtool es für geprüft hält.',
)

export const HASHTREE_DISABLED_REASON = text(
  'The flag is part of what is signed: partitions with hash trees are mounted as they are.',
  'Das Flag gehört zum Signierten: Partitionen mit Hash-Bäumen werden ungeprüft eingehängt.',
)

export const NOT_DISABLED_ON_UNITS = text(
  'The vbmeta of units as they are sold, without these flags.',
  'Das vbmeta verkaufter Geräte, ohne diese Flags.',
)

export const OTHER_CHAIN_KEY = text(
  'The vbmeta is not signed with the key that the vbmeta above it names',
  'Das vbmeta ist nicht mit dem Schlüssel signiert, den das übergeordnete vbmeta nennt',
)

export const OTHER_CHAIN_KEY_REASON = text(
  'Both keys were compared: a boot loader refuses this pair.',
  'Beide Schlüssel wurden verglichen: Ein Bootloader weist dieses Paar ab.',
)

export const SAME_RELEASE = text(
  'Files that belong together: these may be of different releases.',
  'Zusammengehörende Dateien: Diese können aus verschiedenen Ständen stammen.',
)

export const UNSIGNED_INSIDE = text(
  'It only travels with its partition; whether a signed vbmeta speaks of that partition is told with that one.',
  'Es liegt nur bei seiner Partition; ob ein signiertes vbmeta von ihr spricht, steht bei jenem.',
)

export const BROKEN = text('The vbmeta cannot be read', 'Das vbmeta lässt sich nicht lesen')

export const BROKEN_REASON = text(
  'It begins like one, or a footer leads to it, and its header contradicts itself or its bytes end too early.',
  'Es beginnt wie eines oder eine Fußzeile führt dorthin, doch sein Kopf widerspricht sich oder es ist abgeschnitten.',
)

export const CONTENT = text('What the vbmeta binds', 'Woran das vbmeta bindet')

export const CONTENT_REASON = text(
  'Every digest was computed over the partition where it is part of the release.',
  'Jeder Hash wurde über die Partition berechnet, wo sie Teil der Firmware ist.',
)

export function notCovered(partition: string) {
  return text(
    `No signed vbmeta speaks of the partition ${partition}`,
    `Kein signiertes vbmeta spricht von der Partition ${partition}`,
  )
}

export const NOT_COVERED_REASON = text(
  'The release has a vbmeta for other partitions, and this one starts or is mounted, too.',
  'Die Firmware hat ein vbmeta für andere Partitionen, und auch diese wird gestartet oder eingehängt.',
)

export const COVERED_ELSEWHERE = text(
  'A vbmeta with a descriptor for this partition, or another signature over it.',
  'Ein vbmeta mit einem Eintrag für diese Partition oder eine andere Signatur darüber.',
)

export const NOT_THE_BOUND = text(
  'Its digest is not the one that the vbmeta states, or was not computed.',
  'Ihr Hash ist nicht der, den das vbmeta nennt, oder wurde nicht berechnet.',
)
export const ANCHOR = text(
  'A boot loader holds a key that it compares with the one of a vbmeta',
  'Ein Bootloader hat einen Schlüssel, mit dem er den eines vbmeta vergleicht',
)
export const ANCHOR_REASON = text(
  'It has the form of AVB, and stands in a program that has libavb in it.',
  'Er hat die Form von AVB und steht in einem Programm, in dem libavb steckt.',
)
export const ANCHOR_SOMEWHERE = text(
  'It has the form of AVB, and stands beside the magic of a vbmeta; nothing else of libavb was found there.',
  'Er hat die Form von AVB und steht neben der Kennung eines vbmeta; sonst fand sich dort nichts von libavb.',
)
