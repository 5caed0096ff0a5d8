import type { SignatureLevel, Text } from '@messlatte/model'
import { encodeText } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { readUImage, type UImage } from './header.ts'

/** What is started by itself, by the number that stands in the header. */
const STARTED: ReadonlyMap<number, string> = new Map([
  [1, 'standalone'],
  [2, 'kernel'],
  [3, 'ramdisk'],
  [4, 'multi'],
  [5, 'firmware'],
  [7, 'filesystem'],
  [14, 'kernel-noload'],
])

const PASSIVE: ReadonlyMap<number, string> = new Map([
  [6, 'script'],
  [8, 'flat-dt'],
])

/** A legacy image: its format has room for checksums and for nothing else. */
export function lookAtUImage(artefact: Artefact, out: MapOut): void {
  const image = readUImage(artefact.bytes)
  if (!image) return
  const started = STARTED.get(image.type)
  const kind = started ?? PASSIVE.get(image.type) ?? `type ${image.type}`
  const intact = image.headerChecksum && image.dataChecksum === true
  const level: SignatureLevel = intact ? 'E1' : 'E0'
  out.evidence({
    kind: 'boot.uimage.unsigned',
    polarity: started === undefined ? 'neutral' : 'against',
    level,
    provisions: provisions(['5.7-1']),
    cases: cases('5.7-1-1', '5.7-1-2'),
    place: placeOf(artefact),
    title: title(kind),
    observation: { type: kind, ...observed(image), repeat: 'dumpimage -l IMAGE' },
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
