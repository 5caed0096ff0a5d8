import type { Text } from '@messlatte/model'
import { describeBytes, partsBetweenErased } from '@messlatte/unpack'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { placeOf, provisions } from '../../drafts.ts'

/** Bytes: shorter stretches say too little about their entropy, and hide too little. */
const LEAST = 16 * 1024
/** Stretches of one artefact that are told. */
const MOST = 32
const HIDDEN = provisions(['5.1-1', '5.3-2', '5.3-9', '5.3-10', '5.4-3', '5.4-4', '5.7-1'])

export const opaqueCheck: Check = {
  id: 'scope.opaque',
  version: 1,
  title: {
    en: 'Stretches that nobody here can look into',
    de: 'Abschnitte, in die hier niemand hineinsehen kann',
  },
  provisions: HIDDEN,
  cases: [],
  input: ['image'],
  canShow: {
    en: 'That a stretch of the release is compressed or encrypted in a way that no format here knows, so that silence about it means nothing.',
    de: 'Dass ein Abschnitt des Releases auf eine Weise komprimiert oder verschlüsselt ist, die hier kein Format kennt, sodass Schweigen darüber nichts bedeutet.',
  },
  cannotShow: {
    en: 'Which of the two it is, nor what is inside.',
    de: 'Welches von beidem es ist, noch was darin steht.',
  },
  states: ['scope.opaque-image'],
  wants: { unrecognised: true },
  look: lookAtOpaque,
}

function lookAtOpaque(artefact: Artefact, out: MapOut): void {
  const parts = partsBetweenErased(artefact.bytes, { start: 0, end: artefact.bytes.size })
  for (const { start, end } of largest(parts)) {
    const size = end - start
    const { entropy, chiSquare, guess } = describeBytes(artefact.bytes, start, size)
    if (guess !== 'compressed' && guess !== 'compressed-or-encrypted') continue
    const whole = size === artefact.bytes.size
    out.evidence({
      kind: 'scope.opaque-image',
      polarity: 'neutral',
      provisions: HIDDEN,
      cases: [],
      place: placeOf(artefact, start, size),
      title: TITLE,
      observation: {
        size,
        entropyBitsPerByte: entropy,
        chiSquare,
        looksLike: guess,
        repeat: whole ? 'ent FILE' : `tail -c +${start + 1} FILE | head -c ${size} | ent`,
      },
      confidence: { grade: 'high', reason: REASON },
    })
  }
}

/** In the order in which they lie. */
function largest(parts: ReturnType<typeof partsBetweenErased>): typeof parts {
  const sizes = parts.map(({ start, end }) => end - start).sort((a, b) => b - a)
  const least = Math.max(LEAST, sizes[MOST - 1] ?? 0)
  return parts.filter(({ start, end }) => end - start >= least).slice(0, MOST)
}

const TITLE: Text = {
  en: 'Could not be looked into: compressed or encrypted in an unknown way',
  de: 'Konnte nicht geöffnet werden: auf unbekannte Weise komprimiert oder verschlüsselt',
}

const REASON: Text = {
  en: 'The entropy is close to that of random bytes, and no known format starts here. What is inside stays open.',
  de: 'Die Entropie ist nahe der von Zufallsbytes, und kein bekanntes Format beginnt hier. Was darin steht, bleibt offen.',
}
