import type { SignatureLevel, Text } from '@messlatte/model'
import { encodeText } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import type { Stage } from '../chain/facts.ts'
import { readUImage, type UImage } from './header.ts'

type Kind = readonly [kind: string, stage: Stage]

/** What is started by itself, by the number that stands in the header. */
const STARTED: ReadonlyMap<number, Kind> = new Map([
  [1, ['standalone', 'application']],
  [2, ['kernel', 'kernel']],
  [3, ['ramdisk', 'initramfs']],
  [4, ['multi', 'kernel']],
  [5, ['firmware', 'bootloader']],
  [7, ['filesystem', 'root-file-system']],
  [14, ['kernel-noload', 'kernel']],
])

const PASSIVE: ReadonlyMap<number, Kind> = new Map([
  [6, ['script', 'configuration']],
  [8, ['flat-dt', 'device-tree']],
])

const REPEAT = 'dumpimage -l IMAGE'

/** A legacy image: its format has room for checksums and for nothing else. */
export function lookAtUImage(artefact: Artefact, out: MapOut): void {
  const image = readUImage(artefact.bytes)
  if (!image) return
  const started = STARTED.get(image.type)
  const [kind, stage] = started ?? PASSIVE.get(image.type) ?? [`type ${image.type}`, 'data' as const]
  const intact = image.headerChecksum && image.dataChecksum === true
  const level: SignatureLevel = intact ? 'E1' : 'E0'
  out.fact('chain.link', placeOf(artefact), {
    scheme: 'uimage',
    evidence: 'boot.uimage.unsigned',
    name: encodeText(image.name),
    holder: artefact.path,
    covers: [{ path: artefact.path, stage, name: kind }],
    gaps: [],
    level,
    hash: 'crc32',
    anchors: [],
    demand: { by: 'unknown' },
    rollback: [],
    open: [],
    repeat: REPEAT,
  })
  out.evidence({
    kind: 'boot.uimage.unsigned',
    polarity: started === undefined ? 'neutral' : 'against',
    level,
    provisions: provisions(['5.7-1']),
    cases: cases('5.7-1-1', '5.7-1-2'),
    place: placeOf(artefact),
    title: title(kind),
    observation: { type: kind, ...observed(image), repeat: REPEAT },
    confidence: { grade: 'medium', reason: started === undefined ? PASSIVE_REASON : CANNOT_CARRY },
    ...(started === undefined ? {} : { overturnedBy: OTHER_LAYER }),
  })
}

function observed({ magic, headerChecksum, dataChecksum, dataSize, os, compression, name }: UImage) {
  return {
    magic: `0x${magic.toString(16).padStart(8, '0')}`,
    name: encodeText(name),
    os,
    compression,
    dataSize,
    headerChecksum: headerChecksum ? 'match' : 'mismatch',
    dataChecksum: dataChecksum === undefined ? 'data-cut-off' : dataChecksum ? 'match' : 'mismatch',
  }
}

function title(kind: string): Text {
  return {
    en: `The boot image (uImage, ${kind}) cannot carry a signature`,
    de: `Das Boot-Image (uImage, ${kind}) kann keine Signatur tragen`,
  }
}

const CANNOT_CARRY: Text = {
  en: 'The format has checksums against accidents only; whoever changes it computes them anew. Another layer may still protect it.',
  de: 'Das Format hat nur Prüfsummen gegen Übertragungsfehler; wer es ändert, rechnet sie neu aus. Eine andere Schicht kann es trotzdem schützen.',
}

const PASSIVE_REASON: Text = {
  en: 'What it holds is not started by itself.',
  de: 'Was es enthält, wird nicht für sich gestartet.',
}

const OTHER_LAYER: Text = {
  en: 'Proof that an earlier stage verifies the partition as a whole before it runs, or that it is not started.',
  de: 'Der Nachweis, dass eine frühere Stufe die Partition als Ganzes vor dem Ausführen prüft oder dass sie nicht gestartet wird.',
}
