import type { Source } from '@messlatte/model'
import type { CriterionRule, ProfileRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'

const CHECKED = '2026-11-22'

const SOURCES: readonly Source[] = [
  {
    id: 'bsi-tr-03173',
    title: 'BSI TR-03173 v1.0 (2022-04-27), amendments to assessments by EN 303 645',
    status: 'published',
    checked: CHECKED,
    note: text(
      'Bases on EN 303 645 V2.1.1 and TS 103 701 V1.1.1. A version 1.1.1 exists and was not at hand; whether the label has moved to V3.1.3 was not found. The label is voluntary (§ 9c BSIG of 2021; its number in the law of December 2025 is not established) and adds no duty of secure boot.',
      'Beruht auf EN 303 645 V2.1.1 und TS 103 701 V1.1.1. Eine Fassung 1.1.1 gibt es, sie lag nicht vor; ob das Kennzeichen auf V3.1.3 umgestellt wurde, wurde nicht gefunden. Das Kennzeichen ist freiwillig (§ 9c BSIG von 2021; die Nummer im Gesetz vom Dezember 2025 steht nicht fest) und verlangt kein sicheres Booten.',
    ),
  },
]

const NOT_LOOKED_AT = text(
  'Which algorithms count is narrower here; that they are all in these catalogues, the maker has to show.',
  'Welche Verfahren zählen, ist hier enger; dass alle in diesen Katalogen stehen, muss der Hersteller zeigen.',
)

const CRYPTOGRAPHY: readonly CriterionRule[] = [
  '5.1-3',
  '5.3-7',
  '5.5-1',
  '5.5-6',
  '5.5-7',
  '5.8-1',
  '5.8-2',
].map((provision) => ({
  id: `cryptography-${provision}`,
  provision,
  sourceStatus: 'published',
  source: 'bsi-tr-03173',
  because: NOT_LOOKED_AT,
  title: text(
    'Best-practice cryptography means SOG-IS ACM or BSI TR-02102; SSL, TLS 1.0 and 1.1 and WEP count as open to attack',
    'Bewährte Kryptografie heißt SOG-IS ACM oder BSI TR-02102; SSL, TLS 1.0 und 1.1 sowie WEP gelten als angreifbar',
  ),
  missing: [
    ask(
      'maker',
      'documents',
      `For ${provision}: each algorithm and key length with its place in SOG-IS ACM or TR-02102, or the evidence that replaces it`,
      `Zu ${provision}: jedes Verfahren und jede Schlüssellänge mit der Fundstelle in SOG-IS ACM oder TR-02102 oder der Nachweis, der sie ersetzt`,
    ),
  ],
}))

const ATTACKER: CriterionRule = {
  id: 'attacker-model-5.4-1',
  provision: '5.4-1',
  sourceStatus: 'published',
  source: 'bsi-tr-03173',
  title: text(
    'Secure storage is judged against the attacker model of TS 103 701, Annex D.2',
    'Sichere Speicherung wird am Angreifermodell der TS 103 701, Anhang D.2, gemessen',
  ),
  missing: [
    ask(
      'laboratory',
      'device',
      'The attempt to read stored secrets of a unit with the means of the basic attacker, and its result',
      'Der Versuch, gespeicherte Geheimnisse eines Geräts mit den Mitteln des einfachen Angreifers auszulesen, und sein Ergebnis',
    ),
  ],
}

/** The German IT security label for smart consumer products: voluntary, over the edition of 2020. */
export const BSI_LABEL: ProfileRule = {
  id: 'bsi-label',
  version: '1.0.0',
  edition: 'en303645-2020',
  title: text('German IT security label (voluntary)', 'IT-Sicherheitskennzeichen des BSI (freiwillig)'),
  question: text(
    'Is there an obstacle to a declaration for the German IT security label?',
    'Steht einer Herstellererklärung für das IT-Sicherheitskennzeichen etwas entgegen?',
  ),
  market: 'DE',
  roles: ['maker'],
  lastFreeDay: null,
  zone: 'Europe/Berlin',
  reading: 'label',
  consequence: text(
    'The label is normally granted for two years and has to be applied for again; the BSI checks plausibility, and can look at the product while it runs. No market is closed without it.',
    'Das Kennzeichen wird in der Regel für zwei Jahre erteilt und muss neu beantragt werden; das BSI prüft die Plausibilität und kann das Produkt während der Laufzeit ansehen. Ohne es ist kein Markt verschlossen.',
  ),
  asks: 'all',
  overrides: [],
  criteria: [...CRYPTOGRAPHY, ATTACKER],
  requirements: [],
  checklists: [],
  sources: SOURCES,
  caveat: text(
    'Voluntary: no law asks for this label. All mandatory provisions that apply must be met, recommendations need a justification; secure boot stays a recommendation.',
    'Freiwillig: Kein Gesetz verlangt dieses Kennzeichen. Alle zutreffenden verpflichtenden Anforderungen müssen erfüllt sein, Empfehlungen brauchen eine Begründung; sicheres Booten bleibt eine Empfehlung.',
  ),
}
