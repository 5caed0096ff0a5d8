import type { Evidence } from '@messlatte/model'
import type { Check, EvidenceDraft } from '../contract.ts'
import { cases, provisions } from '../drafts.ts'
import { finishEvidence, redaction } from '../engine/evidence.ts'

/** What two or more units show together; it reads what was found in each of them, and no artefact. */
export const UNITS_COMPARISON: Omit<Check, 'conclude' | 'look' | 'wants'> = {
  id: 'units.secrets',
  version: 1,
  title: { en: 'Secrets of several units compared', de: 'Geheimnisse mehrerer Geräte im Vergleich' },
  provisions: provisions(['5.1-1', '5.1-2', '5.4-3', '5.4-4']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.1-2-1', '5.1-2-2', '5.4-3-2', '5.4-4-1'),
  input: ['units'],
  canShow: {
    en: 'That a password, a key or another secret is the same in several units or differs between them, and that it follows from what is public about a unit.',
    de: 'Dass ein Passwort, ein Schlüssel oder ein anderes Geheimnis in mehreren Geräten gleich ist oder sich unterscheidet, und dass es aus dem folgt, was über ein Gerät öffentlich ist.',
  },
  cannotShow: {
    en: 'What units that were not handed in have, how secrets come about, and rules that nobody has published and these tests do not try.',
    de: 'Was Geräte haben, die nicht vorlagen, wie Geheimnisse entstehen, und Regeln, die niemand veröffentlicht hat und die hier nicht versucht werden.',
  },
  states: [
    'scope.units.not-comparable',
    'units.parameter.derived',
    'units.parameter.differ',
    'units.parameter.equal',
    'units.password.derived',
    'units.password.differ',
    'units.password.equal',
    'units.password.random',
    'units.password.regular',
  ],
}

/** No observation of a comparison holds a secret, so that nothing has to be taken out. */
const NOTHING_HIDDEN = redaction('', false)

export function comparisonEvidence(drafts: readonly EvidenceDraft[]): readonly Evidence[] {
  return drafts.map((draft) => finishEvidence(UNITS_COMPARISON, draft, NOTHING_HIDDEN, NOTHING_HIDDEN))
}
