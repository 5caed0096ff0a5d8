import type { Artefact, Check, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeSuit } from './conclude.ts'
import { parseEnvelope } from './envelope.ts'
import { SUIT } from './scheme.ts'

export const suitCheck: Check = {
  id: 'update.suit',
  version: 1,
  title: { en: 'Signatures of SUIT envelopes', de: 'Signaturen von SUIT-Umschlägen' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether the manifest is signed with a key of the release or of the user, and whether the contents that are there are those of the manifest.',
    de: 'Ob das Manifest mit einem Schlüssel der Firmware oder einem vertrauten signiert ist und ob vorhandene Inhalte die des Manifests sind.',
  },
  cannotShow: {
    en: 'That a unit demands the signature, and that it refuses lower sequence numbers.',
    de: 'Dass ein Gerät die Signatur verlangt und kleinere Folgenummern abweist.',
  },
  states: kindsOf(SUIT.name).filter((kind) => !/\.(?:revoked|weak)$/.test(kind)),
  wants: { paths: [/\.suit$/], unrecognised: true },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client', 'update.file'],
  gives: ['update.suit', 'chain.link'],
  look,
  conclude: concludeSuit,
}

const MOST_BYTES = 16 * 1024 * 1024
/** Tag 107. */
const MARK = [0xd8, 0x6b] as const

function look(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  if (bytes.size < MARK.length || bytes.size > MOST_BYTES) return
  const head = bytes.view(0, MARK.length)
  if (MARK.some((byte, index) => head[index] !== byte)) return
  const envelope = parseEnvelope(bytes.view(0, bytes.size))
  if (envelope) out.fact('update.suit', placeOf(artefact), envelope)
}
